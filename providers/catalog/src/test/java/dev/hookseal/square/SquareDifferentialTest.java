package dev.hookseal.square;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.received.Disagreements;
import dev.hookseal.received.NodeDeliveries;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Against the code of Square's page "Verify and validate an event notification" on Node.js's crypto, which both signs and
 * judges; see {@code src/test/node/make-square-deliveries.mjs}. Every disagreement has a name.
 */
class SquareDifferentialTest {
    private static final int DELIVERIES = 20_000;
    private static final int SEED = 19;
    private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");

    /** Why the two may differ: Hookseal is the stricter one each time. */
    enum Disagreement {
        /** Square's code looks at no time; here created_at has to be in the replay window. */
        EVENT_OUTSIDE_THE_REPLAY_WINDOW,
        /** Square's code knows the registered URL alone; here the query is the one that the request has. */
        QUERY_CHANGED_ON_THE_WAY,
        /** Square's code does not read the body; here it has to be an event with an id and a type. */
        BODY_NOT_FROM_SQUARE
    }

    private final Map<String, WebhookVerifier<SquareEvent>> verifiers = new HashMap<>();

    @Test
    void judgesWhatNodeWroteAsNodeDid() throws Exception {
        assertThat(compared("the vectors of Square", NodeDeliveries.written("square")))
                .isEqualTo(300);
    }

    @Test
    @Tag("full")
    void judgesAsNodeDoes() throws Exception {
        String absence = NodeDeliveries.absence();
        assumeTrue(
                absence == null,
                () -> absence + ": the comparison of " + DELIVERIES
                        + " deliveries of Square with Node.js was left out. The"
                        + " vectors that Node.js made were checked all the same.");

        assertThat(compared("Square's code on Node", NodeDeliveries.live("square", DELIVERIES, SEED)))
                .isEqualTo(DELIVERIES);
    }

    private int compared(String peer, List<JsonNode> deliveries) {
        Disagreements<Disagreement> disagreements = new Disagreements<>(peer, Disagreement.class);
        for (JsonNode delivery : deliveries) {
            boolean theirs = delivery.required("accepted").booleanValue();
            boolean ours = accepts(delivery);
            disagreements.add(theirs, ours, theirs && !ours ? disagreement(delivery) : null, delivery);
        }
        disagreements.check(Disagreement.class);
        return deliveries.size();
    }

    private boolean accepts(JsonNode delivery) {
        String key = delivery.required("key").textValue();
        String url = delivery.required("url").textValue();
        WebhookVerifier<SquareEvent> verifier = verifiers.computeIfAbsent(
                key + " " + url,
                endpoint -> WebhookVerifier.of(
                        new SquareProvider(),
                        EndpointSettings.builder("square")
                                .secret(SigningSecret.ofUtf8(key))
                                .set(EndpointSettings.PUBLIC_URL, URI.create(url))
                                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                                .build()));
        Map<String, List<String>> headers = Map.of(
                "X-Square-HmacSha256-Signature",
                List.of(delivery.required("signature").textValue()));
        byte[] body = Base64.getDecoder().decode(delivery.required("body").textValue());
        try {
            verifier.verify(WebhookRequest.of("POST", delivery.required("query").textValue(), headers, body));
            return true;
        } catch (WebhookRejectedException e) {
            return false;
        }
    }

    private static @Nullable Disagreement disagreement(JsonNode delivery) {
        if (delivery.required("change").textValue().equals("query-on-the-way")) {
            return Disagreement.QUERY_CHANGED_ON_THE_WAY;
        }
        if (delivery.required("isOther").booleanValue()) {
            return Disagreement.BODY_NOT_FROM_SQUARE;
        }
        String body =
                new String(Base64.getDecoder().decode(delivery.required("body").textValue()), StandardCharsets.UTF_8);
        Matcher created = Pattern.compile("\"created_at\":\"(2026[^\"]+)\"").matcher(body);
        if (created.find()) {
            Instant time = Instant.parse(created.group(1));
            boolean isOutside = time.isBefore(NOW.minusSeconds(7 * 86_400)) || time.isAfter(NOW.plusSeconds(300));
            return isOutside ? Disagreement.EVENT_OUTSIDE_THE_REPLAY_WINDOW : null;
        }
        return null;
    }
}
