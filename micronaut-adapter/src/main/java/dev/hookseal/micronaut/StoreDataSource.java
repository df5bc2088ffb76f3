package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.jdbc.JdbcSettings;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.NonUniqueBeanException;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The data source of the delivery store and the inbox. */
@Singleton
@Requires(classes = JdbcSettings.class)
@Requires(beans = DataSource.class)
final class StoreDataSource {
    private final BeanContext context;
    private final @Nullable String name;

    StoreDataSource(GlobalProperties properties, BeanContext context) {
        this.context = context;
        this.name = properties.value(JdbcSettings.DATA_SOURCE).orElse(null);
    }

    /** Returns the name that is configured; null for the only one, or the primary one. */
    @Nullable
    String name() {
        return name;
    }

    /**
     * Returns the pool itself, each of whose connections is another one. Micronaut Data hands out a data source that has a
     * connection only within a transaction, and always the same one.
     *
     * @throws WebhookConfigurationException if nothing has the configured name, or there are several and no name
     */
    DataSource outsideOfTransactions() {
        DataSource dataSource = dataSource();
        try {
            return Resolver.resolve(context, dataSource);
        } catch (NoClassDefFoundError e) {
            return dataSource;
        }
    }

    private DataSource dataSource() {
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

    /** Loaded only where there is micronaut-jdbc. */
    private static final class Resolver {
        static DataSource resolve(BeanContext context, DataSource dataSource) {
            return context.findBean(DataSourceResolver.class)
                    .orElse(DataSourceResolver.DEFAULT)
                    .resolve(dataSource);
        }
    }
}
