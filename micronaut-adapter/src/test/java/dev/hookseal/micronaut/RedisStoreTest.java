package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.contract.DeliveryStoreContract;
import dev.hookseal.fixture.store.RedisStoreServer;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.redis.RedisDeliveryStore;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The store on Redis, by its URI or on the application's client. */
@Tag("full")
class RedisStoreTest {
    private static final String SPEC = "redis";

    private static RedisStoreServer redisServer;
    private static String uri;
    private static RedisClient client;
    private static RedisCommands<String, String> redis;

    @BeforeAll
    static void start() throws IOException {
        redisServer = RedisStoreServer.start();
        uri = redisServer.uri();
        client = RedisClient.create(uri);
        redis = client.connect().sync();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        client.shutdown();
        redisServer.close();
    }

    @BeforeEach
    void clear() {
        redis.flushall();
    }

    @Controller("/hooks")
    @Requires(property = "spec", value = SPEC)
    static class Hooks {
        @WebhookEndpoint("formflow")
        @Post
        void received(FormFlowEvent event) {}
    }

    @Test
    void isTheStoreAtTheConfiguredUri() throws Exception {
        Map<String, Object> properties =
                Map.of("hookseal.store.redis.uri", uri, "hookseal.store.redis.key-prefix", "orders:");
        try (Server server = Server.start(SPEC, properties)) {
            assertThat(server.bean(DeliveryStore.class)).isInstanceOf(RedisDeliveryStore.class);
            server.send("/hooks", Delivery.of("e-1"));
        }
        assertThat(redis.keys("*")).singleElement().asString().startsWith("orders:formflow:");
    }

    @Test
    void isTheStoreOnTheApplicationsClient() throws Exception {
        try (Server server = Server.start(SPEC, Map.of(), client)) {
            assertThat(server.bean(DeliveryStore.class)).isInstanceOf(RedisDeliveryStore.class);
            server.send("/hooks", Delivery.of("e-1"));
        }
        assertThat(redis.keys("*")).hasSize(1);
    }

    @Test
    void isNotTheStoreWithoutARedis() {
        try (Server server = Server.start(SPEC)) {
            assertThat(server.bean(DeliveryStore.class)).isInstanceOf(InMemoryDeliveryStore.class);
        }
    }

    @Test
    void hasToBeChosenWhereThereIsADataSourceToo() {
        assertThatThrownBy(() -> Server.start(SPEC, Map.of(), client, new JdbcDataSource()))
                .hasStackTraceContaining("jdbc, redis");
        try (Server server = Server.start(SPEC, Map.of("hookseal.store.type", "redis"), client, new JdbcDataSource())) {
            assertThat(server.bean(DeliveryStore.class)).isInstanceOf(RedisDeliveryStore.class);
        }
    }

    @Test
    void failsTheStartWhereItCannotBeOpened() {
        assertThatThrownBy(() -> Server.start(SPEC, Map.of("hookseal.store.redis.uri", "127.0.0.1")))
                .hasStackTraceContaining("The URI of the Redis store cannot be read");
    }

    @Test
    void twoNodesHandleADeliveryOnce() throws Exception {
        Map<String, Object> properties = Map.of("hookseal.store.redis.uri", uri);
        try (Server one = Server.start(SPEC, properties);
                Server other = Server.start(SPEC, properties)) {
            one.send("/hooks", Delivery.of("e-1"));
            other.send("/hooks", Delivery.of("e-1"));
            other.send("/hooks", Delivery.of("e-2"));
        }
        assertThat(redis.keys("*")).hasSize(2).allMatch(key -> "handled".equals(redis.get(key)));
    }

    @Test
    void startsBeforeRedisAndSaysThatItDoesNotAnswer() throws Exception {
        Map<String, Object> nothing = Map.of("hookseal.store.redis.uri", "redis://127.0.0.1:" + freePort());
        try (Server server = Server.start(SPEC, nothing)) {
            DeliveryStore store = server.bean(DeliveryStore.class);
            assertThatIllegalStateException().isThrownBy(store::check).withMessageContaining("not connected");
        }
    }

    @Test
    void closesWithTheApplication() {
        DeliveryStore store;
        try (Server server = Server.start(SPEC, Map.of(), client)) {
            store = server.bean(DeliveryStore.class);
            store.check();
        }

        assertThatIllegalStateException().isThrownBy(store::check);
    }

    /** The contract on the store that the factory opens. */
    @Nested
    class Contract extends DeliveryStoreContract {
        private Server server;

        @Override
        protected DeliveryStore store(Clock clock) {
            server = Server.start(SPEC, Map.of(), client);
            return server.bean(DeliveryStore.class);
        }

        @AfterEach
        void stop() {
            server.close();
        }

        @Override
        protected void timeMoved(Duration by) {
            redisServer.timeMoved(by);
        }

        @Override
        protected Duration margin() {
            return Duration.ofSeconds(30);
        }
    }
}
