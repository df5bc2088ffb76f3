package dev.hookseal.diagnostics;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookProviders;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint that a delivery came to.
 *
 * @param kit the other side of the provider, if it has one
 * @param values its settings as a configuration writes them, by key
 */
record Endpoint(
        WebhookProvider<?> provider,
        @Nullable ProviderKit kit,
        Secrets secrets,
        Clock clock,
        Map<String, String> values) {
    private static final String ANY_URL = "https://example.com/";

    static Endpoint of(WebhookProvider<?> provider, @Nullable ProviderKit kit) {
        return new Endpoint(provider, kit, Secrets.NONE, Clock.systemUTC(), Map.of());
    }

    Endpoint with(Secrets more) {
        return new Endpoint(provider, kit, more, clock, values);
    }

    Endpoint with(Clock time) {
        return new Endpoint(provider, kit, secrets, time, values);
    }

    /**
     * Sets a value.
     *
     * @throws WebhookConfigurationException if the provider has no such setting, or cannot have this value
     */
    Endpoint with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(key, value);
        EndpointSettings settings = new Endpoint(provider, kit, secrets, clock, more).settings();
        return new Endpoint(provider, kit == null ? null : kit.withSettings(settings), secrets, clock, more);
    }

    EndpointSettings settings() {
        EndpointSettings.Builder builder = EndpointSettings.builder(provider.name())
                .secrets(secrets.source())
                .clock(clock);
        values.forEach((key, value) -> {
            String property = "hookseal.endpoints." + provider.name() + "." + key;
            set(builder, EndpointSettings.setting(key, provider, property), property, value);
        });
        return builder.build();
    }

    private static <T extends Comparable<T>> void set(
            EndpointSettings.Builder builder, Setting<T> setting, String property, String value) {
        T parsed;
        try {
            parsed = setting.type().parse(value);
        } catch (IllegalArgumentException e) {
            throw new WebhookConfigurationException(
                    property + " is not " + setting.type().name(),
                    setting.type().fix());
        }
        builder.set(setting, parsed);
    }

    SignatureTrial trial() {
        return SignatureTrial.of(provider, settings());
    }

    /** Returns why a receiver rejects a request; empty if it does not. */
    Optional<RejectionReason> rejection(WebhookRequest request) {
        try {
            WebhookVerifier.of(provider, settings()).verify(request);
            return Optional.empty();
        } catch (WebhookRejectedException e) {
            return Optional.of(e.reason());
        }
    }

    /** Returns the orders of names in the provider's samples; none without a kit. */
    List<List<String>> documentedOrders() {
        return kit == null
                ? List.of()
                : kit.samples().stream()
                        .flatMap(sample ->
                                JsonVariants.ordersIn(sample.body().getBytes(StandardCharsets.UTF_8)).stream())
                        .distinct()
                        .toList();
    }

    /** Returns a signature as the provider writes it; empty without a kit. */
    Optional<SignatureSpelling.Encoded> exampleSignature(SignatureTrial trial) {
        if (kit == null) {
            return Optional.empty();
        }
        byte[] body = kit.samples().get(0).body().getBytes(StandardCharsets.UTF_8);
        SigningSecret secret = kit.newSecret("example").signing();
        return signed(new UnsignedDelivery("POST", ANY_URL, "", "", clock.instant(), body), secret).entrySet().stream()
                .filter(header -> trial.scheme().headers().stream().anyMatch(header.getKey()::equalsIgnoreCase))
                .flatMap(header -> SignatureSpelling.encodedIn(header.getValue()).stream())
                .findFirst();
    }

    /** Returns the headers of a delivery as the provider signs it; none without a kit, or if the kit cannot sign it. */
    Map<String, String> signed(UnsignedDelivery unsigned, SigningSecret secret) {
        try {
            return kit == null ? Map.of() : kit.sign(unsigned, secret);
        } catch (IllegalArgumentException e) {
            // the provider does not send such a body, or the receiver has a public key
            return Map.of();
        }
    }

    /** Returns the headers that carry signatures; none if the provider needs a setting to tell. */
    List<String> signatureHeaders() {
        return trialWithAnyUrl()
                .map(SignatureTrial::scheme)
                .map(SignatureScheme::headers)
                .orElse(List.of());
    }

    boolean cannotReadSignature(WebhookRequest request) {
        return trialWithAnyUrl()
                .flatMap(trial -> trial.problem(request))
                .filter(RejectionReason.SIGNATURE_MALFORMED::equals)
                .isPresent();
    }

    private Optional<SignatureTrial> trialWithAnyUrl() {
        boolean signsUrl = provider.settings().stream()
                .anyMatch(setting -> setting.key().equals(EndpointSettings.PUBLIC_URL.key()));
        try {
            return Optional.of((signsUrl ? with(EndpointSettings.PUBLIC_URL.key(), ANY_URL) : this).trial());
        } catch (WebhookConfigurationException e) {
            return Optional.empty();
        }
    }

    /** Returns the providers on the class path, each once, also those that only a kit names. */
    static List<WebhookProvider<?>> providers() {
        Map<String, WebhookProvider<?>> byName = new LinkedHashMap<>();
        Stream.concat(
                        WebhookProviders.load().stream(),
                        WebhookProviders.kits().stream().map(ProviderKit::provider))
                .forEach(provider -> byName.putIfAbsent(provider.name(), provider));
        return List.copyOf(byName.values());
    }

    List<WebhookProvider<?>> otherProviders() {
        return providers().stream()
                .filter(other -> !other.name().equals(provider.name()))
                .toList();
    }

    /**
     * Returns another provider's scheme with these secrets and that provider's defaults; empty if it needs a setting that is
     * not known here, or cannot have any of the secrets.
     */
    Optional<SignatureTrial> trialAs(WebhookProvider<?> other) {
        try {
            Endpoint same = Endpoint.of(other, null).with(clock);
            SignatureTrial any = same.trial();
            Secrets usable = Secrets.NONE;
            for (SigningSecret secret : secrets.all()) {
                usable = any.isUsable(secret) ? usable.and(secret) : usable;
            }
            return usable.isEmpty()
                    ? Optional.empty()
                    : Optional.of(same.with(usable).trial());
        } catch (WebhookConfigurationException e) {
            return Optional.empty();
        }
    }
}
