package dev.hookseal.diagnostics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.ByteRange;
import dev.hookseal.provider.ProviderKit.SampleEvent;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignatureAlgorithm;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that a kit has signed, and what its endpoint has: genuine until one thing is changed. Its body has what rewriting
 * shows: other letters than ASCII, a slash, what HTML would escape, and numbers that can be written in several ways.
 */
@SuppressWarnings("ArrayRecordComponent") // shared, and never compared
record Sent(
        ProviderKit kit,
        UnsignedDelivery signed,
        TestSecret secret,
        String configured,
        Map<String, List<String>> headers,
        byte[] body,
        Instant arrival,
        String publicUrl,
        @Nullable String query) {
    static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");
    static final String PUBLIC_URL = "https://hooks.example.org/in";
    private static final String QUERY = "tenant=a%2Fb&c=1+2";
    private static final String REVEALING =
            "\"zip\":\"Zürich €\",\"amount\":12.50,\"ratio\":1e2,\"path\":\"a/b\",\"tag\":\"<b>&\",";

    static Sent by(ProviderKit kit) {
        SampleEvent sample = kit.samples().get(0);
        // in one layout: what is added has no white space
        String compact = sample.body().replaceAll("\\n\\s*", "").replace("\": ", "\":");
        byte[] body = revealing(kit, kit.withEventTime(compact.getBytes(UTF_8), NOW));
        UnsignedDelivery delivery = new UnsignedDelivery(
                "POST", PUBLIC_URL + "?" + QUERY, sample.name(), "8a3f5c1e-77b2-4c0d-9c55-3f1f0d2b6a10", NOW, body);
        TestSecret secret = kit.newSecret("any");
        return new Sent(kit, delivery, secret, secret.configured(), Map.of(), body, NOW, PUBLIC_URL, QUERY)
                .signed(delivery);
    }

    private static byte[] revealing(ProviderKit kit, byte[] body) {
        int from = kit.signedRange(body).orElseThrow().from();
        while (from < body.length && body[from] != '{') {
            from++;
        }
        return from == body.length ? body : new ByteRange(from + 1, from + 1).replace(body, REVEALING.getBytes(UTF_8));
    }

    /** Returns the delivery as it is signed otherwise, with the body that has come. */
    Sent signed(UnsignedDelivery delivery) {
        return signed(delivery, secret.signing());
    }

    Sent signed(UnsignedDelivery delivery, SigningSecret by) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        kit.sign(delivery, by).forEach((name, value) -> all.put(name, List.of(value)));
        return new Sent(kit, delivery, secret, configured, all, body, arrival, publicUrl, query);
    }

    Sent signedOver(UnaryOperator<String> change) {
        return signedOver(change.apply(new String(body, UTF_8)).getBytes(UTF_8));
    }

    Sent signedOver(byte[] other) {
        return signed(new UnsignedDelivery(
                signed.method(), signed.url(), signed.eventName(), signed.id(), signed.time(), other));
    }

    Sent signedFor(String method, String url) {
        return signed(new UnsignedDelivery(method, url, signed.eventName(), signed.id(), signed.time(), signed.body()));
    }

    Sent body(UnaryOperator<String> change) {
        return body(change.apply(text()).getBytes(UTF_8));
    }

    Sent body(byte[] other) {
        return new Sent(kit, signed, secret, configured, headers, other, arrival, publicUrl, query);
    }

    String text() {
        return new String(body, UTF_8);
    }

    Sent configured(String other) {
        return new Sent(kit, signed, secret, other, headers, body, arrival, publicUrl, query);
    }

    Sent arrivedAt(Instant time) {
        return new Sent(kit, signed, secret, configured, headers, body, time, publicUrl, query);
    }

    Sent at(String url, @Nullable String rawQuery) {
        return new Sent(kit, signed, secret, configured, headers, body, arrival, url, rawQuery);
    }

    Sent header(String name, String... values) {
        Map<String, List<String>> changed = new LinkedHashMap<>(headers);
        changed.keySet().removeIf(name::equalsIgnoreCase);
        if (values.length > 0) {
            changed.put(name, List.of(values));
        }
        return new Sent(kit, signed, secret, configured, changed, body, arrival, publicUrl, query);
    }

    /** Changes the value of each signature header. */
    Sent signature(UnaryOperator<String> change) {
        Sent changed = this;
        for (String name : signatureHeaders()) {
            changed = changed.header(name, change.apply(value(name)));
        }
        return changed;
    }

    String value(String name) {
        return headers.getOrDefault(name, List.of()).get(0);
    }

    List<String> signatureHeaders() {
        List<String> names = scheme().headers();
        return headers.keySet().stream()
                .filter(header -> names.stream().anyMatch(header::equalsIgnoreCase))
                .toList();
    }

    List<String> otherHeaders() {
        List<String> others = new ArrayList<>(headers.keySet());
        others.removeAll(signatureHeaders());
        others.removeAll(List.of("Content-Type", "User-Agent"));
        return others;
    }

    WebhookRequest request() {
        return WebhookRequest.of("POST", query, headers, body);
    }

    SignatureExplainer explainer() {
        SignatureExplainer explainer = SignatureExplainer.of(kit).withClock(Clock.fixed(arrival, ZoneOffset.UTC));
        EndpointSettings settings = settings();
        for (Setting<?> setting : provider().settings()) {
            explainer = with(setting, settings, explainer);
        }
        return explainer.withSecret(configured);
    }

    private static <T extends Comparable<T>> SignatureExplainer with(
            Setting<T> setting, EndpointSettings settings, SignatureExplainer explainer) {
        return setting.type().equals(SettingType.SECRET)
                ? explainer
                : settings.value(setting)
                        .map(value -> explainer.withSetting(
                                setting.key(), setting.type().format(value)))
                        .orElse(explainer);
    }

    private EndpointSettings settings() {
        EndpointSettings.Builder builder =
                EndpointSettings.builder(provider().name()).secret(SigningSecret.ofUtf8(configured));
        if (hasUrl()) {
            builder.set(EndpointSettings.PUBLIC_URL, URI.create(publicUrl));
        }
        kit.configure(builder);
        return builder.build();
    }

    private SignatureScheme scheme() {
        return provider().scheme(settings());
    }

    WebhookProvider<?> provider() {
        return kit.provider();
    }

    private boolean hasUrl() {
        return provider().settings().stream()
                .anyMatch(setting -> setting.key().equals(EndpointSettings.PUBLIC_URL.key()));
    }

    /** Returns whether another URL changes the signature, which the settings of a provider may decide. */
    boolean signsUrl() {
        return hasUrl()
                && !signedFor(signed.method(), "https://other.example.net/in")
                        .headers()
                        .equals(signedFor(signed.method(), signed.url()).headers());
    }

    boolean signsMethod() {
        return signsUrl()
                && algorithm() == SignatureAlgorithm.HMAC_SHA256
                && !signedFor("PUT", signed.url()).headers().equals(headers);
    }

    SignatureAlgorithm algorithm() {
        return scheme().key(SigningSecret.ofUtf8(secret.configured())).algorithm();
    }

    boolean coversBody() {
        return algorithm() != SignatureAlgorithm.TOKEN;
    }

    /** Returns whether the rest of the body may change, or its JSON may be written otherwise. */
    boolean coversLess() {
        return kit.isGenuineRewritten()
                || !kit.signedRange(signed.body()).orElseThrow().equals(new ByteRange(0, signed.body().length));
    }

    boolean takesAnyText() {
        try {
            return !algorithm().isAsymmetric()
                    && scheme().key(SigningSecret.ofUtf8("~ neither hex nor base64")) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    Explanation explanation() {
        return explainer().explain(request());
    }
}
