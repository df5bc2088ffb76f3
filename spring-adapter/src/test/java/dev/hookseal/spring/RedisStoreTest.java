package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.contract.DeliveryStoreContract;
import dev.hookseal.fixture.store.RedisStoreServer;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.redis.RedisDeliveryStore;
import dev.hookseal.redis.RedisSettings;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.mock.web.MockServletContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** The store on Redis, by its URI or with what the application connects by. */
@Tag("full")
class RedisStoreTest {
    private static RedisStoreServer server;
    private static String uri;
    private static RedisClient client;
    private static RedisCommands<String, String> redis;

    private final WebApplicationContextRunner application = SpringMvc.with(Handler.class)
            .withConfiguration(AutoConfigurations.of(
                    HooksealRedisAutoConfiguration.class,
                    HooksealJdbcAutoConfiguration.class,
                    HooksealHealthAutoConfiguration.class));

    @BeforeAll
    static void start() throws IOException {
        server = RedisStoreServer.start();
        uri = server.uri();
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
        server.close();
    }

    @BeforeEach
    void clear() {
        redis.flushall();
    }

    @RestController
    static class Handler {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @Test
    void isTheStoreAtTheConfiguredUri() {
        application
                .withPropertyValues("hookseal.store.redis.uri=" + uri, "hookseal.store.redis.key-prefix=orders:")
                .run(context -> {
                    assertThat(context.getBean(DeliveryStore.class)).isInstanceOf(RedisDeliveryStore.class);
                    SpringMvc.mockMvc(context).perform(Delivery.formFlow("e-1").to("/hooks"));
                    assertThat(redis.keys("*")).singleElement().asString().startsWith("orders:formflow:");
                });
    }

    @Test
    void isTheStoreOnTheApplicationsClient() {
        application.withBean(RedisClient.class, () -> RedisClient.create(uri)).run(context -> {
            assertThat(context.getBean(DeliveryStore.class)).isInstanceOf(RedisDeliveryStore.class);
            SpringMvc.mockMvc(context).perform(Delivery.formFlow("e-1").to("/hooks"));
            assertThat(redis.keys("*")).hasSize(1);
        });
    }

    @Test
    void isTheStoreOnTheConnectionOfSpringData() {
        application
                .withConfiguration(AutoConfigurations.of(springDataRedis()))
                .withPropertyValues("spring.data.redis.url=" + uri)
                .run(context -> {
                    assertThat(context.getBean(DeliveryStore.class)).isInstanceOf(RedisDeliveryStore.class);
                    SpringMvc.mockMvc(context).perform(Delivery.formFlow("e-1").to("/hooks"));
                    assertThat(redis.keys("*")).hasSize(1);
                });
    }

    // by its names in Boot 3 and in Boot 4
    private static Class<?> springDataRedis() {
        return List.of(
                        "org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration",
                        "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
                .stream()
                .filter(name -> ClassUtils.isPresent(name, null))
                .map(name -> ClassUtils.resolveClassName(name, null))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isNotTheStoreWithoutARedisOrWithoutTheModule() {
        application.run(
                context -> assertThat(context.getBean(DeliveryStore.class)).isInstanceOf(InMemoryDeliveryStore.class));
        application
                .withBean(RedisClient.class, () -> RedisClient.create(uri))
                .withClassLoader(new FilteredClassLoader("dev.hookseal.redis"))
                .run(context ->
                        assertThat(context.getBean(DeliveryStore.class)).isInstanceOf(InMemoryDeliveryStore.class));
    }

    @Test
    void hasToBeChosenWhereThereIsADataSourceToo() {
        WebApplicationContextRunner both = application
                .withPropertyValues("hookseal.store.redis.uri=" + uri)
                .withBean(DataSource.class, JdbcDataSource::new);

        both.run(context -> SpringMvc.assertFailed(context, "jdbc, redis", "set hookseal.store.type"));
        both.withPropertyValues("hookseal.store.type=redis")
                .run(context ->
                        assertThat(context.getBean(DeliveryStore.class)).isInstanceOf(RedisDeliveryStore.class));
    }

    @Test
    void failsTheStartWhereItCannotBeOpened() {
        application
                .withPropertyValues("hookseal.store.redis.uri=127.0.0.1")
                .run(context -> SpringMvc.assertFailed(context, "URI of the Redis store", "redis://"));
        application
                .withBean("sessions", RedisClient.class, RedisClient::create)
                .withBean("caches", RedisClient.class, RedisClient::create)
                .run(context ->
                        SpringMvc.assertFailed(context, "several RedisClient beans", "set hookseal.store.redis.uri"));
        application
                .withBean(
                        LettuceConnectionFactory.class,
                        () -> new LettuceConnectionFactory(new RedisClusterConfiguration(List.of("127.0.0.1:1"))))
                .run(context -> SpringMvc.assertFailed(context, "is a cluster", "set hookseal.store.redis.uri"));
    }

    @Test
    void twoNodesHandleADeliveryOnce() {
        WebApplicationContextRunner node = application.withPropertyValues("hookseal.store.redis.uri=" + uri);
        node.run(one -> node.run(other -> {
            MockMvc first = SpringMvc.mockMvc(one);
            MockMvc second = SpringMvc.mockMvc(other);

            first.perform(Delivery.formFlow("e-1").to("/hooks"));
            second.perform(Delivery.formFlow("e-1").to("/hooks"));
            second.perform(Delivery.formFlow("e-2").to("/hooks"));

            assertThat(redis.keys("*")).hasSize(2).allMatch(key -> "handled".equals(redis.get(key)));
        }));
    }

    @Test
    void showsThatItDoesNotAnswer() throws IOException {
        String nothing = "redis://127.0.0.1:" + freePort();
        application.withPropertyValues("hookseal.store.redis.uri=" + nothing).run(context -> {
            assertThat(context).as("Redis may come later").hasNotFailed();
            assertThatIllegalStateException()
                    .isThrownBy(() -> context.getBean(DeliveryStore.class).check());
        });
        application
                .withPropertyValues("hookseal.store.redis.uri=" + uri)
                .run(context -> context.getBean(DeliveryStore.class).check());
    }

    @Test
    void closesWithTheApplication() {
        AtomicReference<DeliveryStore> store = new AtomicReference<>();

        application.withPropertyValues("hookseal.store.redis.uri=" + uri).run(context -> {
            store.set(context.getBean(DeliveryStore.class));
            store.get().check();
        });

        assertThatIllegalStateException().isThrownBy(() -> store.get().check());
    }

    /** The contract on the store that the auto-configuration opens. */
    @Nested
    class Contract extends DeliveryStoreContract {
        private AnnotationConfigWebApplicationContext context;

        @Override
        protected DeliveryStore store(Clock clock) {
            context = new AnnotationConfigWebApplicationContext();
            context.setServletContext(new MockServletContext());
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", Map.of(RedisSettings.URI.key(), uri)));
            context.register(
                    HooksealAutoConfiguration.class, HooksealRedisAutoConfiguration.class, SpringMvc.Mvc.class);
            context.refresh();
            return context.getBean(RedisDeliveryStore.class);
        }

        @AfterEach
        void close() {
            context.close();
        }

        @Override
        protected void timeMoved(Duration by) {
            server.timeMoved(by);
        }

        @Override
        protected Duration margin() {
            return Duration.ofSeconds(30);
        }
    }
}
