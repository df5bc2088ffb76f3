package dev.hookseal.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.received.Disagreements;
import dev.hookseal.received.NodeDeliveries;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Against Node.js's crypto, which both signs and judges as the samples in Discord's documentation do; see
 * {@code src/test/node/make-discord-deliveries.mjs}. Every disagreement has a name.
 */
class DiscordDifferentialTest {
    private static final int DELIVERIES = 20_000;
    private static final int SEED = 19;
    private static final List<WebhookProvider<?>> PROVIDERS =
            List.of(new DiscordProvider(), new DiscordInteractionsProvider());

    /** Why the two may differ: Hookseal is the stricter one each time. */
    enum Disagreement {
        /** Node reads upper case, and nothing after the 128 digits; here the signature has one spelling. */
        SIGNATURE_SPELT_OTHERWISE,
        /** Node signs any text as the time; here it has to be digits. */
        TIMESTAMP_NOT_DIGITS,
        /** The signed bytes are the same with the end of the time at the start of the body; here neither can be. */
        CUT_ELSEWHERE,
        /** Node does not read the body; here it has to be what Discord sends to this URL. */
        BODY_NOT_FROM_DISCORD
    }

    private final Map<String, WebhookVerifier<?>> verifiers = new HashMap<>();

    @Test
    void judgesWhatNodeWroteAsNodeDid() throws Exception {
        assertThat(compared("the vectors of Discord", NodeDeliveries.written("discord")))
                .isEqualTo(300);
    }

    @Test
    @Tag("full")
    void judgesAsNodeDoes() throws Exception {
        String absence = NodeDeliveries.absence();
        assumeTrue(
                absence == null,
                () -> absence + ": the comparison of " + DELIVERIES
                        + " deliveries of Discord with Node.js was left out. The"
                        + " vectors that Node.js made were checked all the same.");

        assertThat(compared("Ed25519 on Node", NodeDeliveries.live("discord", DELIVERIES, SEED)))
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
        String name = delivery.required("provider").textValue();
        String key = delivery.required("key").textValue();
        WebhookVerifier<?> verifier = verifiers.computeIfAbsent(name + " " + key, endpoint -> verifier(name, key));
        Map<String, List<String>> headers = Map.of(
                "X-Signature-Timestamp", List.of(delivery.required("timestamp").textValue()),
                "X-Signature-Ed25519", List.of(delivery.required("signature").textValue()));
        byte[] body = Base64.getDecoder().decode(delivery.required("body").textValue());
        try {
            // a ping is answered, and so is accepted
            verifier.check(WebhookRequest.of("POST", headers, body));
            return true;
        } catch (WebhookRejectedException e) {
            return false;
        }
    }

    private static WebhookVerifier<?> verifier(String name, String key) {
        WebhookProvider<?> provider = PROVIDERS.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return WebhookVerifier.of(
                provider,
                EndpointSettings.builder(name).secret(SigningSecret.ofUtf8(key)).build());
    }

    private static @Nullable Disagreement disagreement(JsonNode delivery) {
        if (!delivery.required("signature").textValue().matches("[0-9a-f]{128}")) {
            return Disagreement.SIGNATURE_SPELT_OTHERWISE;
        }
        if (delivery.required("change").textValue().startsWith("cut-")) {
            return Disagreement.CUT_ELSEWHERE;
        }
        if (!delivery.required("timestamp").textValue().matches("0|[1-9][0-9]*")) {
            return Disagreement.TIMESTAMP_NOT_DIGITS;
        }
        return delivery.required("isOther").booleanValue() ? Disagreement.BODY_NOT_FROM_DISCORD : null;
    }
}
