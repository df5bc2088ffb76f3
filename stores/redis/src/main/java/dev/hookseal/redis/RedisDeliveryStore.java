package dev.hookseal.redis;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/**
 * Remembers deliveries in Redis, so that each is handled once on all nodes that share it, and after a restart of theirs.
 * With hookseal-spring or hookseal-micronaut it is configured by itself; elsewhere in code:
 *
 * <pre>{@code
 * RedisDeliveryStore store = RedisDeliveryStore.of("redis://redis.example:6379");
 * WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(new FormFlowProvider(), settings)
 *         .store(store)
 *         .build();
 * }</pre>
 *
 * <ul>
 *   <li>Each call is one script, which is atomic, and one round trip on one connection that all threads share.
 *   <li>Time is Redis's: a node whose clock is wrong neither takes a claim early nor holds it longer.
 *   <li>A call fails after the time-out, and at once while Redis is known not to answer. When Redis answers again, so does
 *       the store, and claims that could not be settled meanwhile are settled.
 *   <li>Redis may lose what it has answered: after a fail-over, or a restart without an append-only file, a redelivery can
 *       be handled again.
 * </ul>
 *
 * @since 0.1.0
 */
public final class RedisDeliveryStore implements DeliveryStore, AutoCloseable {
    // a call that changes nothing
    private static final DeliveryKey CHECKED = new DeliveryKey("check", Duration.ZERO);
    private static final UUID NO_TOKEN = new UUID(0, 0);

    private final String keyPrefix;
    private final RedisConnector connector;
    private final RedisLink link;

    private RedisDeliveryStore(Builder builder) {
        this.keyPrefix = builder.keyPrefix;
        this.connector = builder.connector.apply(builder.timeout);
        try {
            this.link = RedisLink.open(connector.connections(), builder.timeout);
        } catch (WebhookConfigurationException e) {
            connector.close();
            throw e;
        }
    }

    /**
     * Returns a store with its own client.
     *
     * @param uri as {@link RedisURI#create(String)} reads it: {@code redis://user:password@host:6379/0}, {@code rediss}
     *     for TLS, {@code redis-sentinel} for Sentinel
     * @throws WebhookConfigurationException if the URI cannot be read, or Redis rejects the user or the password; not if
     *     Redis cannot be reached, which the store survives
     */
    public static RedisDeliveryStore of(String uri) {
        return builder(uri).build();
    }

    /**
     * Returns a store with a connection of the application's client, whose options and time-outs for connecting it has.
     *
     * @param client with a default URI; it stays open when the store is closed
     * @throws WebhookConfigurationException if Redis rejects the user or the password
     */
    public static RedisDeliveryStore of(RedisClient client) {
        return builder(client).build();
    }

    /** Begins a store {@linkplain #of(String) with its own client}. */
    public static Builder builder(String uri) {
        return new Builder(timeout -> RedisConnector.at(uri, timeout));
    }

    /** Begins a store {@linkplain #of(RedisClient) with the application's client}. */
    public static Builder builder(RedisClient client) {
        return new Builder(timeout -> RedisConnector.of(client));
    }

    @Override
    public DeliveryClaim claim(DeliveryKey key, Duration lease) {
        UUID token = UUID.randomUUID();
        long answer;
        try {
            answer = link.run(ScriptCall.claim(keyPrefix, key, token, lease));
        } catch (RedisStoreException e) {
            if (e.maybeExecuted()) {
                // The sender gets 503, and its redelivery must not find a claim that no one has.
                link.runLater(ScriptCall.release(keyPrefix, key, token));
            }
            throw e;
        }
        if (answer == Script.GRANTED) {
            return new DeliveryClaim.Granted(token);
        }
        return answer == Script.COMPLETED ? new DeliveryClaim.Completed() : new DeliveryClaim.InProgress();
    }

    @Override
    public boolean complete(DeliveryKey key, UUID token) {
        return settle(ScriptCall.complete(keyPrefix, key, token));
    }

    @Override
    public boolean release(DeliveryKey key, UUID token) {
        return settle(ScriptCall.release(keyPrefix, key, token));
    }

    private boolean settle(ScriptCall call) {
        try {
            return link.run(call) == Script.DONE;
        } catch (RedisStoreException e) {
            link.runLater(call);
            throw e;
        }
    }

    /**
     * Checks that Redis answers.
     *
     * @throws IllegalStateException if it does not
     */
    @Override
    public void check() {
        link.run(ScriptCall.release(keyPrefix, CHECKED, NO_TOKEN));
    }

    /** Closes the connection, and the client if the store made it. */
    @Override
    public void close() {
        link.close();
        connector.close();
    }

    /** The settings of a {@link RedisDeliveryStore}. */
    public static final class Builder {
        private final Function<Duration, RedisConnector> connector;
        private String keyPrefix = "hookseal:";
        private Duration timeout = Duration.ofSeconds(2);

        private Builder(Function<Duration, RedisConnector> connector) {
            this.connector = connector;
        }

        /**
         * Sets what each key begins with; {@code hookseal:} unless set. Applications that share a Redis need different
         * ones: what one has handled counts as a duplicate in all others with the same prefix.
         *
         * @throws WebhookConfigurationException if it has a character that is a space or not printable ASCII
         */
        public Builder keyPrefix(String prefix) {
            if (!prefix.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                throw new WebhookConfigurationException(
                        RedisSettings.KEY_PREFIX.key() + " is '" + prefix + "'",
                        "use printable ASCII characters without spaces, such as orders:");
            }
            this.keyPrefix = prefix;
            return this;
        }

        /**
         * Sets how long a call waits for Redis; 2 s unless set. A receiver makes several calls for a delivery, and its
         * sender may wait 5 s.
         *
         * @throws WebhookConfigurationException if it is not from 100 ms to 4 s
         */
        public Builder timeout(Duration limit) {
            this.timeout = RedisSettings.TIMEOUT.check(RedisSettings.TIMEOUT.key(), limit);
            return this;
        }

        /**
         * Takes what is configured below {@code hookseal.store.redis}, except for the URI.
         *
         * @throws WebhookConfigurationException if a value is wrong
         */
        public Builder properties(GlobalProperties properties) {
            return keyPrefix(properties.value(RedisSettings.KEY_PREFIX).orElseThrow())
                    .timeout(properties.value(RedisSettings.TIMEOUT).orElseThrow());
        }

        /**
         * Opens the store.
         *
         * @throws WebhookConfigurationException if the URI cannot be read, or Redis rejects the user or the password
         */
        public RedisDeliveryStore build() {
            return new RedisDeliveryStore(this);
        }
    }
}
