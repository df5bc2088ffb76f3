package dev.hookseal.provider;

import static dev.hookseal.fixture.Rejections.assertRejected;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MALFORMED;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MISMATCH;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MISSING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Signer;
import dev.hookseal.provider.AcmeProvider.AcmeEvent;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A further provider is one class. */
class AcmeProviderTest {
    private static final byte[] BODY = "order.paid".getBytes(UTF_8);
    private static final EndpointSettings SETTINGS =
            EndpointSettings.builder("shop").secret(SigningSecret.ofUtf8("s")).build();

    private final AcmeProvider provider = new AcmeProvider();

    @Test
    void verifies() throws Exception {
        VerifiedWebhook<AcmeEvent> webhook =
                WebhookVerifier.of(provider, SETTINGS).verify(signed("s"));

        assertThat(webhook.event()).isEqualTo(new AcmeEvent("order.paid"));
        assertThat(webhook.endpoint()).isEqualTo("shop");
        assertThat(webhook.deliveryKey()).isNull();
    }

    @Test
    void rejects() {
        WebhookVerifier<AcmeEvent> verifier = WebhookVerifier.of(provider, SETTINGS);

        assertRejected(verifier, signed("t"), SIGNATURE_MISMATCH);
        assertRejected(verifier, Requests.post("Acme-Signature", "?", BODY), SIGNATURE_MALFORMED);
        assertRejected(verifier, Requests.post("Other", "?", BODY), SIGNATURE_MISSING);
    }

    @Test
    void hasAReceiverLikeAnyOther() {
        WebhookReceiver<AcmeEvent> receiver = WebhookReceiver.of(provider, SETTINGS);

        assertThat(receiver.bodyLimits().maxBytes()).isEqualTo(1024 * 1024);
        assertThat(receiver.receive(signed("s"), Set.of("order.paid"))).isInstanceOf(Decision.Admitted.class);
        assertThat(receiver.receive(signed("s"), Set.of("order.sent"))).isInstanceOf(Decision.Answered.class);
        assertThat(provider.supportsEvent("whatever it documents nowhere")).isTrue();
    }

    private static WebhookRequest signed(String secret) {
        return Requests.post("Acme-Signature", HexFormat.of().formatHex(Signer.hmac(secret, BODY)), BODY);
    }
}
