package dev.hookseal.spring;

import dev.hookseal.config.GlobalProperties;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.jdbc.InboxCount;
import dev.hookseal.inbox.jdbc.InboxObserver;
import dev.hookseal.inbox.jdbc.InboxOperations;
import dev.hookseal.inbox.jdbc.InboxTransactions;
import dev.hookseal.inbox.jdbc.InboxWorkers;
import dev.hookseal.inbox.jdbc.JdbcInbox;
import dev.hookseal.inbox.jdbc.MicrometerInboxObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Handles deliveries after their senders have been answered, where the application has hookseal-inbox and a data source.
 * The database is that of the delivery store. An {@link Inbox} of the application's takes the place of this one, and its
 * consumer calls the {@link InboxDispatcher} bean.
 */
// Behind what makes the data source, by the names of Boot 3 and of Boot 4.
@AutoConfiguration(
        after = {HooksealAutoConfiguration.class, HooksealMetricsAutoConfiguration.class},
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
@ConditionalOnBean(WebhookStartupCheck.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class HooksealInboxAutoConfiguration {

    /** Called by the container. */
    public HooksealInboxAutoConfiguration() {}

    // Here, since a test of a slice of the application has neither this configuration nor all beans.
    @Bean
    static SmartInitializingSingleton hooksealReceiversCheck(WebhookStartupCheck check) {
        return check::checkReceivers;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JdbcInbox.class)
    @ConditionalOnBean(DataSource.class)
    @ConditionalOnMissingBean(Inbox.class)
    static class InDatabase {

        @Bean
        @DependsOnDatabaseInitialization
        JdbcInbox hooksealInbox(GlobalProperties properties, ListableBeanFactory beans) {
            return JdbcInbox.builder(dataSource(properties, beans))
                    .properties(properties)
                    .build();
        }

        @Bean
        InboxOperations hooksealInboxOperations(JdbcInbox inbox) {
            return InboxOperations.of(inbox);
        }

        @Bean
        InboxWorkers hooksealInboxWorkers(
                JdbcInbox inbox,
                InboxDispatcher dispatcher,
                GlobalProperties properties,
                ObjectProvider<InboxTransactions> transactions,
                ObjectProvider<InboxObserver> observers) {
            InboxWorkers.Builder workers =
                    InboxWorkers.builder(inbox, dispatcher).properties(properties);
            transactions.ifAvailable(workers::transactions);
            observers.orderedStream().forEach(workers::observer);
            return workers.build();
        }

        @Bean
        InboxLifecycle hooksealInboxLifecycle(InboxWorkers workers) {
            return new InboxLifecycle(workers);
        }

        @Bean
        InboxHealth hooksealInboxHealth(JdbcInbox inbox, InboxOperations operations) {
            return () -> {
                inbox.check();
                Map<String, Object> numbers = new LinkedHashMap<>();
                for (InboxCount.State state : InboxCount.State.values()) {
                    numbers.put(state.tag(), 0L);
                }
                operations
                        .counts()
                        .forEach(count -> numbers.merge(
                                count.state().tag(), count.number(), (one, other) -> (Long) one + (Long) other));
                return numbers;
            };
        }

        static DataSource dataSource(GlobalProperties properties, ListableBeanFactory beans) {
            return JdbcStore.withoutTransactions(JdbcStore.dataSource(properties, beans));
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass({PlatformTransactionManager.class, DataSourceUtils.class})
        static class Transactions {

            @Bean
            DataSourceTransactions hooksealListenerTransactions(
                    GlobalProperties properties, ConfigurableListableBeanFactory beans) {
                return new DataSourceTransactions(beans, dataSource(properties, beans));
            }

            @Bean
            @ConditionalOnMissingBean
            InboxTransactions hooksealInboxTransactions(DataSourceTransactions transactions) {
                return transactions.ofInbox();
            }
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(MeterRegistry.class)
        @ConditionalOnSingleCandidate(MeterRegistry.class)
        static class Metrics {

            @Bean
            @ConditionalOnMissingBean
            MicrometerInboxObserver hooksealInboxMetrics(
                    MeterRegistry registry, InboxOperations operations, InboxDispatcher dispatcher) {
                return new MicrometerInboxObserver(registry, operations, dispatcher);
            }
        }
    }
}
