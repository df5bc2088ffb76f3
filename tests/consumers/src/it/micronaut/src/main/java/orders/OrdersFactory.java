package orders;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

@Factory
class OrdersFactory {
    @Singleton
    ShipmentProvider shipments() {
        return new ShipmentProvider();
    }

    @Singleton
    Orders orders() {
        return new Orders();
    }
}
