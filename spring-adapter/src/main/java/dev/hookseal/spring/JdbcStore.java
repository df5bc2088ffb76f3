package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.config.OfferedStore;
import dev.hookseal.jdbc.JdbcDeliveryStore;
import dev.hookseal.jdbc.JdbcSettings;
import dev.hookseal.store.DeliveryStore;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.util.ClassUtils;

/** A store on a data source of the application. */
final class JdbcStore implements OfferedStore {
    private static final boolean HAS_SPRING_JDBC = ClassUtils.isPresent(
            "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy", JdbcStore.class.getClassLoader());

    private final GlobalProperties properties;
    private final ListableBeanFactory beans;

    JdbcStore(GlobalProperties properties, ListableBeanFactory beans) {
        this.properties = properties;
        this.beans = beans;
    }

    @Override
    public String type() {
        return "jdbc";
    }

    @Override
    public DeliveryStore open() {
        return JdbcDeliveryStore.builder(withoutTransactions(dataSource(properties, beans)))
                .properties(properties)
                .build();
    }

    /**
     * Returns the data source beneath those that bind connections to the transaction of their thread: a claim in that of
     * the handler would not be seen by other nodes before its end.
     */
    static DataSource withoutTransactions(DataSource dataSource) {
        return HAS_SPRING_JDBC ? Transactions.outsideOf(dataSource) : dataSource;
    }

    /**
     * Returns the data source that is configured, or else the only one.
     *
     * @throws WebhookConfigurationException if there is no such data source, or there are several
     */
    static DataSource dataSource(GlobalProperties properties, ListableBeanFactory beans) {
        String name = properties.value(JdbcSettings.DATA_SOURCE).orElse(null);
        if (name == null) {
            DataSource only = beans.getBeanProvider(DataSource.class).getIfUnique();
            if (only == null) {
                throw new WebhookConfigurationException(
                        "There are several DataSource beans, of which none is primary: "
                                + String.join(", ", names(beans)),
                        "set " + JdbcSettings.DATA_SOURCE.key() + " to one of them");
            }
            return only;
        }
        if (!names(beans).contains(name)) {
            throw new WebhookConfigurationException(
                    JdbcSettings.DATA_SOURCE.key() + " is " + name + ", and there is no DataSource bean of that name",
                    "set it to one of " + String.join(", ", names(beans)));
        }
        return beans.getBean(name, DataSource.class);
    }

    private static List<String> names(ListableBeanFactory beans) {
        return List.of(beans.getBeanNamesForType(DataSource.class));
    }

    /** Loaded only where there is spring-jdbc. */
    private static final class Transactions {
        static DataSource outsideOf(DataSource dataSource) {
            DataSource target = dataSource;
            while (target instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
                target = proxy.getTargetDataSource();
            }
            return target;
        }
    }
}
