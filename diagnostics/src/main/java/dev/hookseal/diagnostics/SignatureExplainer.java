package dev.hookseal.diagnostics;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.diagnostics.Alternatives.NamedSecret;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookProviders;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.SignedDelivery;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Explains why a signature does not match, by trying what goes wrong in practice: with the secret, with the signature's
 * spelling, with the URL, and with the body on its way. If the signature is valid once one thing is undone, that is the cause.
 *
 * <pre>{@code
 * Explanation why = SignatureExplainer.of("formflow").withSecret("whsec").explain(headers, body);
 * assertThat(why.isGenuine()).as(why.toString()).isTrue();
 * }</pre>
 *
 * <p>It works for any provider: the provider's own scheme decides on each try. A provider that has a {@link ProviderKit}
 * can also have causes that only this provider has, and its documented order of members is tried.
 *
 * <p>One thing at a time: of two that went wrong at once none is found. What cannot be undone (a member left out, a value
 * that was changed) is not found either. A body of many members or numbers has more forms than can be tried; the common
 * ones are.
 *
 * <p>For tests and development, since it takes a moment. A receiver must not accept a delivery because of it.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class SignatureExplainer {
    private final Endpoint endpoint;
    private final Alternatives alternatives;

    private SignatureExplainer(Endpoint endpoint, Alternatives alternatives) {
        this.endpoint = endpoint;
        this.alternatives = alternatives;
    }

    private SignatureExplainer with(Endpoint changed) {
        return new SignatureExplainer(changed, alternatives);
    }

    private SignatureExplainer with(Alternatives more) {
        return new SignatureExplainer(endpoint, more);
    }

    /**
     * Returns an explainer for deliveries of a provider on the class path.
     *
     * @param provider its name, such as {@code formflow}
     * @throws IllegalArgumentException if there is no such provider; the message names those that there are
     */
    public static SignatureExplainer of(String provider) {
        List<Endpoint> all = KnownProviders.endpoints(List.of());
        return all.stream()
                .filter(one -> one.provider().name().equals(provider))
                .findFirst()
                .map(one -> new SignatureExplainer(one, Alternatives.NONE))
                .orElseThrow(() -> new IllegalArgumentException("There is no provider \"" + provider
                        + "\" on the class path; there are "
                        + all.stream()
                                .map(one -> one.provider().name())
                                .sorted()
                                .collect(Collectors.joining(", "))));
    }

    /** Returns an explainer for deliveries of a provider, which need not be registered, with its kit if that is. */
    public static SignatureExplainer of(WebhookProvider<?> provider) {
        return new SignatureExplainer(
                Endpoint.of(provider, WebhookProviders.kit(provider.name()).orElse(null)), Alternatives.NONE);
    }

    /** Returns an explainer for deliveries of a kit's provider; neither need be registered. */
    public static SignatureExplainer of(ProviderKit kit) {
        return new SignatureExplainer(Endpoint.of(kit.provider(), kit), Alternatives.NONE);
    }

    /**
     * Returns the providers on the class path whose headers a request has, those that fit best first, and among those in
     * alphabetical order. Several providers may have a signature header of the same name: those come first that can read
     * the signature.
     *
     * @param headers names in any case
     */
    public static List<RecognisedProvider> recognise(Map<String, List<String>> headers) {
        return recognise(headers, List.of());
    }

    /**
     * Returns the same, with providers that are not on the class path, such as those that are beans.
     *
     * @param headers names in any case
     */
    public static List<RecognisedProvider> recognise(Map<String, List<String>> headers, Collection<ProviderKit> more) {
        return RecognisedProvider.all(WebhookRequest.of("POST", headers, new byte[0]), more);
    }

    /**
     * Adds a secret for every event, as the provider shows it; of several the first is the newest.
     *
     * @throws IllegalArgumentException if it is empty, or there are secrets by event
     */
    public SignatureExplainer withSecret(String secret) {
        return withSecret(SigningSecret.ofUtf8(secret));
    }

    /**
     * Adds a secret for every event.
     *
     * @throws IllegalArgumentException if there are secrets by event
     */
    public SignatureExplainer withSecret(SigningSecret secret) {
        return with(endpoint.with(endpoint.secrets().and(secret)));
    }

    /**
     * Adds a secret for one event, for a provider that has a secret for each subscription.
     *
     * @throws IllegalArgumentException if there is one for every event
     */
    public SignatureExplainer withSecret(String eventType, SigningSecret secret) {
        return with(endpoint.with(endpoint.secrets().and(eventType, secret)));
    }

    /**
     * Adds a secret that the endpoint does not have, and that the sender may have used: that of another endpoint, of the
     * test mode, or of a provider's own command line.
     *
     * @param name says whose it is, such as {@code test mode}: the explanation names it
     */
    public SignatureExplainer withOtherSecret(String name, SigningSecret secret) {
        return with(alternatives.and(new NamedSecret(name, secret)));
    }

    /**
     * Adds a URL that may be registered with the sender, for a provider that signs the URL. The endpoint's
     * {@code public-url} and what the request's {@code Host}, {@code Forwarded} and {@code X-Forwarded-*} headers tell are
     * tried in any case, each with the spellings that are commonly confused.
     *
     * @param url without a query
     */
    public SignatureExplainer withOtherUrl(URI url) {
        return with(alternatives.and(url));
    }

    /** Adds a provider that is not on the class path, and whose delivery it may be. */
    public SignatureExplainer withOtherProvider(ProviderKit kit) {
        return with(alternatives.and(kit));
    }

    /** Explains as of another time than now, such as when the delivery came. */
    public SignatureExplainer withClock(Clock clock) {
        return with(endpoint.with(clock));
    }

    /**
     * Sets the endpoint's {@code tolerance}; the provider's default applies otherwise.
     *
     * @throws WebhookConfigurationException if the provider has no such setting, or cannot have this value
     */
    public SignatureExplainer withTolerance(Duration tolerance) {
        return withSetting(EndpointSettings.TOLERANCE.key(), SettingType.DURATION.format(tolerance));
    }

    /**
     * Sets the endpoint's {@code replay-window}; the provider's default applies otherwise.
     *
     * @throws WebhookConfigurationException if the provider has no such setting, or cannot have this value
     */
    public SignatureExplainer withReplayWindow(Duration replayWindow) {
        return withSetting(EndpointSettings.REPLAY_WINDOW.key(), SettingType.DURATION.format(replayWindow));
    }

    /**
     * Sets any setting of the endpoint, such as {@code public-url}.
     *
     * @param key as the configuration has it below the endpoint
     * @param value as the configuration writes it
     * @throws WebhookConfigurationException if the provider has no such setting, or cannot have this value
     */
    public SignatureExplainer withSetting(String key, String value) {
        return with(endpoint.with(key, value));
    }

    /**
     * Explains a delivery of the testkit.
     *
     * @throws IllegalStateException if there is no secret
     */
    public Explanation explain(SignedDelivery delivery) {
        return explain(delivery.toWebhookRequest());
    }

    /**
     * Explains a delivery.
     *
     * @param headers names in any case; {@code Content-Length} and {@code Content-Encoding} help where they are kept
     * @param body as it came, byte for byte
     * @throws IllegalStateException if there is no secret
     * @throws WebhookConfigurationException if the provider cannot have one of the secrets and none of the known slips is
     *     why, cannot have secrets by event, or needs a setting
     */
    public Explanation explain(Map<String, List<String>> headers, byte[] body) {
        byte[] copy = body.clone();
        return explain(WebhookRequest.of("POST", headers, copy), copy);
    }

    /**
     * Explains a request, for a provider that signs more of it than headers and body, such as the query of its URL. If its
     * body cannot be read, the explanation is that of {@link #explainWithoutBody}.
     *
     * @throws IllegalStateException if there is no secret
     * @throws WebhookConfigurationException if the provider cannot have one of the secrets and none of the known slips is
     *     why, cannot have secrets by event, or needs a setting
     */
    public Explanation explain(WebhookRequest request) {
        try {
            byte[] body = request.body();
            return explain(ChangedRequest.withBody(request, body), body);
        } catch (WebhookRejectedException e) {
            return explainWithoutBody(request);
        }
    }

    private Explanation explain(WebhookRequest request, byte[] body) {
        if (endpoint.secrets().isEmpty()) {
            throw new IllegalStateException("There is no secret to explain with: add one with withSecret");
        }
        return new Diagnosis(endpoint, alternatives, request, body).explain();
    }

    /**
     * Explains a delivery of which only a part of the body is left, or nothing: whether its signature is missing or
     * repeated. Nothing else can be said, and no secret is needed.
     *
     * @param headers names in any case
     * @throws WebhookConfigurationException if the provider needs a setting
     */
    public Explanation explainWithoutBody(Map<String, List<String>> headers) {
        return explainWithoutBody(WebhookRequest.of("POST", headers, new byte[0]));
    }

    private Explanation explainWithoutBody(WebhookRequest request) {
        SignatureTrial trial = endpoint.trial();
        if (Diagnosis.isWithoutSignature(trial.scheme().headers(), request)) {
            return Explanation.of(Cause.SIGNATURE_MISSING, "");
        }
        if (trial.isProblem(RejectionReason.SIGNATURE_REPEATED, request)) {
            return Explanation.of(Cause.SIGNATURE_REPEATED, "");
        }
        return Explanation.ofABodyThatIsNotWhole(
                new Hints(endpoint, trial, request).ofSpelling().stream().toList());
    }
}
