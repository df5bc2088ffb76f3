package dev.hookseal.receive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.SampleEvent;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookProviders;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SigningSecret;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A verified delivery is stored, and read again once the secret it was signed with is gone. */
class StoredContentTest {
    private static final Instant NOW = Instant.parse("2026-11-30T09:00:00.123456789Z");

    static Stream<Arguments> samples() {
        return WebhookProviders.kits().stream()
                .flatMap(kit -> kit.samples().stream()
                        .map(sample -> Arguments.of(kit.provider().name(), sample.name(), kit, sample)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("samples")
    void givesAnEqualWebhookAfterTheSecretIsRetired(String provider, String name, ProviderKit kit, SampleEvent sample)
            throws Exception {
        givesAnEqualWebhook(kit, kit.provider(), sample);
    }

    private static <E> void givesAnEqualWebhook(ProviderKit kit, WebhookProvider<E> provider, SampleEvent sample)
            throws Exception {
        TestSecret old = kit.newSecret("old");
        VerifiedWebhook<E> verified = admitted(receiver(provider, old, NOW), request(kit, sample, old));
        byte[] stored = verified.signedContent().toStored();

        // a year later, in another process, with another secret
        WebhookReceiver<E> later = receiver(provider, kit.newSecret("new"), NOW.plus(Duration.ofDays(365)));
        VerifiedWebhook<E> restored = later.restore(SignedContent.ofStored(stored));

        assertThat(restored).isEqualTo(verified);
        assertThat(restored.event()).isEqualTo(verified.event());
        assertThat(restored.unsignedHeaders()).isEqualTo(verified.unsignedHeaders());
        assertThat(restored.signedBytes()).isEqualTo(verified.signedBytes());
        assertThat(restored.deliveryKey()).isEqualTo(verified.deliveryKey());
        assertThat(restored.signedContent().toStored()).isEqualTo(stored);
        assertThat(new String(stored, UTF_8)).doesNotContain(old.configured());
    }

    private static WebhookRequest request(ProviderKit kit, SampleEvent sample, TestSecret secret) {
        byte[] body = kit.withEventTime(sample.body().getBytes(UTF_8), NOW);
        UnsignedDelivery delivery =
                new UnsignedDelivery("POST", "https://example.com/hook", sample.name(), "d-1", NOW, body);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        kit.sign(delivery, secret.signing()).forEach((header, value) -> headers.put(header, List.of(value)));
        return WebhookRequest.of("POST", headers, body);
    }

    private static <E> WebhookReceiver<E> receiver(WebhookProvider<E> provider, TestSecret secret, Instant now) {
        return WebhookReceiver.of(
                provider,
                EndpointSettings.builder("stored")
                        .secrets(SecretSource.of(SigningSecret.ofUtf8(secret.configured())))
                        .clock(Clock.fixed(now, ZoneOffset.UTC))
                        .build());
    }

    private static <E> VerifiedWebhook<E> admitted(WebhookReceiver<E> receiver, WebhookRequest request) {
        return ((Decision.Admitted<E>) receiver.receive(request)).delivery().webhook();
    }

    @Test
    void rejectsBytesThatWereNotStored() throws Exception {
        ProviderKit kit = WebhookProviders.kit("formflow").orElseThrow();
        TestSecret secret = kit.newSecret("s");
        byte[] stored = admitted(
                        receiver(kit.provider(), secret, NOW),
                        request(kit, kit.samples().get(0), secret))
                .signedContent()
                .toStored();
        byte[] otherVersion = stored.clone();
        otherVersion[0] = 2;
        for (byte[] wrong :
                List.of(new byte[0], new byte[5], "{}".getBytes(UTF_8), Arrays.copyOf(stored, 100), otherVersion)) {
            assertThatIllegalArgumentException().isThrownBy(() -> SignedContent.ofStored(wrong));
        }
    }

    @Test
    void nothingElseMakesSignedContent() {
        assertThat(SignedContent.class.getDeclaredConstructors())
                .noneMatch(constructor -> Modifier.isPublic(constructor.getModifiers())
                        || Modifier.isProtected(constructor.getModifiers()));
        assertThat(Arrays.stream(SignedContent.class.getDeclaredMethods())
                        .filter(method -> Modifier.isStatic(method.getModifiers())
                                && Modifier.isPublic(method.getModifiers())
                                && method.getReturnType() == SignedContent.class))
                .extracting(method -> method.getName())
                .containsExactly("ofStored");
        assertThat(Modifier.isFinal(SignedContent.class.getModifiers())).isTrue();
    }
}
