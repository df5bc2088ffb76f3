package dev.hookseal.spring;

import dev.hookseal.config.GlobalProperties;
import dev.hookseal.config.OfferedStore;
import dev.hookseal.jdbc.JdbcDeliveryStore;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;

/**
 * Offers the store of hookseal-jdbc where the application has a {@link DataSource}. It is opened once Flyway, Liquibase
 * or Boot's scripts have run.
 */
// Behind what makes the data source, by the names of Boot 3 and of Boot 4.
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
@ConditionalOnClass(JdbcDeliveryStore.class)
@ConditionalOnBean(DataSource.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class HooksealJdbcAutoConfiguration {

    /** Called by the container. */
    public HooksealJdbcAutoConfiguration() {}

    @Bean
    @DependsOnDatabaseInitialization
    OfferedStore hooksealJdbcStore(GlobalProperties properties, ListableBeanFactory beans) {
        return new JdbcStore(properties, beans);
    }
}
