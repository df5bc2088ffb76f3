package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The metrics as Micronaut's management endpoint shows them, after deliveries over HTTP. */
class MetricsTest {
    private static final Map<String, Object> PROPERTIES = Map.of(
            "micronaut.metrics.enabled",
            true,
            "endpoints.metrics.enabled",
            true,
            "endpoints.metrics.sensitive",
            false,
            "hookseal.endpoints.formflow.secrets",
            List.of("whsec-newest", Server.SECRET),
            "hookseal.endpoints.extracta.secret",
            Server.SECRET);

    @Test
    void countsDeliveriesByOutcomeAndReason() throws Exception {
        try (Server server = Server.start("metrics", PROPERTIES)) {
            server.send("/hooks/formflow", Delivery.of("e-1"));
            server.send("/hooks/formflow", Delivery.of("e-1"));
            server.send("/hooks/formflow", Delivery.of("e-2").withSignature("0".repeat(64)));
            server.send("/hooks/formflow", Delivery.of("e-2").withSignature("0".repeat(64)));
            server.send("/hooks/formflow", Delivery.of("e-3", "extracted", "2020-01-01T00:00:00Z"));

            String deliveries = "hookseal.deliveries?tag=endpoint:formflow";
            assertThat(count(server, deliveries + "&tag=outcome:handled&tag=reason:none"))
                    .isEqualTo(1);
            assertThat(count(server, deliveries + "&tag=outcome:duplicate&tag=reason:none"))
                    .isEqualTo(1);
            assertThat(count(server, deliveries + "&tag=outcome:rejected&tag=reason:signature-mismatch"))
                    .isEqualTo(2);
            assertThat(count(server, deliveries + "&tag=outcome:rejected&tag=reason:event-too-old"))
                    .isEqualTo(1);
        }
    }

    @Test
    void timesVerification() throws Exception {
        try (Server server = Server.start("metrics", PROPERTIES)) {
            server.send("/hooks/formflow", Delivery.of("e-1"));
            server.send("/hooks/formflow", Delivery.of("e-1"));

            assertThat(count(server, "hookseal.verification?tag=endpoint:formflow&tag=result:genuine"))
                    .isEqualTo(2);
        }
    }

    @Test
    void tellsWhichSecretOfARotationMatched() throws Exception {
        try (Server server = Server.start("metrics", PROPERTIES)) {
            server.send("/hooks/formflow", Delivery.signed(Delivery.of("e-1").body(), "whsec-newest"));
            server.send("/hooks/formflow", Delivery.of("e-2"));
            server.send("/hooks/formflow", Delivery.of("e-3"));

            String matched = "hookseal.secrets.matched?tag=endpoint:formflow&tag=event:extracted";
            assertThat(count(server, matched + "&tag=position:0")).isEqualTo(1);
            assertThat(count(server, matched + "&tag=position:1")).isEqualTo(2);
        }
    }

    @Test
    void tellsInWhichFormExtractaSignedAndOfWhichUnknownEvent() throws Exception {
        try (Server server = Server.start("metrics", PROPERTIES)) {
            sendExtracta(server, "{\"event\":\"invoice.paid\",\"result\":{\"total\":1}}");
            sendExtracta(server, "{\"event\":\"invoice.paid\",\"result\":{ \"total\": 1 }}");
            sendExtracta(server, "{\"event\":\"invoice.sent\",\"result\":{ \"total\": 1 }}");

            assertThat(count(server, "hookseal.signed.forms?tag=endpoint:extracta&tag=form:raw"))
                    .isEqualTo(1);
            assertThat(count(server, "hookseal.signed.forms?tag=endpoint:extracta&tag=form:ecmascript"))
                    .isEqualTo(2);
            assertThat(count(server, "hookseal.events.unknown?tag=endpoint:extracta&tag=event:invoice.paid"))
                    .isEqualTo(2);
        }
    }

    @Controller("/hooks")
    @Requires(property = "spec", value = "metrics")
    static class Hooks {
        @WebhookEndpoint("formflow")
        @Post("/formflow")
        void formFlow(FormFlowEvent event) {}

        @WebhookEndpoint("extracta")
        @Post("/extracta")
        void extracta(ExtractaEvent event) {}
    }

    /** Signed as JavaScript writes it. */
    private static void sendExtracta(Server server, String body) throws Exception {
        byte[] signature =
                HmacSha256.sign(SigningSecret.ofUtf8(Server.SECRET), "{\"total\":1}".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> response = server.send(HttpRequest.newBuilder(server.uri("/hooks/extracta"))
                .header("Content-Type", "application/json")
                .header("x-webhook-signature", Base64.getEncoder().encodeToString(signature))
                .POST(BodyPublishers.ofString(body))
                .build());
        assertThat(response.statusCode()).isEqualTo(200);
    }

    private static double count(Server server, String metricAndTags) throws Exception {
        HttpResponse<String> response = server.send(
                HttpRequest.newBuilder(server.uri("/metrics/" + metricAndTags)).build());
        assertThat(response.statusCode()).as(metricAndTags).isEqualTo(200);
        return JsonData.of(response.body()).as(Metric.class).measurements().stream()
                .filter(measurement -> measurement.statistic().equals("COUNT"))
                .mapToDouble(Measurement::value)
                .sum();
    }

    private record Metric(List<Measurement> measurements) {}

    private record Measurement(String statistic, double value) {}
}
