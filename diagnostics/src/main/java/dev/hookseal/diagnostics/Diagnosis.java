package dev.hookseal.diagnostics;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One delivery, looked at from all sides. */
final class Diagnosis {
    private final Scheme scheme;
    private final Secrets secrets;
    private final EndpointSettings settings;
    private final WebhookRequest request;
    private final byte[] body;
    private final String signature;
    private final Set<Cause> tried = EnumSet.noneOf(Cause.class);

    Diagnosis(
            Scheme scheme,
            Secrets secrets,
            Clock clock,
            @Nullable Duration tolerance,
            @Nullable Duration replayWindow,
            Map<String, List<String>> headers,
            byte[] body) {
        this.scheme = scheme;
        this.secrets = secrets;
        this.settings = settings(scheme, secrets, clock, tolerance, replayWindow);
        this.request = WebhookRequest.of("POST", headers, body);
        this.body = body;
        List<String> values = request.headers(scheme.signatureHeader());
        this.signature = values.isEmpty() ? "" : values.get(0);
    }

    private static EndpointSettings settings(
            Scheme scheme,
            Secrets secrets,
            Clock clock,
            @Nullable Duration tolerance,
            @Nullable Duration replayWindow) {
        EndpointSettings.Builder settings = EndpointSettings.builder(
                        scheme.provider().name())
                .secrets(secrets.source())
                .clock(clock);
        if (tolerance != null) {
            settings.tolerance(tolerance);
        }
        if (replayWindow != null) {
            settings.replayWindow(replayWindow);
        }
        return settings.build();
    }

    Explanation explain() {
        RejectionReason reason = rejection();
        if (reason == null) {
            return Explanation.ofGenuine();
        }
        List<Supplier<Optional<Variant>>> questions = List.of(
                () -> header(reason),
                () -> rejectedThoughSigned(reason),
                this::spelling,
                this::secret,
                () -> body(BodyVariants.of(body)),
                () -> body(Compression.undone(body)),
                this::part,
                this::otherProvider,
                this::rewritten,
                () -> scheme == Scheme.FORMFLOW ? body(Compression.redone(body)) : Optional.empty(),
                this::incomplete,
                this::secretNotGiven);
        return questions.stream()
                .flatMap(question -> question.get().stream())
                .findFirst()
                .map(found -> Explanation.of(found.cause(), found.detail()))
                .orElseGet(() -> Explanation.ofNone(List.copyOf(tried), new Hints(scheme, request, body).list()));
    }

    /** What the provider's own verifier says. */
    private @Nullable RejectionReason rejection() {
        try {
            WebhookVerifier.of(scheme.provider(), settings).verify(request);
            return null;
        } catch (WebhookRejectedException e) {
            return e.reason();
        }
    }

    private Optional<Variant> header(RejectionReason reason) {
        if (reason == RejectionReason.SIGNATURE_MISSING || signature.isBlank()) {
            return found(Cause.SIGNATURE_MISSING, "");
        }
        if (reason == RejectionReason.SIGNATURE_REPEATED) {
            return found(Cause.SIGNATURE_REPEATED, "");
        }
        tried.add(Cause.SIGNATURE_REPEATED);
        int comma = signature.indexOf(',');
        return comma > 0 && holds(signature.substring(0, comma).strip(), scheme.messages(body), secrets.of(body))
                ? found(Cause.SIGNATURE_REPEATED, "they stand in one header, with a comma between them")
                : Optional.empty();
    }

    private Optional<Variant> rejectedThoughSigned(RejectionReason reason) {
        if (!holds(signature, scheme.messages(body), secrets.of(body))) {
            return Optional.empty();
        }
        return switch (reason) {
            case TIMESTAMP_TOO_OLD -> found(Cause.TIMESTAMP_OUTSIDE_TOLERANCE, "the header's time is too old");
            case TIMESTAMP_TOO_FAR_AHEAD ->
                found(Cause.TIMESTAMP_OUTSIDE_TOLERANCE, "the header's time is ahead of the clock");
            case EVENT_TOO_OLD -> found(Cause.EVENT_OUTSIDE_REPLAY_WINDOW, "");
            case EVENT_TOO_FAR_AHEAD ->
                found(Cause.TIMESTAMP_OUTSIDE_TOLERANCE, "the event's time is ahead of the clock");
            case TIMESTAMP_MISSING -> found(Cause.TIMESTAMP_UNREADABLE, "it is missing");
            case TIMESTAMP_MALFORMED ->
                found(Cause.TIMESTAMP_UNREADABLE, "it is no ISO 8601 time, or there are several");
            default -> found(Cause.PAYLOAD_UNEXPECTED, "");
        };
    }

