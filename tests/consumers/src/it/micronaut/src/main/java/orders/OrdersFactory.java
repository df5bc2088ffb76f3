package orders;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

@Factory
class OrdersFactory {
    @Singleton
    Orders orders() {
        return new Orders();
    }
}
