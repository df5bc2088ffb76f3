package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.fixture.BrokenStore;
import dev.hookseal.fixture.Reasons;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.request.RejectionReason;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhatTheSenderGetsTest {
    private Server server;

    @BeforeEach
    void start() {
        server = Server.start("sender", Server.endpointsOf(Hooks.class));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void handsTheEventToTheHandlerAndGivesItsAnswer() throws Exception {
        HttpResponse<String> response = server.send("/hooks/event", Delivery.of("e-1"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("got e-1");
        assertThat(server.seen()).containsExactly("e-1 extracted 1");
    }

    @Test
    void handsTheProofToTheHandler() throws Exception {
        HttpResponse<String> response = server.send("/hooks/proof", Delivery.of("e-1"));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(server.seen()).containsExactly("proof e-1");
    }

    @Test
    void acknowledgesAnEventThatTheHandlerDoesNotAskFor() throws Exception {
        HttpResponse<String> response =
                server.send("/hooks/exports", Delivery.of("e-1", "extracted", Server.NOW.toString()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void acknowledgesARepeatWithoutTheHandler() throws Exception {
        server.send("/hooks/event", Delivery.of("e-1"));
        HttpResponse<String> response = server.send("/hooks/event", Delivery.of("e-1"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(server.seen()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zz", "0000000000000000000000000000000000000000000000000000000000000000"})
    void rejectsASignatureThatIsNone(String signature) throws Exception {
        assertRejected(server.send("/hooks/event", Delivery.of("e-1").withSignature(signature)), 401, "Unauthorized");
    }

    @Test
    void rejectsADeliveryWithoutASignature() throws Exception {
        HttpRequest request =
                Delivery.of("e-1").unsignedRequest(server.uri("/hooks/event")).build();

        assertRejected(server.send(request), 401, "Unauthorized");
        assertThat(Reasons.of(server.outcomes())).containsExactly(RejectionReason.SIGNATURE_MISSING);
    }

    @Test
    void rejectsTwoSignaturesOfWhichOneIsRight() throws Exception {
        Delivery delivery = Delivery.of("e-1");
        HttpRequest request = delivery.request(server.uri("/hooks/event"))
                .header("X-Webhook-Signature", delivery.signature())
                .build();

        assertRejected(server.send(request), 401, "Unauthorized");
        assertThat(Reasons.of(server.outcomes())).containsExactly(RejectionReason.SIGNATURE_REPEATED);
    }

    @Test
    void rejectsASignatureOverAnotherBody() throws Exception {
        Delivery genuine = Delivery.of("e-1");

        assertRejected(
                server.send("/hooks/event", genuine.withBody(genuine.text().replace("e-1", "e-2"))),
                401,
                "Unauthorized");
    }

    @Test
    void rejectsAnEventFromBeforeTheReplayWindow() throws Exception {
        String time = Server.NOW.minus(Duration.ofDays(3)).minusMillis(1).toString();

        assertRejected(server.send("/hooks/event", Delivery.of("e-1", "extracted", time)), 401, "Unauthorized");
    }

    @Test
    void rejectsASignedBodyThatIsNotWhatTheProviderSends() throws Exception {
        assertRejected(server.send("/hooks/event", Delivery.signed("[1,2]")), 400, "Bad Request");
        assertRejected(server.send("/hooks/event", Delivery.signed("{\"eventId\"")), 400, "Bad Request");
    }

    @Test
    void answersAnotherMethodWithTheAllowedOne() throws Exception {
        HttpRequest put = HttpRequest.newBuilder(server.uri("/hooks/event"))
                .PUT(BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> response = server.send(put);

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void tellsTheSenderToComeAgainWhenTheStoreCannotAnswer() throws Exception {
        try (Server broken = Server.start("sender", Server.endpointsOf(Hooks.class), BrokenStore.always())) {
            HttpResponse<String> response = broken.send("/hooks/event", Delivery.of("e-1"));

            assertProblem(response, 503, "Service Unavailable");
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(broken.seen()).isEmpty();
        }
    }

    @Test
    void givesNoReasonAwayForAnyRejection() throws Exception {
        HttpResponse<String> response =
                server.send("/hooks/event", Delivery.of("e-1").withSignature("00".repeat(32)));

        assertThat(response.headers().map().keySet())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .isSubsetOf("content-type", "content-length", "date", "connection");
    }

    @Test
    void leavesRoutesWithoutTheAnnotationAlone() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/hooks/plain"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"any\":\"thing\"}"))
                .build();

        assertThat(server.send(request).body()).isEqualTo("plain {\"any\":\"thing\"}");
        assertThat(server.outcomes()).isEmpty();
    }

    private void assertRejected(HttpResponse<String> response, int status, String title) {
        assertProblem(response, status, title);
        assertThat(server.seen()).isEmpty();
    }

    private static void assertProblem(HttpResponse<String> response, int status, String title) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).isEqualTo("{\"title\":\"" + title + "\",\"status\":" + status + "}");
    }

    @Requires(property = "spec", value = "sender")
    @Controller("/hooks")
    static class Hooks {
        private final Seen seen;

        Hooks(Seen seen) {
            this.seen = seen;
        }

        @WebhookEndpoint("formflow")
        @Post("/event")
        String event(FormFlowEvent event) {
            seen.add(event.eventId() + " " + event.typeName() + " " + event.templateId());
            return "got " + event.eventId();
        }

        @WebhookEndpoint("proof")
        @Post("/proof")
        @Status(HttpStatus.ACCEPTED)
        void proof(VerifiedWebhook<FormFlowEvent> webhook) {
            seen.add(webhook.endpoint() + " " + webhook.event().eventId());
        }

        @WebhookEndpoint(value = "exports", events = "export")
        @Post("/exports")
        void exports(FormFlowEvent event) {
            seen.add(event.eventId());
        }

        @Post("/plain")
        String plain(@io.micronaut.http.annotation.Body String body) {
            return "plain " + body;
        }
    }
}
