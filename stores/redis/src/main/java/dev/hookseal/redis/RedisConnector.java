package dev.hookseal.redis;

import dev.hookseal.WebhookConfigurationException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where connections come from.
 *
 * @param connections connects, and blocks until it has
 * @param closing closes the client, if it is not the application's
 */
record RedisConnector(Supplier<StatefulRedisConnection<String, String>> connections, Runnable closing) {
    private static final Duration FIRST_RECONNECT = Duration.ofMillis(10);
    private static final Duration SLOWEST_RECONNECT = Duration.ofSeconds(1);

    /** Returns the connections of the application's client. */
    static RedisConnector of(RedisClient client) {
        return new RedisConnector(() -> client.connect(StringCodec.ASCII), () -> {});
    }

    /** Returns the connections of a new client, which connects again every second at the least. */
    static RedisConnector at(String uri, Duration timeout) {
        RedisURI server = RedisURI.builder(read(uri)).withTimeout(timeout).build();
        ClientResources resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.exponential(FIRST_RECONNECT, SLOWEST_RECONNECT, 2, TimeUnit.MILLISECONDS))
                .build();
        RedisClient client = RedisClient.create(resources, server);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout)
                        .keepAlive(true)
                        .build())
                .build());
        return new RedisConnector(() -> client.connect(StringCodec.ASCII), () -> {
            client.shutdown(Duration.ZERO, timeout);
            resources.shutdown(0, timeout.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(timeout.toMillis());
        });
    }

    private static RedisURI read(String uri) {
        try {
            return RedisURI.create(uri);
        } catch (IllegalArgumentException e) {
            // the message of the cause may have the password in it
            throw new WebhookConfigurationException(
                    "The URI of the Redis store cannot be read",
                    "write it as redis://user:password@host:6379/0, rediss:// for TLS");
        }
    }

    void close() {
        closing.run();
    }
}
