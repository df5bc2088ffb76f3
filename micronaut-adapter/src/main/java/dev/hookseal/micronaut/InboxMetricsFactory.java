package dev.hookseal.micronaut;

import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.jdbc.InboxOperations;
import dev.hookseal.inbox.jdbc.JdbcInbox;
import dev.hookseal.inbox.jdbc.MicrometerInboxObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Counts what the workers of the inbox do where the application has a Micrometer registry. */
@Factory
@Requires(classes = {MeterRegistry.class, JdbcInbox.class})
@Requires(beans = {MeterRegistry.class, JdbcInbox.class})
final class InboxMetricsFactory {

    @Singleton
    @Requires(missingBeans = MicrometerInboxObserver.class)
    MicrometerInboxObserver micrometerInboxObserver(
            MeterRegistry registry, InboxOperations operations, InboxDispatcher dispatcher) {
        return new MicrometerInboxObserver(registry, operations, dispatcher);
    }
}
