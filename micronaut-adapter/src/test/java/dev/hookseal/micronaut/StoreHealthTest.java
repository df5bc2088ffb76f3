package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.util.Map;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** What Micronaut's health endpoint says of the delivery store. */
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

    private static String health(Server server) throws Exception {
        return server.send(HttpRequest.newBuilder(server.uri("/health")).build())
                .body()
                .replace(" ", "");
    }
}
