package dev.hookseal.inbox.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.StoredDelivery;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Verified deliveries, as a controller gets them. */
final class Deliveries {
    private static final SigningSecret SECRET = SigningSecret.ofUtf8(InboxNode.SECRET);

    private Deliveries() {}

    static VerifiedWebhook<FormFlowEvent> verified(String eventId) {
        byte[] body = """
                {"eventId":"%s","eventType":"extracted","timestamp":"%s","submissionId":"s1","templateId":1}""".formatted(eventId, Instant.now()).getBytes(UTF_8);
        String signature = HexFormat.of().formatHex(HmacSha256.sign(SECRET, body));
        // a store for each, which knows no duplicate
        WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.of(
                new FormFlowProvider(),
                EndpointSettings.builder(InboxNode.ENDPOINT).secret(SECRET).build());
        Decision<FormFlowEvent> decision =
                receiver.receive(WebhookRequest.of("POST", Map.of("X-Webhook-Signature", List.of(signature)), body));
        return ((Decision.Admitted<FormFlowEvent>) decision).delivery().webhook();
    }

    static StoredDelivery stored(String eventId) {
        return StoredDelivery.of(verified(eventId));
    }
}
