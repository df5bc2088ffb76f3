package dev.hookseal.contract;

import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Clock;

class InMemoryDeliveryStoreTest extends DeliveryStoreContract {

    @Override
    protected DeliveryStore store(Clock clock) {
        return new InMemoryDeliveryStore(clock);
    }
}
