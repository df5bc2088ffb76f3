package dev.hookseal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.github.GitHubKit;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.shopify.ShopifyKit;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.stripe.StripeKit;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Signatures that Node's crypto made of the providers' descriptions, once, with src/test/node/make-body-signature-vectors.mjs:
 * providers accept them, and kits write the same.
 */
class BodySignatureVectorsTest {
    private static final Instant TIME = Instant.ofEpochSecond(1686089970);
    private static final Map<String, String> HEADERS = Map.of(
            "github", "X-Hub-Signature-256",
            "shopify", "X-Shopify-Hmac-Sha256",
            "stripe", "Stripe-Signature");

    record Vector(String provider, String secret, String body, String signature) {
        ProviderKit kit() {
            return Stream.of(new GitHubKit(), new ShopifyKit(), new StripeKit())
                    .filter(kit -> kit.provider().name().equals(provider))
                    .findFirst()
                    .orElseThrow();
        }

        WebhookRequest request(String signedBody) {
            return WebhookRequest.of(
                    "POST", Map.of(HEADERS.get(provider), List.of(signature)), signedBody.getBytes(UTF_8));
        }

        WebhookVerifier<?> verifier() {
            return WebhookVerifier.of(
                    kit().provider(),
                    EndpointSettings.builder(provider)
                            .secret(SigningSecret.ofUtf8(secret))
                            .clock(Clock.fixed(TIME, ZoneOffset.UTC))
                            .build());
        }
    }

    static List<Vector> vectors() throws IOException {
        try (InputStream in = BodySignatureVectorsTest.class.getResourceAsStream("/vectors/body-signatures.json")) {
            String json = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
            return List.of(JsonData.of(json).as(Vector[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aProviderAcceptsWhatNodeSigned(Vector vector) throws Exception {
        assertThat(vector.verifier().verify(vector.request(vector.body())).signedBytes())
                .isEqualTo(vector.body().getBytes(UTF_8));
        assertThatThrownBy(() -> vector.verifier().verify(vector.request(vector.body() + " ")))
                .isInstanceOf(WebhookRejectedException.class);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aKitSignsAsNodeDoes(Vector vector) {
        UnsignedDelivery delivery = new UnsignedDelivery(
                "POST", "", "any", "id-1", TIME, vector.body().getBytes(UTF_8));

        assertThat(vector.kit().sign(delivery, SigningSecret.ofUtf8(vector.secret())))
                .containsEntry(HEADERS.get(vector.provider()), vector.signature());
    }
}
