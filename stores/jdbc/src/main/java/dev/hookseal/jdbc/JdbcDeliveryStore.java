package dev.hookseal.jdbc;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.jdbc.internal.Connections;
import dev.hookseal.jdbc.internal.Purge;
import dev.hookseal.jdbc.internal.Schema;
import dev.hookseal.provider.Setting;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Remembers deliveries in a table of a relational database, so that each is handled once on all nodes that share it, and
 * after a restart. With hookseal-spring or hookseal-micronaut it is configured by itself; elsewhere in code:
 *
 * <pre>{@code
 * JdbcDeliveryStore store = JdbcDeliveryStore.of(dataSource);
 * WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(new FormFlowProvider(), settings)
 *         .store(store)
 *         .build();
 * }</pre>
 *
 * <ul>
 *   <li>It knows PostgreSQL, H2, MariaDB and MySQL.
 *   <li>Time is the database's: a node whose clock is wrong neither takes a claim early nor holds it longer.
 *   <li>It takes a connection from the data source for each call, and commits at once. It is never part of a transaction
 *       of the caller's, so it needs a data source that does not hand out the connection of one.
 *   <li>A call fails after the time-out, whatever the database, the network or the pool does.
 *   <li>Each node deletes what is over from time to time, in small batches.
 * </ul>
 *
 * @since 0.1.0
 */
public final class JdbcDeliveryStore implements DeliveryStore, AutoCloseable {
    private static final Schema.Table TABLE = new Schema.Table(
            "delivery store",
            "hookseal_delivery",
            "select delivery_key, token, completed, expires_at from hookseal_delivery where 1 = 0",
            Dialect.SCRIPT,
            "hookseal-jdbc",
            JdbcSettings.INITIALIZE_SCHEMA.key());

    private final Dialect dialect;
    private final Connections connections;
    private final Purge purge;

    private JdbcDeliveryStore(Builder builder) {
        this.dialect = Schema.open(
                builder.dataSource,
                builder.initializeSchema::creates,
                TABLE,
                (product, url) -> dialect(product, url, builder.timeout));
        this.connections = Connections.of(TABLE.user(), builder.dataSource, builder.timeout);
        this.purge = new Purge("hookseal-store-purge", () -> purgeOnce() == Dialect.PURGE_BATCH, builder.purgeInterval);
    }

    private static Dialect dialect(String product, String url, Duration timeout) {
        return switch (product) {
            case "PostgreSQL" -> new PostgreSql(timeout);
            case "H2" -> new H2();
            case "MariaDB" -> new MariaDb();
            case "MySQL" -> new MySql();
            default ->
                throw new WebhookConfigurationException(
                        "The delivery store does not know the database " + product + " at " + url,
                        "use PostgreSQL, H2, MariaDB or MySQL, or set hookseal.store.type=memory for a single node");
        };
    }

    /**
     * Returns a store with the default settings.
     *
     * @throws WebhookConfigurationException if the database is unknown, lacks the table, or may forget what it committed
     * @throws IllegalStateException if the database does not answer
     */
    public static JdbcDeliveryStore of(DataSource dataSource) {
        return builder(dataSource).build();
    }

    /** Begins a store on the database of a data source. */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    @Override
    public DeliveryClaim claim(DeliveryKey key, Duration lease) {
        UUID token = UUID.randomUUID();
        return connections.call(statements -> dialect.claim(statements, key.value(), token, lease));
    }

    @Override
    public boolean complete(DeliveryKey key, UUID token) {
        return connections.call(statements -> dialect.complete(statements, key.value(), token, key.retention()));
    }

    @Override
    public boolean release(DeliveryKey key, UUID token) {
        return connections.call(statements -> dialect.release(statements, key.value(), token));
    }

    @Override
    public void check() {
        connections.call(statements -> statements.query(TABLE.check(), row -> true) == null);
    }

    /** Deletes some of what is over, and returns how many. */
    int purgeOnce() {
        return connections.call(dialect::purge);
    }

    /** Ends the deletion of what is over. The data source stays open. */
    @Override
    public void close() {
        purge.close();
        connections.close();
    }

    /** The settings of a {@link JdbcDeliveryStore}. */
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
         * Sets how long a call may take, the wait for a connection included; 2 s unless set. A receiver makes several
         * calls for a delivery, and its sender may wait 5 s.
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
            initializeSchema = InitializeSchema.of(value(properties, JdbcSettings.INITIALIZE_SCHEMA));
            timeout = value(properties, JdbcSettings.TIMEOUT);
            purgeInterval = value(properties, JdbcSettings.PURGE_INTERVAL);
            return this;
        }

        private static <T extends Comparable<T>> T value(GlobalProperties properties, Setting<T> setting) {
            return properties.value(setting).orElseThrow();
        }

        /**
         * Opens the store.
         *
         * @throws WebhookConfigurationException if the database is unknown, lacks the table, or may forget what it
         *     committed
         * @throws IllegalStateException if the database does not answer
         */
        public JdbcDeliveryStore build() {
            return new JdbcDeliveryStore(this);
        }
    }
}
