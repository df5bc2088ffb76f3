package dev.hookseal.redis;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * Remembers deliveries in Redis 5 or newer, for any number of nodes. It has one connection, which all threads share:
 *
 * <pre>{@code
 * RedisDeliveryStore store = RedisDeliveryStore.of("redis://redis.example:6379");
 * }</pre>
 *
 * <p>Each call is one script, atomic and one round trip. Leases and retentions are measured by Redis's clock, so nodes
 * may disagree about the time.
 *
 * <p>A call takes at most the {@linkplain Builder#timeout time-out}, and throws at once while Redis is known not to answer;
 * the store works again by itself when Redis does. A claim that could not be settled meanwhile is settled then. Redis
 * replicates asynchronously and may lose what it answered: after a fail-over, or a restart without an append-only file,
 * a redelivery can be handled again.
 *
 * @since 0.1.0
 */
public final class RedisDeliveryStore implements DeliveryStore, AutoCloseable {
    /** What each key begins with unless set. */
    public static final String DEFAULT_KEY_PREFIX = "hookseal:";

    /** How long a call waits for Redis unless set. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    /** The greatest time-out: some senders give up after 5 seconds. */
    public static final Duration MAX_TIMEOUT = Duration.ofSeconds(4);

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

    /** Closes the connection, and the client if the store made it. */
    @Override
    public void close() {
        link.close();
        connector.close();
    }

    /** Collects what a store works with. */
    public static final class Builder {
        private final Function<Duration, RedisConnector> connector;
        private String keyPrefix = DEFAULT_KEY_PREFIX;
        private Duration timeout = DEFAULT_TIMEOUT;

        private Builder(Function<Duration, RedisConnector> connector) {
            this.connector = connector;
        }

        /**
         * What each key begins with; {@value #DEFAULT_KEY_PREFIX} unless set. Applications that share a Redis need different
         * ones: what one has handled counts as a duplicate in all others with the same prefix.
         *
         * @throws WebhookConfigurationException if it has a character that is not printable ASCII
         */
        public Builder keyPrefix(String keyPrefix) {
            if (!Objects.requireNonNull(keyPrefix, "keyPrefix").chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                throw new WebhookConfigurationException(
                        "The key prefix of the Redis store is '" + keyPrefix + "'",
                        "use printable ASCII characters without spaces");
            }
            this.keyPrefix = keyPrefix;
            return this;
        }

        /**
         * How long a call waits for Redis; 2 seconds unless set.
         *
         * @throws WebhookConfigurationException if it is not positive, or more than {@link #MAX_TIMEOUT}
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
                throw new WebhookConfigurationException(
                        "The time-out of the Redis store is " + timeout, "set it to a positive duration of up to 4s");
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Returns the store.
         *
         * @throws WebhookConfigurationException if Redis rejects the user or the password
         */
        public RedisDeliveryStore build() {
            return new RedisDeliveryStore(this);
        }
    }
}
