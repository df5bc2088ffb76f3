package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.config.EndpointSecrets;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.signature.SigningSecret;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Secrets from a source of the application's own. */
class EndpointSecretsTest {

    @Requires(property = "spec", value = "own-secrets")
    @Controller
    static class Handler {
        @WebhookEndpoint("own")
        @Post("/hook")
        void handle(FormFlowEvent event) {}
    }

    @Test
    void areAskedForAtEachDelivery() throws Exception {
        AtomicReference<String> secret = new AtomicReference<>("the first one");
        EndpointSecrets own = new EndpointSecrets("own", eventType -> List.of(SigningSecret.ofUtf8(secret.get())));

        try (Server server = Server.start("own-secrets", Map.of("hookseal.endpoints.own.provider", "formflow"), own)) {
            assertThat(status(server, "first", "the first one")).isEqualTo(200);
            secret.set("the next one");
            assertThat(status(server, "late", "the first one")).isEqualTo(401);
            assertThat(status(server, "next", "the next one")).isEqualTo(200);
        }
    }

    private static int status(Server server, String id, String secret) throws Exception {
        byte[] body = ("{\"eventId\":\"" + id + "\",\"eventType\":\"extracted\",\"timestamp\":\"" + Server.NOW + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        return server.send("/hook", Delivery.signed(body, secret)).statusCode();
    }
}
