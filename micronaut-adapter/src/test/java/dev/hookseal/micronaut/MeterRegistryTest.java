package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.MicrometerObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What counts deliveries is there with a registry, whoever made that. */
class MeterRegistryTest {
    private static final String SPEC = "registry";

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void countsInARegistryOfTheApplications() throws Exception {
        try (Server server = Server.start(SPEC, Map.of(), registry)) {
            server.send("/hooks", Delivery.of("e-1"));
            server.send("/hooks", Delivery.of("e-2").withSignature("?"));
        }

        assertThat(count("handled", "none")).isEqualTo(1);
        assertThat(count("rejected", "signature-malformed")).isEqualTo(1);
    }

    @Test
    void countsOnceWhereTheApplicationHasAnObserverOfItsOwn() throws Exception {
        try (Server server = Server.start(SPEC, Map.of(), registry, new MicrometerObserver(registry))) {
            server.send("/hooks", Delivery.of("e-1"));
        }

        assertThat(count("handled", "none")).isEqualTo(1);
    }

    @Test
    void worksWithoutARegistry() throws Exception {
        try (Server server = Server.start(SPEC)) {
            assertThat(server.send("/hooks", Delivery.of("e-1")).statusCode()).isEqualTo(200);
            assertThat(server.outcomes())
                    .extracting(DeliveryOutcome::kind)
                    .containsExactly(DeliveryOutcome.Kind.HANDLED);
            assertThat(server.has(MicrometerObserver.class)).isFalse();
        }
    }

    private double count(String outcome, String reason) {
        return registry.get("hookseal.deliveries")
                .tags("endpoint", "formflow", "outcome", outcome, "reason", reason)
                .counter()
                .count();
    }

    @Controller("/hooks")
    @Requires(property = "spec", value = SPEC)
    static class Hooks {
        @WebhookEndpoint("formflow")
        @Post
        void received(FormFlowEvent event) {}
    }
}
