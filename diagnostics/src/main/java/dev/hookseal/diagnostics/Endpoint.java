package dev.hookseal.diagnostics;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint that a delivery came to.
 *
 * @param kit the other side of the provider, if it has one
 * @param values its settings as a configuration writes them, by key
 * @param isExample whether what the provider needs is set as for a test, where {@code values} do not set it
 */
record Endpoint(
        WebhookProvider<?> provider,
        @Nullable ProviderKit kit,
        Secrets secrets,
        Clock clock,
        Map<String, String> values,
        boolean isExample) {
    private static final URI ANY_URL = URI.create("https://example.com/");

    static Endpoint of(WebhookProvider<?> provider, @Nullable ProviderKit kit) {
        return new Endpoint(provider, kit, Secrets.NONE, Clock.systemUTC(), Map.of(), false);
    }

    Endpoint with(Secrets more) {
        return new Endpoint(provider, kit, more, clock, values, isExample);
    }

    Endpoint with(Clock time) {
        return new Endpoint(provider, kit, secrets, time, values, isExample);
    }

    /** Returns the same with all that the provider cannot do without, to find out how it signs. */
    Endpoint asExample() {
        return new Endpoint(provider, kit, secrets, clock, values, true);
    }

    /**
     * Sets a value.
     *
     * @throws WebhookConfigurationException if the provider has no such setting, or cannot have this value
     */
    Endpoint with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(key, value);
        EndpointSettings settings = new Endpoint(provider, kit, secrets, clock, more, isExample).settings();
        ProviderKit sender = kit == null ? null : kit.withSettings(settings);
        return new Endpoint(provider, sender, secrets, clock, more, isExample);
    }

    Endpoint withPublicUrl(URI url) {
        return with(EndpointSettings.PUBLIC_URL.key(), url.toString());
    }

    boolean hasPublicUrl() {
        return provider.settings().stream()
                .anyMatch(setting -> setting.key().equals(EndpointSettings.PUBLIC_URL.key()));
    }

    Optional<URI> publicUrl() {
        return Optional.ofNullable(values.get(EndpointSettings.PUBLIC_URL.key()))
                .map(String::strip)
                .map(URI::create);
    }

    EndpointSettings settings() {
        EndpointSettings.Builder builder = EndpointSettings.builder(provider.name())
                .secrets(secrets.source())
                .clock(clock);
        if (isExample) {
            if (hasPublicUrl()) {
                builder.set(EndpointSettings.PUBLIC_URL, ANY_URL);
            }
            if (kit != null) {
                kit.configure(builder);
            }
        }
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

    /** Returns how a receiver verifies; empty if the provider lacks a setting, or cannot have one of them. */
    Optional<SignatureTrial> possibleTrial() {
        try {
            return Optional.of(trial());
        } catch (WebhookConfigurationException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns why a receiver rejects a request; empty if it does not.
     *
     * @throws WebhookConfigurationException if there cannot be such an endpoint
     */
    Optional<WebhookRejectedException> rejection(WebhookRequest request) {
        try {
            WebhookVerifier.of(provider, settings()).check(request);
            return Optional.empty();
        } catch (WebhookRejectedException e) {
            return Optional.of(e);
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

    /** Returns the headers of a delivery as the provider sends it; none without a kit. */
    Map<String, String> exampleHeaders() {
        if (kit == null) {
            return Map.of();
        }
        ProviderKit.SampleEvent sample = kit.samples().get(0);
        byte[] body = sample.body().getBytes(StandardCharsets.UTF_8);
        SigningSecret secret = kit.newSecret("example").signing();
        try {
            return kit.sign(
                    new UnsignedDelivery("POST", ANY_URL.toString(), sample.name(), "example", clock.instant(), body),
                    secret);
        } catch (IllegalArgumentException e) {
            // a kit that needs more than a test gives it
            return Map.of();
        }
    }

    /** Returns the headers that carry signatures; none if the provider needs a setting to tell. */
    List<String> signatureHeaders() {
        return asExample()
                .possibleTrial()
                .map(trial -> trial.scheme().headers())
                .orElse(List.of());
    }
}
