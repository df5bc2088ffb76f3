package dev.hookseal.provider;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.Coverage;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignatureAlgorithm;
import dev.hookseal.signature.SignatureCheck;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.DeliveryKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the deliveries of one endpoint: what its provider's scheme and reader leave to core, which is every comparison
 * and every check of a time. Safe for use by any number of threads.
 *
 * @param <E> the type of the events
 */
public final class WebhookVerifier<E> {
    // how far the provider's clock may be ahead of ours
    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);
    private static final Duration MIN_AGE = MAX_AHEAD.negated();
    private static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

    private final WebhookProvider<E> provider;
    private final EndpointSettings settings;
    private final SignatureScheme scheme;
    private final SignatureCheck check;
    private final String[] unsignedHeaders;
    private final @Nullable Handshake handshake;
    private final @Nullable Duration tolerance;
    private final @Nullable Duration replayWindow;
    private final @Nullable Duration repeatWindow;
    private final Duration retention;
    private boolean provesSenderAlone;

    private WebhookVerifier(WebhookProvider<E> provider, EndpointSettings settings) {
        this.provider = provider;
        this.settings = settings;
        this.scheme = provider.scheme(settings);
        this.check = new SignatureCheck(scheme, settings.name());
        this.unsignedHeaders = provider.unsignedHeaders(settings).toArray(String[]::new);
        this.handshake = provider.handshake(settings).orElse(null);
        this.tolerance = provider.tolerance(settings).orElse(null);
        this.replayWindow = duration(EndpointSettings.REPLAY_WINDOW);
        this.repeatWindow = duration(EndpointSettings.REPEAT_WINDOW);
        this.retention = retention(duration(EndpointSettings.ID_RETENTION));
    }

    private @Nullable Duration duration(Setting<Duration> setting) {
        return provider.settings().stream()
                .filter(declared -> declared.key().equals(setting.key()))
                .findFirst()
                .flatMap(declared -> settings.value(declared).map(Duration.class::cast))
                .orElse(null);
    }

    private Duration retention(@Nullable Duration idRetention) {
        if (replayWindow != null) {
            // An event from ahead of our clock is accepted until its time is a window ago, boundary included: its id
            // has
            // to be known for longer than that.
            return replayWindow.plus(MAX_AHEAD).plusSeconds(1);
        }
        Duration wanted = idRetention == null ? DEFAULT_RETENTION : idRetention;
        Duration least =
                tolerance == null ? Duration.ZERO : tolerance.multipliedBy(2).plusSeconds(1);
        return wanted.compareTo(least) < 0 ? least : wanted;
    }

    /**
     * Returns the verifier of an endpoint.
     *
     * @throws WebhookConfigurationException if something is set that is not a setting of every endpoint or of the
     *     provider, a secret cannot be one of the provider's, or the provider rejects a value; the message names the
     *     property
     */
    public static <E> WebhookVerifier<E> of(WebhookProvider<E> provider, EndpointSettings settings) {
        settings.checkFor(provider);
        WebhookVerifier<E> verifier = new WebhookVerifier<>(provider, settings);
        verifier.checkSecrets();
        return verifier;
    }

    private void checkSecrets() {
        settings.secrets().fixedSecrets().forEach((name, secrets) -> {
            for (int i = 0; i < secrets.size(); i++) {
                try {
                    provesSenderAlone |= scheme.key(secrets.get(i)).algorithm() == SignatureAlgorithm.TOKEN;
                } catch (IllegalArgumentException e) {
                    throw new WebhookConfigurationException(
                            settings.secretProperty(name, i, secrets.size()) + " is not a secret of " + provider.name(),
                            String.valueOf(e.getMessage()));
                }
            }
        });
    }

    /**
     * Returns whether one of the secrets that never change is a plain token, which proves who sends and covers nothing of the
     * body.
     */
    public boolean provesSenderAlone() {
        return provesSenderAlone;
    }

    /** Returns the headers that carry signatures. */
    public List<String> signatureHeaders() {
        return scheme.headers();
    }

    /** Returns the methods other than POST that the provider asks with; see {@link Handshake#methods}. */
    public Set<String> handshakeMethods() {
        return handshake == null ? Set.of() : handshake.methods();
    }

    /**
     * Answers a request of one of the {@link #handshakeMethods()}. Nothing verifies it.
     *
     * @return null if it does not have the shape of the provider's challenge
     * @throws WebhookRejectedException if it has, and is wrong
     */
    public @Nullable HandshakeReply challenge(WebhookRequest request) throws WebhookRejectedException {
        return handshake == null ? null : handshake.challenge(request);
    }

    /**
     * Verifies the exact bytes of a request that is a delivery.
     *
     * @return the proof, with the event that was read from the signed bytes
     * @throws WebhookRejectedException whatever is wrong with the request: no input gives another exception. With
     *     {@link RejectionReason#PAYLOAD_UNEXPECTED} also if it is a handshake
     */
    public VerifiedWebhook<E> verify(WebhookRequest request) throws WebhookRejectedException {
        if (check(request) instanceof Verification.Delivery<E> delivery) {
            return delivery.webhook();
        }
        throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
    }

    /**
     * Verifies the exact bytes of a request, which is a delivery or a handshake.
     *
     * @throws WebhookRejectedException whatever is wrong with the request: no input gives another exception
     */
    public Verification<E> check(WebhookRequest request) throws WebhookRejectedException {
        SignatureClaim claim = scheme.claim(request);
        Instant now = settings.clock().instant();
        List<SigningSecret> secrets = secrets(claim);
        SignedContent content = check.verify(claim, secrets, now, unsignedHeaders(request));
        HandshakeReply reply = handshake == null
                ? null
                : handshake.verified(content, text -> check.sign(text, secrets.get(content.matchedSecret())));
        if (reply == null) {
            return new Verification.Delivery<>(delivery(claim, content, now));
        }
        if (tolerance != null) {
            checkTolerance(content.signedAt(), claim.unsignedTime(), now, tolerance);
        }
        return new Verification.Answered<>(reply);
    }

    private VerifiedWebhook<E> delivery(SignatureClaim claim, SignedContent content, Instant now)
            throws WebhookRejectedException {
        ReadEvent<E> read = provider.read(content, settings);
        DeliveryKey key = key(content, read);
        try {
            if (tolerance != null) {
                checkTolerance(content.signedAt(), claim.unsignedTime(), now, tolerance);
            }
            if (replayWindow != null && read.time() != null) {
                checkAge(read.time(), now, replayWindow);
            }
        } catch (WebhookRejectedException e) {
            throw new WebhookRejectedException(e.reason(), key, detail(e));
        }
        return VerifiedWebhook.of(content, read.event(), read.name(), key, read.unexpectedMembers());
    }

    /**
     * Reads stored content again. Neither its signature nor its time is checked: both were, when it arrived.
     *
     * @throws WebhookRejectedException if the provider cannot read it
     */
    public VerifiedWebhook<E> read(SignedContent content) throws WebhookRejectedException {
        ReadEvent<E> read = provider.read(content, settings);
        return VerifiedWebhook.of(content, read.event(), read.name(), key(content, read), read.unexpectedMembers());
    }

    private List<SigningSecret> secrets(SignatureClaim claim) throws WebhookRejectedException {
        SecretSource source = settings.secrets();
        String name = source.differsByEventType() ? claim.secretName() : "";
        List<SigningSecret> newestFirst = source.secretsFor(name);
        if (newestFirst.isEmpty()) {
            throw new WebhookRejectedException(RejectionReason.SECRET_MISSING, null, missing(name));
        }
        return newestFirst;
    }

    private @Nullable String missing(String name) {
        if (name.isEmpty()) {
            return null;
        }
        return provider.eventNames().contains(name)
                ? "for event " + name + ": set " + settings.property("secrets." + name)
                : "for an event that " + provider.name() + " does not document";
    }

    private Map<String, List<String>> unsignedHeaders(WebhookRequest request) {
        Map<String, List<String>> headers = Map.of();
        for (String name : unsignedHeaders) {
            List<String> values = request.headers(name);
            if (!values.isEmpty()) {
                headers = headers.isEmpty() ? new TreeMap<>(String.CASE_INSENSITIVE_ORDER) : headers;
                headers.put(name, List.copyOf(values));
            }
        }
        return headers;
    }

    private @Nullable DeliveryKey key(SignedContent content, ReadEvent<E> read) {
        if (content.coverage() == Coverage.NOTHING) {
            return null;
        }
        String id = read.deliveryId() == null ? content.deliveryId() : read.deliveryId();
        if (id != null) {
            return DeliveryKey.of(settings.name(), id, retention);
        }
        return repeatWindow == null
                ? null
                : content.read(
                        (bytes, from, to) -> DeliveryKey.ofContent(settings.name(), bytes, from, to, repeatWindow));
    }

    private static void checkTolerance(
            @Nullable Instant signed, @Nullable Instant unsigned, Instant now, Duration tolerance)
            throws WebhookRejectedException {
        Instant sent = signed == null ? unsigned : signed;
        if (sent == null) {
            throw new WebhookRejectedException(RejectionReason.TIMESTAMP_MISSING);
        }
        if (sent.isBefore(now.minus(tolerance))) {
            throw new WebhookRejectedException(RejectionReason.TIMESTAMP_TOO_OLD);
        }
        if (sent.isAfter(now.plus(tolerance))) {
            throw new WebhookRejectedException(RejectionReason.TIMESTAMP_TOO_FAR_AHEAD);
        }
    }

    private void checkAge(Instant time, Instant now, Duration window) throws WebhookRejectedException {
        Duration age = Duration.between(time, now);
        if (age.compareTo(window) > 0) {
            throw new WebhookRejectedException(
                    RejectionReason.EVENT_TOO_OLD,
                    null,
                    "the signature is valid; the event is of " + time + ", and " + settings.property("replay-window")
                            + " is " + window
                            + ". That is a rule of Hookseal against replays, and not one of " + provider.name()
                            + ": to try an old example, set a longer window, at most 3650d, or send a new event with the testkit or"
                            + " \"hookseal send\"");
        }
        if (age.compareTo(MIN_AGE) < 0) {
            throw new WebhookRejectedException(
                    RejectionReason.EVENT_TOO_FAR_AHEAD,
                    null,
                    "the signature is valid; the event is of " + time + ", more than " + MAX_AHEAD
                            + " ahead of this machine's clock, which says " + now);
        }
    }

    private @Nullable String detail(WebhookRejectedException rejection) {
        return rejection.detail() != null
                ? rejection.detail()
                : "the signature is valid; the time of the delivery is checked, and " + settings.property("tolerance")
                        + " is " + tolerance;
    }
}
