package dev.hookseal.diagnostics;

import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.SignedDelivery;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says why a signature does not match, by trying what goes wrong in practice: with the secret, with the signature's
 * spelling, and with the body on its way. Where the signature holds once one thing is undone, that is the cause.
 *
 * <pre>{@code
 * Explanation why = SignatureExplainer.formFlow().withSecret("whsec").explain(headers, body);
 * assertThat(why.isGenuine()).as(why.toString()).isTrue();
 * }</pre>
 *
 * <p>One thing at a time: of two that went wrong at once none is found, and what cannot be undone (a member left out, a
 * tampered value) is not found either. A body of many members or numbers has more forms than can be tried; the
 * common ones are.
 *
 * <p>For tests and development, since it takes a moment. A receiver must not take a delivery on its word.
 *
 * <p>Immutable.
 */
public final class SignatureExplainer {
    private final Scheme scheme;
    private final Secrets secrets;
    private final Clock clock;
    private final @Nullable Duration tolerance;
    private final @Nullable Duration replayWindow;

    private SignatureExplainer(
            Scheme scheme,
            Secrets secrets,
            Clock clock,
            @Nullable Duration tolerance,
            @Nullable Duration replayWindow) {
        this.scheme = scheme;
        this.secrets = secrets;
        this.clock = clock;
        this.tolerance = tolerance;
        this.replayWindow = replayWindow;
    }

    private static SignatureExplainer of(Scheme scheme) {
        return new SignatureExplainer(scheme, Secrets.NONE, Clock.systemUTC(), null, null);
    }

    /** For deliveries of FormFlow. */
    public static SignatureExplainer formFlow() {
        return of(Scheme.FORMFLOW);
    }

    /** For deliveries of Extracta. */
    public static SignatureExplainer extracta() {
        return of(Scheme.EXTRACTA);
    }

    /**
     * For deliveries of a provider by its name.
     *
     * @throws IllegalArgumentException if it is neither {@code formflow} nor {@code extracta}
     */
    public static SignatureExplainer of(String provider) {
        return Arrays.stream(Scheme.values())
                .filter(scheme -> scheme.provider().name().equals(provider))
                .findFirst()
                .map(SignatureExplainer::of)
                .orElseThrow(() -> new IllegalArgumentException("There is no provider \"" + provider + "\"; there are "
                        + Arrays.stream(Scheme.values())
                                .map(scheme -> scheme.provider().name())
                                .collect(Collectors.joining(", "))));
    }

    /**
     * With a secret for every event, as the provider shows it; of several the first is the newest.
     *
     * @throws IllegalArgumentException if it is empty, or there are secrets by event
     */
    public SignatureExplainer withSecret(String secret) {
        return withSecret(SigningSecret.ofUtf8(secret));
    }

    /**
     * The same.
     *
     * @throws IllegalArgumentException if there are secrets by event
     */
    public SignatureExplainer withSecret(SigningSecret secret) {
        return withSecrets(secrets.and(secret));
    }

    /**
     * With a secret for one event: FormFlow has one for each subscription.
     *
     * @throws IllegalArgumentException for Extracta, which has one secret for all; or if there is one for every event
     */
    public SignatureExplainer withSecret(String eventType, SigningSecret secret) {
        if (scheme == Scheme.EXTRACTA) {
            throw new IllegalArgumentException("Extracta has one secret for every event");
        }
        return withSecrets(secrets.and(eventType, secret));
    }

    private SignatureExplainer withSecrets(Secrets more) {
        return new SignatureExplainer(scheme, more, clock, tolerance, replayWindow);
    }

    /** As of another time than now, such as when the delivery came. */
    public SignatureExplainer withClock(Clock clock) {
        return new SignatureExplainer(scheme, secrets, clock, tolerance, replayWindow);
    }

    /** FormFlow: with the endpoint's {@code tolerance} for the time header; none otherwise. */
    public SignatureExplainer withTolerance(Duration tolerance) {
        return new SignatureExplainer(scheme, secrets, clock, tolerance, replayWindow);
    }

    /** FormFlow: with the endpoint's {@code replay-window}; 72 hours otherwise. */
    public SignatureExplainer withReplayWindow(Duration replayWindow) {
        return new SignatureExplainer(scheme, secrets, clock, tolerance, replayWindow);
    }

    /** The same for a delivery of the testkit's. */
    public Explanation explain(SignedDelivery delivery) {
        return explain(delivery.headers(), delivery.body());
    }

    /**
     * Explains a delivery.
     *
     * @param headers names in any case; {@code Content-Length} and {@code Content-Encoding} help where they are kept
     * @param body as it came, byte for byte
     * @throws IllegalStateException if there is no secret
     * @throws IllegalArgumentException if a setting is not one of this provider's, or nothing is left of a secret after
     *     its prefix
     */
    public Explanation explain(Map<String, List<String>> headers, byte[] body) {
        if (secrets.isEmpty()) {
            throw new IllegalStateException("There is no secret to explain with: give it to withSecret");
        }
        return new Diagnosis(scheme, secrets, clock, tolerance, replayWindow, headers, body.clone()).explain();
    }

    /**
     * Explains a delivery of whose body only a part is left, or nothing: whether its signature is missing or repeated.
     * Nothing else can be said, and no secret is needed.
     *
     * @param headers names in any case
     */
    public Explanation explainWithoutBody(Map<String, List<String>> headers) {
        WebhookRequest request = WebhookRequest.of("POST", headers, new byte[0]);
        List<String> signatures = request.headers(scheme.signatureHeader());
        if (signatures.stream().allMatch(String::isBlank)) {
            return Explanation.of(Cause.SIGNATURE_MISSING, "");
        }
        return signatures.size() > 1
                ? Explanation.of(Cause.SIGNATURE_REPEATED, "")
                : Explanation.ofABodyThatIsNotWhole(Hints.ofSpelling(scheme, request));
    }
}
