package dev.hookseal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.Suspicion;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A delivery that a kit signs, and the proof that its provider makes of it. */
public final class Delivered {
    public static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");
    public static final String SECRET = "whsec_delivered";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final byte[] body;

    private Delivered(ProviderKit kit, String name, byte[] body, String secret, Instant time) {
        this.body = body;
        this.headers.putAll(
                kit.sign(new UnsignedDelivery("POST", "", name, "d-1", time, body), SigningSecret.ofUtf8(secret)));
    }

    public static Delivered by(ProviderKit kit, String name, String body) {
        return by(kit, name, body, NOW);
    }

    public static Delivered by(ProviderKit kit, String name, String body, Instant time) {
        return new Delivered(kit, name, body.getBytes(UTF_8), SECRET, time);
    }

    public static Delivered signedWith(String secret, ProviderKit kit, String body) {
        return new Delivered(kit, "any", body.getBytes(UTF_8), secret, NOW);
    }

    public Delivered with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public Delivered without(String header) {
        headers.remove(header);
        return this;
    }

    public String header(String name) {
        return headers.get(name);
    }

    public WebhookRequest request() {
        return request(body);
    }

    /** With another body under the same headers. */
    public WebhookRequest request(byte[] other) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return WebhookRequest.of("POST", lists, other);
    }

    public <E> VerifiedWebhook<E> verified(WebhookProvider<E> provider) throws WebhookRejectedException {
        return verified(provider, settings -> {});
    }

    public <E> VerifiedWebhook<E> verified(WebhookProvider<E> provider, Consumer<EndpointSettings.Builder> further)
            throws WebhookRejectedException {
        return verifier(provider, SigningSecret.ofUtf8(SECRET), further).verify(request());
    }

    public static <E> WebhookVerifier<E> verifier(WebhookProvider<E> provider) {
        return verifier(provider, SigningSecret.ofUtf8(SECRET), settings -> {});
    }

    /** What a receiver does with deliveries, one after the other: {@code handled}, or the status of its answer. */
    public static <E> List<String> received(
            WebhookProvider<E> provider, Consumer<EndpointSettings.Builder> further, Delivered... deliveries) {
        EndpointSettings.Builder settings = EndpointSettings.builder("orders")
                .secret(SigningSecret.ofUtf8(SECRET))
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
        further.accept(settings);
        WebhookReceiver<E> receiver = WebhookReceiver.of(provider, settings.build());
        return Stream.of(deliveries)
                .map(delivery -> outcome(receiver.receive(delivery.request())))
                .toList();
    }

    private static <E> String outcome(Decision<E> decision) {
        if (decision instanceof Decision.Admitted<E> admitted) {
            admitted.delivery().answered(204);
            return "handled";
        }
        return String.valueOf(((Decision.Answered<E>) decision).response().status());
    }

    private static <E> WebhookVerifier<E> verifier(
            WebhookProvider<E> provider, SigningSecret secret, Consumer<EndpointSettings.Builder> further) {
        EndpointSettings.Builder settings =
                EndpointSettings.builder("orders").secret(secret).clock(Clock.fixed(NOW, ZoneOffset.UTC));
        further.accept(settings);
        return WebhookVerifier.of(provider, settings.build());
    }

    /** The labels of what the kit suspects of a request that is rejected, and that would then be verified. */
    public static List<String> proved(ProviderKit kit, WebhookRequest request, String secret) {
        SigningSecret configured = SigningSecret.ofUtf8(secret);
        assertThat(isVerified(kit, request, configured)).as("rejected").isFalse();
        return kit.suspicions(request, configured).stream()
                .filter(suspicion -> isVerified(kit, suspicion.request(), suspicion.secret()))
                .map(Suspicion::label)
                .distinct()
                .toList();
    }

    private static boolean isVerified(ProviderKit kit, WebhookRequest request, SigningSecret secret) {
        try {
            verifier(kit.provider(), secret, settings -> {}).verify(request);
            return true;
        } catch (WebhookRejectedException e) {
            return false;
        }
    }
}
