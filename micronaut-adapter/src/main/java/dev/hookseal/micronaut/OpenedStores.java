package dev.hookseal.micronaut;

import dev.hookseal.store.DeliveryStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes with the application the store that was opened for it. */
final class OpenedStores {
    private static final Logger LOG = LoggerFactory.getLogger(OpenedStores.class);

    private final List<AutoCloseable> stores = new CopyOnWriteArrayList<>();

    DeliveryStore add(DeliveryStore store) {
        if (store instanceof AutoCloseable closeable) {
            stores.add(closeable);
        }
        return store;
    }

    void close() {
        for (AutoCloseable store : stores) {
            try {
                store.close();
            } catch (Exception e) {
                LOG.warn("The delivery store could not be closed", e);
            }
        }
    }
}