    private Optional<Variant> spelling() {
        tried.addAll(List.of(
                Cause.SIGNATURE_DECORATED,
                scheme == Scheme.EXTRACTA ? Cause.HEX_FOR_BASE64 : Cause.BASE64_FOR_HEX,
                Cause.BASE64URL,
                Cause.UPPER_CASE));
        for (byte[] message : scheme.messages(body)) {
            for (SigningSecret secret : secrets.of(body)) {
                Optional<Variant> fault = key(secret)
                        .map(key -> HmacSha256.sign(key, message))
                        .flatMap(right -> SignatureSpelling.fault(scheme, right, signature));
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Variant> secret() {
        List<byte[]> messages = scheme.messages(body);
        Stream<Variant> slips =
                secrets.of(body).stream().flatMap(secret -> SecretVariants.of(scheme, secret.exposeSecretBytes()));
        Stream<Variant> others = secrets.othersThan(secrets.of(body)).entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(secret -> new Variant(
                                Cause.SECRET_OF_ANOTHER_EVENT,
                                "it is the one given for \"" + entry.getKey() + "\"",
                                scheme.keyOf(secret.exposeSecretBytes()))));
        return first(
                Stream.concat(slips, others),
                slip -> messages.stream()
                        .anyMatch(message -> isSignedBy(SigningSecret.ofBytes(slip.bytes()), message)));
    }

    private Optional<Variant> body(Stream<Variant> variants) {
        return first(
                variants, variant -> holds(signature, scheme.messages(variant.bytes()), secrets.of(variant.bytes())));
    }

    /** Extracta signs a part of the body: was it another part? */
    private Optional<Variant> part() {
        if (scheme != Scheme.EXTRACTA) {
            return Optional.empty();
        }
        boolean whole = Body.member("result", body).isPresent();
        return message(Stream.of(body, Scheme.asJavaScriptWrites(body))
                .map(bytes -> new Variant(whole ? Cause.WHOLE_BODY_SIGNED : Cause.RESULT_ALONE, "", bytes)));
    }

    private Optional<Variant> otherProvider() {
        tried.add(Cause.OTHER_PROVIDER);
        Scheme other = scheme.other();
        for (byte[] message : other.messages(body)) {
            for (SigningSecret secret :
                    secrets.byEvent().values().stream().flatMap(List::stream).toList()) {
                byte[] key = other.keyOf(secret.exposeSecretBytes());
                if (key.length > 0
                        && signature.equals(other.write(HmacSha256.sign(SigningSecret.ofBytes(key), message)))) {
                    return found(
                            Cause.OTHER_PROVIDER,
                            "it is one of " + other.provider().name());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Variant> rewritten() {
        return scheme.messages(body).stream()
                .flatMap(text -> message(JsonVariants.of(text)).stream())
                .findFirst()
                .or(() -> scheme == Scheme.EXTRACTA
                        ? message(scheme.messages(body).stream().flatMap(BodyVariants::of))
                        : Optional.empty());
    }

    /** Variants of what is signed, which keep the type of the event. */
    private Optional<Variant> message(Stream<Variant> variants) {
        List<SigningSecret> keys = secrets.of(body).stream()
                .flatMap(secret -> key(secret).stream())
                .toList();
        return first(variants, variant -> keys.stream().anyMatch(key -> isSignedBy(key, variant.bytes())));
    }

    private Optional<Variant> incomplete() {
        if (body.length == 0) {
            return found(Cause.BODY_EMPTY, "");
        }
        tried.add(Cause.TRUNCATED);
        return Body.breaksOff(body) ? found(Cause.TRUNCATED, Hints.ofLength(request, body)) : Optional.empty();
    }

    private Optional<Variant> secretNotGiven() {
        String event = Body.text("eventType", body);
        return secrets.of(body).isEmpty() && !event.isEmpty() ? found(Cause.SECRET_NOT_GIVEN, "") : Optional.empty();
    }

    private Optional<Variant> first(Stream<Variant> variants, Predicate<Variant> fits) {
        return variants.peek(variant -> tried.add(variant.cause())).filter(fits).findFirst();
    }

    private boolean holds(String signature, List<byte[]> messages, List<SigningSecret> secrets) {
        return secrets.stream()
                .flatMap(secret -> key(secret).stream())
                .anyMatch(key -> messages.stream()
                        .anyMatch(message ->
                                scheme.write(HmacSha256.sign(key, message)).equals(signature)));
    }

    private boolean isSignedBy(SigningSecret key, byte[] message) {
        return scheme.write(HmacSha256.sign(key, message)).equals(signature);
    }

    private Optional<SigningSecret> key(SigningSecret secret) {
        byte[] key = scheme.keyOf(secret.exposeSecretBytes());
        return key.length == 0 ? Optional.empty() : Optional.of(SigningSecret.ofBytes(key));
    }

    private static Optional<Variant> found(Cause cause, String detail) {
        return Optional.of(new Variant(cause, detail, new byte[0]));
    }
}
