package dev.hookseal.micronaut;

import dev.hookseal.config.GlobalProperties;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.jdbc.InboxObserver;
import dev.hookseal.inbox.jdbc.InboxOperations;
import dev.hookseal.inbox.jdbc.InboxTransactions;
import dev.hookseal.inbox.jdbc.InboxWorkers;
import dev.hookseal.inbox.jdbc.JdbcInbox;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The inbox of hookseal-inbox where the application has a data source, unless it has an {@link Inbox} itself. */
@Factory
@Requires(classes = JdbcInbox.class)
@Requires(beans = StoreDataSource.class)
final class JdbcInboxFactory {

    @Singleton
    @Bean(preDestroy = "close")
    @Requires(missingBeans = Inbox.class)
    JdbcInbox jdbcInbox(GlobalProperties properties, StoreDataSource dataSource) {
        return JdbcInbox.builder(dataSource.outsideOfTransactions())
                .properties(properties)
                .build();
    }

    @Singleton
    @Requires(beans = JdbcInbox.class)
    InboxOperations inboxOperations(JdbcInbox inbox) {
        return InboxOperations.of(inbox);
    }

    @Singleton
    @Requires(beans = JdbcInbox.class)
    @Requires(missingBeans = InboxTransactions.class)
    InboxTransactions inboxTransactions(StoreDataSource dataSource, @Nullable DataTransactions transactions) {
        return transactions == null || !transactions.includeInbox()
                ? InboxTransactions.of(dataSource.outsideOfTransactions())
                : transactions::execute;
    }

    @Singleton
    @Requires(beans = JdbcInbox.class)
    ListenerGuarantee listenerGuarantee(@Nullable DataTransactions transactions) {
        return listener -> {
            ListenerTransaction transaction = ListenerTransaction.of(listener);
            if (transaction == null || (transactions != null && !transactions.includeInbox(transaction))) {
                return false;
            }
            transaction.checkMeansTheSameInAnother();
            return true;
        };
    }

    @Singleton
    @Requires(beans = JdbcInbox.class)
    InboxHealth inboxHealth(
            ListenerMethods listeners, BeanProvider<JdbcInbox> inbox, BeanProvider<InboxOperations> operations) {
        return () -> {
            // not opened for the sake of its health
            if (listeners.all().isEmpty()) {
                return Map.of();
            }
            inbox.get().check();
            Map<String, Long> counts = new TreeMap<>();
            operations
                    .get()
                    .counts()
                    .forEach(count -> counts.merge(count.state().tag(), count.number(), Long::sum));
            return Map.of("inbox", counts);
        };
    }

    @Singleton
    @Bean(preDestroy = "close")
    @Requires(beans = JdbcInbox.class)
    InboxWorkers inboxWorkers(
            JdbcInbox inbox,
            InboxDispatcher dispatcher,
            InboxTransactions transactions,
            GlobalProperties properties,
            List<InboxObserver> observers) {
        InboxWorkers.Builder workers = InboxWorkers.builder(inbox, dispatcher)
                .transactions(transactions)
                .properties(properties);
        observers.forEach(workers::observer);
        return workers.build();
    }
}
