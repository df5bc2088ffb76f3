package dev.hookseal.contract;

import dev.hookseal.delivery.DeliveryStore;
import dev.hookseal.delivery.InMemoryDeliveryStore;
import java.time.Clock;

class InMemoryDeliveryStoreTest extends DeliveryStoreContract {

    @Override
    protected DeliveryStore store(Clock clock) {
        return new InMemoryDeliveryStore(clock);
    }
}
