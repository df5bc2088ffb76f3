package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.fixture.CustomProvider;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event comes from a verified delivery, or not at all. */
class ForgedArgumentsTest {
    private static final String EVIL =
            "{\"eventId\":\"evil\",\"text\":\"evil\",\"eventType\":\"extracted\",\"event\":{\"eventId\":\"evil\"},"
                    + "\"webhook\":{\"event\":{\"eventId\":\"evil\"}}}";
    private static final Map<String, Object> ACME =
            Map.of("acme", true, "hookseal.endpoints.acme.secret", Server.SECRET);
    private static Server server;

    @BeforeAll
    static void start() {
        Map<String, Object> properties = new HashMap<>(Server.endpointsOf(Handlers.class));
        properties.putAll(ACME);
        for (String endpoint : List.of("acme", "acme-proof", "echo")) {
            properties.put("hookseal.endpoints." + endpoint + ".provider", "acme");
        }
        server = Server.start("forged", properties);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"formflow", "formflow-proof", "acme", "acme-proof"})
    void makesNoEventOfQueryAndBody(String handler) throws Exception {
        HttpResponse<String> response = server.send(evil("/forged/" + handler));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void takesTheEventFromTheProviderAlsoWhereTheSignedBodyCouldBeBound() throws Exception {
        Delivery signed = Delivery.signed(EVIL);
        HttpResponse<String> response =
                server.send(java.net.http.HttpRequest.newBuilder(server.uri("/forged/echo?text=evil&event=evil"))
                        .header("Content-Type", "application/json")
                        .header(CustomProvider.SIGNATURE_HEADER, signed.signature())
                        .POST(BodyPublishers.ofByteArray(signed.body()))
                        .build());

        assertThat(response.body()).isEqualTo(EVIL);
    }

    @Test
    void staysShutWhereAFilterReplacesTheRequest() throws Exception {
        HttpResponse<String> forged = server.send(evil("/forged/replaced"));
        HttpResponse<String> genuine = server.send("/forged/replaced", Delivery.of("e-1"));

        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(genuine.statusCode()).isEqualTo(200);
        assertThat(genuine.body()).isEqualTo("e-1");
    }

    @Test
    void runsNoHandlerForARequestThatAFilterReplacesAfterTheVerification() throws Exception {
        HttpResponse<String> response = server.send("/forged/replaced-late", Delivery.of("e-2"));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void doesNotStartWithAHandlerWhoseEventNothingVerifies() {
        assertThatThrownBy(() -> Server.start("bare-acme", ACME).close())
                .hasMessageContaining(
                        "BareAcme.handle has a parameter of type " + CustomProvider.Event.class.getName());
    }

    private static java.net.http.HttpRequest evil(String path) {
        return java.net.http.HttpRequest.newBuilder(
                        server.uri(path + "?eventId=evil&text=evil&event=evil&webhook=evil&event.eventId=evil"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(EVIL))
                .build();
    }

    @Requires(property = "spec", value = "forged")
    @Controller("/forged")
    static class Handlers {
        private final Seen seen;

        Handlers(Seen seen) {
            this.seen = seen;
        }

        @WebhookEndpoint("formflow")
        @Post("/formflow")
        void formflow(FormFlowEvent event) {
            seen.add(event);
        }

        @WebhookEndpoint("formflow-proof")
        @Post("/formflow-proof")
        void formflowProof(VerifiedWebhook<FormFlowEvent> webhook) {
            seen.add("called");
        }

        @WebhookEndpoint("acme")
        @Post("/acme")
        void acme(CustomProvider.Event event) {
            seen.add(event);
        }

        @WebhookEndpoint("acme-proof")
        @Post("/acme-proof")
        void acmeProof(VerifiedWebhook<CustomProvider.Event> webhook) {
            seen.add(webhook);
        }

        @WebhookEndpoint("echo")
        @Post("/echo")
        String echo(CustomProvider.Event event) {
            return event.text();
        }

        @WebhookEndpoint("replaced")
        @Post("/replaced")
        String replaced(FormFlowEvent event) {
            return event.eventId();
        }

        @WebhookEndpoint("replaced-late")
        @Post("/replaced-late")
        void replacedLate() {
            seen.add("called");
        }
    }

    @Requires(property = "spec", value = "forged")
    @ServerFilter("/forged/replaced")
    static class Replace {
        @RequestFilter
        @Order(0)
        MutableHttpRequest<?> replace(HttpRequest<?> request) {
            return request.mutate().header("X-Added", "1");
        }
    }

    @Requires(property = "spec", value = "forged")
    @ServerFilter("/forged/replaced-late")
    static class ReplaceLate {
        @RequestFilter
        @Order(60_000)
        MutableHttpRequest<?> replace(HttpRequest<?> request) {
            return HttpRequest.POST(request.getUri(), "{}");
        }
    }

    @Requires(property = "spec", value = "bare-acme")
    @Controller
    static class BareAcme {
        @Post("/hook")
        String handle(CustomProvider.Event event) {
            return event.text();
        }
    }
}
