package dev.hookseal.inbox.jdbc;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.inbox.Acceptance;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.StoredDelivery;
import dev.hookseal.jdbc.InitializeSchema;
import dev.hookseal.jdbc.JdbcSettings;
import dev.hookseal.jdbc.internal.Connections;
import dev.hookseal.jdbc.internal.Purge;
import dev.hookseal.jdbc.internal.Schema;
import dev.hookseal.jdbc.internal.Statements;
import dev.hookseal.jdbc.internal.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/**
 * An inbox in a table of PostgreSQL, or of H2 for a single node. A delivery is stored by one insert, which is committed
 * before {@link #accept} returns. With hookseal-spring or hookseal-micronaut it is configured by itself; elsewhere in
 * code:
 *
 * <pre>{@code
 * JdbcInbox inbox = JdbcInbox.of(dataSource);
 * WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(new FormFlowProvider(), settings)
 *         .inbox(inbox, Set.of())
 *         .build();
 * InboxDispatcher dispatcher = InboxDispatcher.builder()
 *         .listener("formflow", receiver::restore, Set.of(), (webhook, attempt) -> orders.store(webhook.event()))
 *         .build();
 * InboxWorkers workers = InboxWorkers.builder(inbox, dispatcher).build();
 * workers.start();
 * }</pre>
 *
 * <p>A call fails after the time-out, whatever the database, the network or the pool does: the sender then gets 503 and
 * sends the delivery again.
 *
 * @since 0.1.0
 */
public final class JdbcInbox implements Inbox, AutoCloseable {
    static final Schema.Table TABLE = new Schema.Table(
            "inbox",
            "hookseal_inbox",
            "select task_name, task_instance, task_data, execution_time, picked, picked_by, last_success, last_failure,"
                    + " consecutive_failures, last_heartbeat, version, priority, event_name, accepted_at, inbox_status,"
                    + " retention_ms, expires_at, crashes, no_listener_since, last_error from hookseal_inbox where 1 = 0",
            "V2__hookseal_inbox.sql",
            "hookseal-inbox",
            JdbcSettings.INITIALIZE_SCHEMA.key());

    private final DataSource dataSource;
    private final InboxDialect dialect;
    private final InboxRows rows;
    private final Connections connections;
    private final Purge purge;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private JdbcInbox(Builder builder) {
        this.dataSource = builder.dataSource;
        this.dialect = Schema.open(dataSource, builder.initializeSchema::creates, TABLE, InboxDialect::of);
        this.rows = new InboxRows(dialect);
        this.connections = Connections.of(TABLE.user(), dataSource, builder.timeout);
        this.purge = new Purge("hookseal-inbox-purge", () -> connections.call(rows::purge), builder.purgeInterval);
    }

    /**
     * Returns an inbox with the default settings.
     *
     * @throws WebhookConfigurationException if the database is neither PostgreSQL nor H2, lacks the table, or may forget
     *     what it committed
     * @throws IllegalStateException if the database does not answer
     */
    public static JdbcInbox of(DataSource dataSource) {
        return builder(dataSource).build();
    }

    /** Begins an inbox on the database of a data source. */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the database fails or does not answer in time; the delivery may be stored
     *     nevertheless, and its redelivery is then a duplicate
     */
    @Override
    public Acceptance accept(StoredDelivery delivery) {
        Acceptance acceptance = connections.call(statements -> rows.accept(statements, delivery));
        if (acceptance == Acceptance.ACCEPTED) {
            wake();
        }
        return acceptance;
    }

    /**
     * Stores a verified delivery in the caller's transaction, for a controller that writes something itself and leaves the
     * rest to a listener. A redelivery that arrives meanwhile waits for the end of the transaction: call this last, and
     * commit soon.
     *
     * @param transaction a connection to the database of this inbox, with auto-commit off
     * @throws SQLException if the database fails; the transaction is then to be rolled back
     */
    public Acceptance accept(VerifiedWebhook<?> webhook, Connection transaction) throws SQLException {
        return rows.accept(new Statements(transaction, 0), StoredDelivery.of(webhook));
    }

    /**
     * Checks that the database answers and has the table, for a health check.
     *
     * @throws IllegalStateException if it does not
     */
    public void check() {
        connections.call(statements -> statements.query(TABLE.check(), row -> true) == null);
    }

    DataSource dataSource() {
        return dataSource;
    }

    InboxDialect dialect() {
        return dialect;
    }

    InboxRows rows() {
        return rows;
    }

    /**
     * Makes a call outside of any transaction, within the time-out.
     *
     * @throws StoreUnavailableException if it fails, or is not over in time
     */
    <T> T call(Connections.Work<T> work) {
        return connections.call(work);
    }

    /** Has the workers of this node look for deliveries. */
    void wake() {
        listeners.forEach(Runnable::run);
    }

    /** Adds what runs after a delivery was accepted. */
    void onAccepted(Runnable listener) {
        listeners.add(listener);
    }

    void removeOnAccepted(Runnable listener) {
        listeners.remove(listener);
    }

    /** Ends the deletion of what is over. Workers are closed before; the data source stays open. */
    @Override
    public void close() {
        purge.close();
        connections.close();
    }

    /** The settings of a {@link JdbcInbox}. */
    public static final class Builder {
        private final DataSource dataSource;
        private InitializeSchema initializeSchema = InitializeSchema.EMBEDDED;
        private Duration timeout = Duration.ofSeconds(2);
        private Duration purgeInterval = Duration.ofMinutes(1);

        private Builder(DataSource dataSource) {
            this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        }

        /** Sets when the table is created; in a database within this process unless set. */
        public Builder initializeSchema(InitializeSchema when) {
            this.initializeSchema = Objects.requireNonNull(when, "when");
            return this;
        }

        /**
         * Sets how long a call may take, the wait for a connection included; 2 s unless set.
         *
         * @throws WebhookConfigurationException if it is not from 100 ms to 4 s
         */
        public Builder timeout(Duration limit) {
            this.timeout = JdbcSettings.TIMEOUT.check("timeout", limit);
            return this;
        }

        /**
         * Sets how often what is over is deleted; every minute unless set.
         *
         * @throws WebhookConfigurationException if it is not from 1 s to 1 day
         */
        public Builder purgeInterval(Duration interval) {
            this.purgeInterval = JdbcSettings.PURGE_INTERVAL.check("purgeInterval", interval);
            return this;
        }

        /**
         * Takes what is configured below {@code hookseal.store}.
         *
         * @throws WebhookConfigurationException if a value is wrong
         */
        public Builder properties(GlobalProperties properties) {
            initializeSchema = InitializeSchema.of(
                    properties.value(JdbcSettings.INITIALIZE_SCHEMA).orElseThrow());
            timeout = properties.value(JdbcSettings.TIMEOUT).orElseThrow();
            purgeInterval = properties.value(JdbcSettings.PURGE_INTERVAL).orElseThrow();
            return this;
        }

        /**
         * Opens the inbox.
         *
         * @throws WebhookConfigurationException if the database is neither PostgreSQL nor H2, lacks the table, or may
         *     forget what it committed
         * @throws IllegalStateException if the database does not answer
         */
        public JdbcInbox build() {
            return new JdbcInbox(this);
        }
    }
}
