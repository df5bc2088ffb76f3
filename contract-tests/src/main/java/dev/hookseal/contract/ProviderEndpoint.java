package dev.hookseal.contract;

import dev.hookseal.config.EndpointProperties;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.SampleEvent;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.Verification;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.SignedDelivery;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of {@link ProviderContract}: one for each provider. It serves POST at {@link #path()} and hands over what it
 * got to {@link ContractApplication#handle(String, Object, dev.hookseal.VerifiedWebhook)}.
 *
 * @since 0.1.0
 */
public final class ProviderEndpoint {
    /** The limit of each of these endpoints. */
    static final int MAX_BODY_BYTES = 128 * 1024;

    private static final String PREFIX = "hookseal.endpoints.";

    private final ProviderKit kit;
    private final WebhookProvider<?> provider;
    private final Clock clock;
    // the newest first, by the name that the secret of a delivery goes by; one name "" if secrets do not differ
    private final Map<String, List<TestSecret>> secrets;
    private final EndpointSettings settings;
    private final WebhookVerifier<?> verifier;
    // one of the samples; asking for it signs, which takes time with a private key
    private @Nullable FakeSampleEvent<?> event;

    ProviderEndpoint(ProviderKit kit, Clock clock) {
        this.kit = kit;
        this.provider = kit.provider();
        this.clock = clock;
        this.secrets = secrets(kit, provider);
        this.settings = settings();
        this.verifier = WebhookVerifier.of(provider, settings);
    }

    private static Map<String, List<TestSecret>> secrets(ProviderKit kit, WebhookProvider<?> provider) {
        Set<String> names = new TreeSet<>();
        for (SampleEvent sample : kit.samples()) {
            names.add(kit.secretName(new UnsignedDelivery(
                    "POST",
                    ContractSecrets.PUBLIC_URL,
                    sample.name(),
                    "id",
                    Clock.systemUTC().instant(),
                    sample.body().getBytes(StandardCharsets.UTF_8))));
        }
        if (names.size() == 1 && !names.contains("") && provider.eventNames().isEmpty()) {
            names.add("another");
        }
        Map<String, List<TestSecret>> secrets = new LinkedHashMap<>();
        for (String name : names) {
            secrets.put(
                    name,
                    Stream.of("new", "old")
                            .map(age -> kit.newSecret("contract " + age + " " + name))
                            .toList());
        }
        return secrets;
    }

    private EndpointSettings settings() {
        EndpointSettings.Builder building = EndpointSettings.builder(name())
                .secrets(source(secret -> SigningSecret.ofUtf8(secret.configured()), 0))
                .clock(clock)
                .maxBodyBytes(MAX_BODY_BYTES);
        if (declares(EndpointSettings.PUBLIC_URL)) {
            building.set(EndpointSettings.PUBLIC_URL, URI.create(publicUrl()));
        }
        kit.configure(building);
        return building.build();
    }

    private boolean declares(Setting<?> setting) {
        return provider.settings().stream().anyMatch(declared -> declared.key().equals(setting.key()));
    }

    /** Returns the secrets, or those that are older than the first {@code retired}. */
    private SecretSource source(Function<TestSecret, SigningSecret> side, int retired) {
        Map<String, List<SigningSecret>> source = new LinkedHashMap<>();
        secrets.forEach((name, newestFirst) ->
                source.put(name, newestFirst.stream().skip(retired).map(side).toList()));
        return source.containsKey("")
                ? SecretSource.of(source.getOrDefault("", List.of()).toArray(SigningSecret[]::new))
                : SecretSource.byEventType(source);
    }

    /** Returns the endpoint's name in {@code hookseal.endpoints.<name>} and in {@code @WebhookEndpoint}. */
    public String name() {
        return "provider-" + provider.name();
    }

    /** Returns the path that it serves. */
    public String path() {
        return "/providers/" + provider.name();
    }

    /** Returns the provider whose deliveries it receives. */
    public WebhookProvider<?> provider() {
        return provider;
    }

    /** Returns the type of the event that its handler takes. */
    public Class<?> eventClass() {
        return provider.eventClass();
    }

    ProviderKit kit() {
        return kit;
    }

    String publicUrl() {
        return "https://hooks.example.com" + path();
    }

    /** Returns the values below {@code hookseal.endpoints.<name>}, as texts; those of {@code secrets} are missing. */
    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("provider", provider.name());
        values.put(EndpointSettings.MAX_BODY_SIZE.key(), MAX_BODY_BYTES + "B");
        for (Setting<?> setting : provider.settings()) {
            text(setting).ifPresent(text -> values.put(setting.key(), text));
        }
        return values;
    }

    /** Returns what is set, as a configuration writes it; empty for a default. */
    private <T extends Comparable<T>> Optional<String> text(Setting<T> setting) {
        // these two are written for messages
        boolean isForMessages =
                setting.type().equals(SettingType.SECRET) || setting.type().equals(SettingType.SIZE);
        return settings.value(setting)
                .filter(value -> !value.equals(setting.defaultValue()))
                .map(value -> isForMessages ? value.toString() : setting.type().format(value));
    }

    EndpointProperties endpointProperties() {
        Map<String, Object> values = new LinkedHashMap<>(values());
        Map<String, List<String>> texts = new LinkedHashMap<>();
        secrets.forEach((name, newestFirst) ->
                texts.put(name, newestFirst.stream().map(TestSecret::configured).toList()));
        values.put("secrets", texts.containsKey("") ? texts.getOrDefault("", List.of()) : texts);
        return EndpointProperties.of(values);
    }

    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        values().forEach((key, value) -> properties.put(PREFIX + name() + "." + key, value));
        secrets.forEach((name, newestFirst) -> {
            String key = PREFIX + name() + ".secrets" + (name.isEmpty() ? "" : "." + name);
            for (int at = 0; at < newestFirst.size(); at++) {
                properties.put(key + "[" + at + "]", newestFirst.get(at).configured());
            }
        });
        return properties;
    }

    /** Returns all that signs, as text. */
    Stream<String> signingSecrets() {
        return secrets.values().stream()
                .flatMap(List::stream)
                .map(secret -> new String(secret.signing().exposeSecretBytes(), StandardCharsets.UTF_8));
    }

    /** Returns the kit's samples, from now, sent to the URL that is registered. */
    List<FakeSampleEvent<?>> samples() {
        return FakeEvent.samples(kit).stream()
                .<FakeSampleEvent<?>>map(sample -> sample.at(clock).to(URI.create(publicUrl())))
                .toList();
    }

    /** Returns a sample that is a delivery, and not a handshake, with this id. */
    FakeSampleEvent<?> event(String id) {
        if (event == null) {
            event = samples().stream()
                    .filter(sample -> !isHandshake(sign(sample)))
                    .findFirst()
                    .orElseThrow(
                            () -> new AssertionError("The kit of " + provider.name() + " has no sample of an event"));
        }
        return event.identifiedBy(id);
    }

    SignedDelivery delivery(String id) {
        return sign(event(id));
    }

    SignedDelivery sign(FakeEvent<?> event) {
        return event.signedWith(source(TestSecret::signing, 0));
    }

    SignedDelivery signWithOldSecret(FakeEvent<?> event) {
        return event.signedWith(source(TestSecret::signing, 1));
    }

    /** Returns what core and the provider make of a request, without a server. */
    Verification<?> verify(WebhookRequest request) throws WebhookRejectedException {
        return verifier.check(request);
    }

    /** Returns whether core answers a genuine delivery itself. */
    boolean isHandshake(SignedDelivery delivery) {
        try {
            return verify(delivery.toWebhookRequest()) instanceof Verification.Answered<?>;
        } catch (WebhookRejectedException e) {
            throw new AssertionError(
                    "A sample of the kit of " + provider.name() + " is rejected: "
                            + e.reason().tag(),
                    e);
        }
    }

    List<String> signatureHeaders() {
        return verifier.signatureHeaders();
    }

    /** Returns what an answer to a method that is not allowed lists. */
    String allowedMethods() {
        return String.join(
                ", ",
                Stream.concat(Stream.of("POST"), new TreeSet<>(verifier.handshakeMethods()).stream())
                        .toList());
    }

    /** Returns how far the time of a delivery may be off; empty if that is not checked. */
    Optional<Duration> tolerance() {
        return provider.tolerance(settings);
    }

    /** Returns the value of a setting that the provider may have declared with a default. */
    <T extends Comparable<T>> Optional<T> value(Setting<T> setting) {
        return provider.settings().stream()
                .filter(declared -> declared.key().equals(setting.key()))
                .findFirst()
                .flatMap(declared -> settings.value(declared).map(setting.type().valueClass()::cast));
    }

    /** Returns the provider's name. */
    @Override
    public String toString() {
        return provider.name();
    }
}
