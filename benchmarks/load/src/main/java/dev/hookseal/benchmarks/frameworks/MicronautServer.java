package dev.hookseal.benchmarks.frameworks;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.runtime.Micronaut;
import java.util.Map;

/** Micronaut on Netty. */
public final class MicronautServer {
    private MicronautServer() {}

    /** Starts it. */
    public static void main(String[] args) {
        Micronaut.build(args)
                .properties(Map.of(
                        "micronaut.server.host", "127.0.0.1",
                        "micronaut.server.port", "${PORT}",
                        "hookseal.endpoints.extracta.secret", "${EXTRACTA_SECRET}",
                        "hookseal.endpoints.bound.provider", "extracta",
                        "hookseal.endpoints.bound.secret", "${EXTRACTA_SECRET}"))
                .start();
    }

    @Controller
    static class Endpoints {

        @WebhookEndpoint("extracta")
        @Post("/verified")
        @Status(HttpStatus.NO_CONTENT)
        void verified(ExtractaEvent event) {
            Handler.verified(event);
        }

        @WebhookEndpoint("bound")
        @Post("/verified-and-bound")
        @Status(HttpStatus.NO_CONTENT)
        void verifiedAndBound(ExtractaEvent event) {
            Handler.verifiedAndBound(event);
        }

        @Post("/bytes")
        @Status(HttpStatus.NO_CONTENT)
        void bytes(@Body byte[] body) {
            Handler.bytes(body);
        }

        @Post("/typed")
        @Status(HttpStatus.NO_CONTENT)
        void typed(@Body Delivery delivery) {
            Handler.typed(delivery);
        }
    }
}
