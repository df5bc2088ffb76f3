package dev.hookseal.micronaut;

import dev.hookseal.config.GlobalProperties;
import dev.hookseal.config.OfferedStore;
import dev.hookseal.jdbc.JdbcDeliveryStore;
import dev.hookseal.store.DeliveryStore;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Offers the store of hookseal-jdbc where the application has a data source. */
@Factory
@Requires(classes = JdbcDeliveryStore.class)
@Requires(beans = StoreDataSource.class)
final class JdbcStoreFactory {

    @Singleton
    OfferedStore jdbcStore(GlobalProperties properties, StoreDataSource dataSource) {
        return new OfferedStore() {
            @Override
            public String type() {
                return "jdbc";
            }

            @Override
            public DeliveryStore open() {
                return JdbcDeliveryStore.builder(dataSource.outsideOfTransactions())
                        .properties(properties)
                        .build();
            }
        };
    }
}
