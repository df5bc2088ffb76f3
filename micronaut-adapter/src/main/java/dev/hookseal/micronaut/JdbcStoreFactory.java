package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.config.OfferedStore;
import dev.hookseal.jdbc.JdbcDeliveryStore;
import dev.hookseal.jdbc.JdbcSettings;
import dev.hookseal.store.DeliveryStore;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.NonUniqueBeanException;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Offers the store of hookseal-jdbc where the application has a {@link DataSource}. */
@Factory
@Requires(classes = JdbcDeliveryStore.class)
@Requires(beans = DataSource.class)
final class JdbcStoreFactory {

    @Singleton
    OfferedStore jdbcStore(GlobalProperties properties, BeanContext context) {
        return new OfferedStore() {
            @Override
            public String type() {
                return "jdbc";
            }

            @Override
            public DeliveryStore open() {
                return JdbcDeliveryStore.builder(outsideOfTransactions(context, dataSource(context, properties)))
                        .properties(properties)
                        .build();
            }
        };
    }

    private static DataSource dataSource(BeanContext context, GlobalProperties properties) {
        String name = properties.value(JdbcSettings.DATA_SOURCE).orElse(null);
        if (name != null) {
            return context.findBean(DataSource.class, Qualifiers.byName(name))
                    .orElseThrow(() -> new WebhookConfigurationException(
                            JdbcSettings.DATA_SOURCE.key() + " is " + name
                                    + ", and there is no DataSource bean of that name",
                            "set it to the name of one below datasources"));
        }
        try {
            return context.getBean(DataSource.class);
        } catch (NonUniqueBeanException e) {
            throw new WebhookConfigurationException(
                    "There are several DataSource beans, of which none is primary",
                    "set " + JdbcSettings.DATA_SOURCE.key() + " to the name of one of them");
        }
    }

    // Micronaut Data hands out a data source that has a connection only within a transaction, and always the same one.
    private static DataSource outsideOfTransactions(BeanContext context, DataSource dataSource) {
        try {
            return Resolver.resolve(context, dataSource);
        } catch (NoClassDefFoundError e) {
            return dataSource;
        }
    }

    /** Loaded only where there is micronaut-jdbc. */
    private static final class Resolver {
        static DataSource resolve(BeanContext context, DataSource dataSource) {
            return context.findBean(DataSourceResolver.class)
                    .orElse(DataSourceResolver.DEFAULT)
                    .resolve(dataSource);
        }
    }
}
