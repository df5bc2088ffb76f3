package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.WebhookListener;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.ParkException;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import jakarta.inject.Singleton;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** What Micronaut's health endpoint says of the delivery store and the inbox. */
class StoreHealthTest {
    private static final String SPEC = "health";
    private static final Map<String, Object> DETAILS = Map.of("endpoints.health.details-visible", "ANONYMOUS");

    @Controller("/hooks")
    @Requires(property = "spec", value = SPEC)
    static class Hooks {
        @WebhookEndpoint("formflow")
        @Post
        void received(FormFlowEvent event) {}
    }

    @Test
    void showsWhetherTheStoreAnswers() throws Exception {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        try (Connection connection = dataSource.getConnection();
                Server server = Server.start(SPEC, DETAILS, dataSource)) {
            assertThat(health(server)).contains("\"hookseal\":{").contains("JdbcDeliveryStore");

            connection.createStatement().execute("drop table hookseal_delivery");

            assertThat(health(server)).contains("DOWN").contains("HOOKSEAL_DELIVERY");
        }
    }

    @Requires(property = "spec", value = "health-inbox")
    @Singleton
    static class Listener {
        private final CountDownLatch called = new CountDownLatch(1);

        @WebhookListener("formflow")
        void received(FormFlowEvent event, Attempt attempt) {
            called.countDown();
            throw new ParkException("no such order");
        }
    }

    @Test
    void showsTheInboxWhichIsUpWithParkedDeliveriesAndDownWithoutItsTable() throws Exception {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Map<String, Object> properties = new HashMap<>(DETAILS);
        properties.put("hookseal.store.type", "memory");
        properties.put("hookseal.endpoints.formflow.path", "/webhooks/formflow");
        try (Server server = Server.start("health-inbox", properties, dataSource)) {
            assertThat(server.send("/webhooks/formflow", Delivery.of("e-1")).statusCode())
                    .isEqualTo(202);
            assertThat(server.bean(Listener.class).called.await(1, TimeUnit.MINUTES))
                    .isTrue();
        }
        properties.put("hookseal.inbox.workers", 0);
        try (Connection connection = dataSource.getConnection();
                Server server = Server.start("health-inbox", properties, dataSource)) {
            server.send("/webhooks/formflow", Delivery.of("e-2"));
            assertThat(health(server)).startsWith("{\"name\"").contains("\"inbox\":{\"parked\":1,\"waiting\":1}");
            assertThat(status(server)).isEqualTo(200);

            connection.createStatement().execute("drop table hookseal_inbox");

            assertThat(health(server)).contains("DOWN").contains("HOOKSEAL_INBOX");
            assertThat(status(server)).isEqualTo(503);
            connection.createStatement().execute("shutdown");
        }
    }

    private static int status(Server server) throws Exception {
        return server.send(HttpRequest.newBuilder(server.uri("/health")).build())
                .statusCode();
    }

    private static String health(Server server) throws Exception {
        return server.send(HttpRequest.newBuilder(server.uri("/health")).build())
                .body()
                .replace(" ", "");
    }
}
