package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.spring.app.OverHttp;
import dev.hookseal.spring.app.Sender;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

/** The metrics as Boot's actuator shows them, after deliveries over HTTP. No other test sends to these endpoints. */
@OverHttp
class MetricsOverHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DELIVERIES = "hookseal.deliveries?tag=endpoint:metered";

    private Sender sender;

    @BeforeEach
    void connect(@Value("${local.server.port}") int port) {
        sender = new Sender(port);
    }

    @Test
    void countsWhatWasHandledAndDuplicates() {
        double handled = count(DELIVERIES + "&tag=outcome:handled&tag=reason:none");
        double duplicate = count(DELIVERIES + "&tag=outcome:duplicate&tag=reason:none");

        sender.send("/hooks/metered", Delivery.formFlow("counted-1"));
        sender.send("/hooks/metered", Delivery.formFlow("counted-2"));
        sender.send("/hooks/metered", Delivery.formFlow("counted-2"));

        assertCount(DELIVERIES + "&tag=outcome:handled&tag=reason:none", handled + 2);
        assertCount(DELIVERIES + "&tag=outcome:duplicate&tag=reason:none", duplicate + 1);
    }

    @Test
    void countsRejectionsByTheirReason() {
        String rejected = DELIVERIES + "&tag=outcome:rejected";

        sender.send("POST", "/hooks/metered", "application/json", "{}");
        sender.send("/hooks/metered", Delivery.formFlow("forged", "extracted", "a guess"));
        sender.send("/hooks/metered", Delivery.formFlow("forged", "extracted", "another guess"));
        sender.send("GET", "/hooks/metered", "application/json", "");

        assertCount(rejected + "&tag=reason:signature-missing", 1);
        assertCount(rejected + "&tag=reason:signature-mismatch", 2);
    }

    @Test
    void timesVerificationInSeconds() {
        double before = count("hookseal.verification?tag=endpoint:metered&tag=result:genuine");

        sender.send("/hooks/metered", Delivery.formFlow("timed"));

        assertCount("hookseal.verification?tag=endpoint:metered&tag=result:genuine", before + 1);
        assertThat(metric("hookseal.verification").path("baseUnit").asText()).isEqualTo("seconds");
    }

    @Test
    void tellsWhichSecretOfARotationMatched() {
        String matched = "hookseal.secrets.matched?tag=endpoint:metered&tag=event:export";

        sender.send("/hooks/metered", Delivery.formFlow("rotated-1", "export", "whsec-newest"));
        sender.send("/hooks/metered", Delivery.formFlow("rotated-2", "export", Delivery.FORMFLOW_SECRET));
        sender.send("/hooks/metered", Delivery.formFlow("rotated-3", "export", Delivery.FORMFLOW_SECRET));

        assertCount(matched + "&tag=position:0", 1);
        assertCount(matched + "&tag=position:1", 2);
    }

    @Test
    void tellsInWhichFormExtractaSigned() {
        Delivery asSent = Delivery.extracta("file-1");

        sender.send("/hooks/metered-extracta", asSent);
        sender.send("/hooks/metered-extracta", asSent.withBody(asSent.body().replace("\"fileId\":", "\"fileId\" : ")));

        String forms = "hookseal.signed.forms?tag=endpoint:metered-extracta";
        assertCount(forms + "&tag=form:raw", 1);
        assertCount(forms + "&tag=form:ecmascript", 1);
    }

    @Test
    void countsUnknownEventsByTheirNames() {
        sender.send("/hooks/metered", Delivery.formFlow("unknown-1", "archived", Delivery.FORMFLOW_SECRET));
        sender.send("/hooks/metered", Delivery.formFlow("unknown-2", "archived", Delivery.FORMFLOW_SECRET));

        assertCount("hookseal.events.unknown?tag=endpoint:metered&tag=event:archived", 2);
    }

    // An outcome may be counted after the sender has its answer.
    private void assertCount(String metricAndTags, double expected) {
        for (int i = 0; i < 1000 && count(metricAndTags) < expected; i++) {
            Thread.onSpinWait();
        }
        assertThat(count(metricAndTags)).isEqualTo(expected);
    }

    private double count(String metricAndTags) {
        for (JsonNode measurement : metric(metricAndTags).path("measurements")) {
            if (measurement.path("statistic").asText().equals("COUNT")) {
                return measurement.path("value").asDouble();
            }
        }
        return 0;
    }

    /** What the actuator answers; nothing if there is no such meter yet. */
    private JsonNode metric(String metricAndTags) {
        HttpResponse<String> response =
                sender.send("GET", "/actuator/metrics/" + metricAndTags, "application/json", "");
        assertThat(response.statusCode()).isIn(200, 404);
        try {
            return response.statusCode() == 404 ? JSON.createObjectNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
