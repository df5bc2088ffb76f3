package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.jdbc.JdbcDeliveryStore;
import dev.hookseal.store.DeliveryStore;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Micronaut Data's data source has a connection only within a transaction, of which the store must not be a part. */
class ContextualDataSourceTest {
    private static final String SPEC = "contextual";

    @Controller("/hooks")
    @Requires(property = "spec", value = SPEC)
    static class Hooks {
        @WebhookEndpoint("formflow")
        @Post
        void received(FormFlowEvent event) {}
    }

    @Test
    void isUnwrapped() throws Exception {
        Map<String, Object> properties = Map.of("datasources.default.url", "jdbc:h2:mem:" + UUID.randomUUID());
        try (Server server = Server.start(SPEC, properties)) {
            assertThatThrownBy(
                            () -> server.bean(DataSource.class).getConnection().createStatement())
                    .hasStackTraceContaining("connection");

            assertThat(server.bean(DeliveryStore.class)).isInstanceOf(JdbcDeliveryStore.class);
            assertThat(server.send("/hooks", Delivery.of("e-1")).statusCode()).isEqualTo(200);
            assertThat(server.send("/hooks", Delivery.of("e-1")).statusCode()).isEqualTo(200);
        }
    }
}
