package dev.hookseal.diagnostics;

import dev.hookseal.diagnostics.SignatureTrial.Result;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.ByteRange;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One delivery, examined for each cause. Each is a {@link Hypothesis}, and the provider's own scheme decides on it: nothing
 * here knows how a provider signs.
 */
final class Diagnosis {
    private final Endpoint endpoint;
    private final SignatureTrial trial;
    private final WebhookRequest request;
    private final byte[] body;
    private final List<SigningSecret> secrets;
    private final ByteRange signed;
    private final Set<Cause> tried = new LinkedHashSet<>();

    Diagnosis(Endpoint endpoint, WebhookRequest request, byte[] body) {
        this.endpoint = endpoint;
        this.trial = endpoint.trial();
        this.request = request;
        this.body = body;
        this.secrets =
                trial.secretsOf(request).orElseGet(() -> endpoint.secrets().all());
        ProviderKit kit = endpoint.kit();
        this.signed = kit == null
                ? new ByteRange(0, body.length)
                : kit.signedRange(body).orElse(new ByteRange(0, 0));
    }

    Explanation explain() {
        Optional<RejectionReason> reason = endpoint.rejection(request);
        return reason.isEmpty() ? Explanation.ofGenuine() : explain(reason.get());
    }

    private Explanation explain(RejectionReason reason) {
        List<Supplier<Optional<Finding>>> questions = List.of(
                () -> header(reason),
                () -> rejectedThoughSigned(reason),
                this::spelling,
                this::ofThisProvider,
                this::secret,
                () -> body(BodyVariants.of(body)),
                () -> body(Compression.undone(body)),
                this::bodyAlone,
                this::otherProvider,
                this::rewritten,
                this::decompressed,
                () -> unreadableTime(reason),
                this::incomplete,
                this::secretNotGiven);
        return questions.stream()
                .flatMap(question -> question.get().stream())
                .findFirst()
                .map(Explanation::of)
                .orElseGet(
                        () -> Explanation.ofNone(List.copyOf(tried), new Hints(endpoint, trial, request).list(body)));
    }

    private Optional<Finding> header(RejectionReason reason) {
        if (isWithoutSignature(trial.scheme().headers(), request)) {
            return otherProvider().or(() -> found(Cause.SIGNATURE_MISSING, ""));
        }
        if (reason == RejectionReason.SIGNATURE_REPEATED) {
            return found(Cause.SIGNATURE_REPEATED, "");
        }
        return first(respelled((name, value) -> SignatureSpelling.beforeCommas(value)
                .map(part -> Hypothesis.ofRequest(
                        Cause.SIGNATURE_REPEATED,
                        "they are in one header, with a comma between them",
                        ChangedRequest.withHeader(request, name, part)))));
    }

    static boolean isWithoutSignature(List<String> headers, WebhookRequest request) {
        return headers.stream().flatMap(name -> request.headers(name).stream()).allMatch(String::isBlank);
    }

    private interface Respelling {
        Stream<Hypothesis> of(String name, String value);
    }

    private Stream<Hypothesis> respelled(Respelling respelling) {
        return trial.scheme().headers().stream()
                .filter(name -> request.headers(name).size() == 1)
                .flatMap(name -> respelling.of(name, request.headers(name).get(0)));
    }

    private Optional<Finding> rejectedThoughSigned(RejectionReason reason) {
        if (trial.of(request) != Result.MATCHES) {
            return Optional.empty();
        }
        return switch (reason) {
            case TIMESTAMP_TOO_OLD -> found(Cause.TIMESTAMP_OUTSIDE_TOLERANCE, "the time of the delivery is too old");
            case TIMESTAMP_TOO_FAR_AHEAD ->
                found(Cause.TIMESTAMP_OUTSIDE_TOLERANCE, "the time of the delivery is ahead of the clock");
            case EVENT_TOO_OLD -> found(Cause.EVENT_OUTSIDE_REPLAY_WINDOW, "");
            case EVENT_TOO_FAR_AHEAD ->
                found(Cause.TIMESTAMP_OUTSIDE_TOLERANCE, "the event's time is ahead of the clock");
            case TIMESTAMP_MISSING, TIMESTAMP_MALFORMED -> unreadableTime(reason);
            default -> found(Cause.PAYLOAD_UNEXPECTED, "");
        };
    }

    private static Optional<Finding> unreadableTime(RejectionReason reason) {
        return switch (reason) {
            case TIMESTAMP_MISSING -> found(Cause.TIMESTAMP_UNREADABLE, "it is missing");
            case TIMESTAMP_MALFORMED ->
                found(Cause.TIMESTAMP_UNREADABLE, "it is not a time as this provider writes it, or there are several");
            default -> Optional.empty();
        };
    }

    private Optional<Finding> spelling() {
        return first(respelled((name, value) -> SignatureSpelling.of(value)
                        .map(respelled -> Hypothesis.ofRequest(
                                respelled.cause(),
                                respelled.detail(),
                                ChangedRequest.withHeader(request, name, respelled.value())))))
                .or(this::caseOfBase64);
    }

    /** The right case of base64 cannot be guessed, but a kit can write it. */
    private Optional<Finding> caseOfBase64() {
        UnsignedDelivery unsigned = new UnsignedDelivery(request.method(), "", "", "", signedTime(), body);
        return secrets.stream()
                .flatMap(secret -> endpoint.signed(unsigned, secret).entrySet().stream())
                .filter(header -> trial.scheme().headers().stream().anyMatch(header.getKey()::equalsIgnoreCase))
                .filter(header ->
                        request.headers(header.getKey()).stream().anyMatch(header.getValue()::equalsIgnoreCase))
                .findFirst()
                .flatMap(header -> found(Cause.UPPER_CASE, ""));
    }

    private Instant signedTime() {
        Instant now = endpoint.clock().instant();
        try {
            Instant time = trial.scheme().claim(request).signedTime();
            return time == null ? now : time;
        } catch (WebhookRejectedException e) {
            return now;
        }
    }

    private Optional<Finding> ofThisProvider() {
        ProviderKit kit = endpoint.kit();
        return kit == null
                ? Optional.empty()
                : first(secrets.stream()
                        .flatMap(secret -> kit.suspicions(request, secret).stream())
                        .map(suspicion ->
                                Hypothesis.ofSecret(Cause.of(suspicion), "", suspicion.request(), suspicion.secret())));
    }

    private Optional<Finding> secret() {
        Stream<Hypothesis> slips = secrets.stream()
                .flatMap(secret -> SecretVariants.of(secret.exposeSecretBytes()))
                .map(slip ->
                        Hypothesis.ofSecret(slip.cause(), slip.detail(), request, SigningSecret.ofBytes(slip.bytes())));
        Stream<Hypothesis> others = endpoint.secrets().othersThan(secrets).entrySet().stream()
                .map(entry -> new Hypothesis(
                        Cause.SECRET_OF_ANOTHER_EVENT,
                        "it is the one given for \"" + entry.getKey() + "\"",
                        request,
                        entry.getValue()));
        return first(Stream.concat(slips, others));
    }

    private Optional<Finding> body(Stream<Variant> variants) {
        return first(variants.map(variant -> Hypothesis.ofRequest(
                variant.cause(), variant.detail(), ChangedRequest.withBody(request, variant.bytes()))));
    }

    private Optional<Finding> bodyAlone() {
        // a signature that the scheme cannot read is a matter of its spelling
        return trial.of(request) == Result.DIFFERS
                ? bare(Stream.of(new Variant(Cause.BODY_ALONE_SIGNED, "", body)))
                : Optional.empty();
    }

    private Optional<Finding> bare(Stream<Variant> messages) {
        SignatureTrial bare = new SignatureTrial(new BareScheme(trial.scheme()), endpoint.settings());
        return first(
                bare,
                messages.map(message -> new Hypothesis(
                        message.cause(),
                        message.detail(),
                        ChangedRequest.withBody(request, message.bytes()),
                        secrets)));
    }

    private Optional<Finding> otherProvider() {
        for (WebhookProvider<?> other : endpoint.otherProviders()) {
            tried.add(Cause.OTHER_PROVIDER);
            boolean matches = endpoint.trialAs(other)
                    .filter(theirs -> theirs.of(request) == Result.MATCHES)
                    .isPresent();
            if (matches) {
                return found(Cause.OTHER_PROVIDER, "it is one of " + other.name());
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> rewritten() {
        byte[] part = Arrays.copyOfRange(body, signed.from(), signed.to());
        Optional<Finding> found = body(JsonVariants.of(part, endpoint.documentedOrders())
                .map(variant -> new Variant(variant.cause(), variant.detail(), inBody(variant.bytes()))));
        // what is around a part is not in its message, so that only the message can show that it was there
        return found.or(() -> isWholeBodySigned() ? Optional.empty() : bare(BodyVariants.of(part)));
    }

    private byte[] inBody(byte[] part) {
        byte[] whole = new byte[body.length - (signed.to() - signed.from()) + part.length];
        System.arraycopy(body, 0, whole, 0, signed.from());
        System.arraycopy(part, 0, whole, signed.from(), part.length);
        System.arraycopy(body, signed.to(), whole, signed.from() + part.length, body.length - signed.to());
        return whole;
    }

    private boolean isWholeBodySigned() {
        return signed.from() == 0 && signed.to() == body.length;
    }

    private Optional<Finding> decompressed() {
        return isWholeBodySigned() ? body(Compression.redone(body)) : Optional.empty();
    }

    private Optional<Finding> incomplete() {
        if (body.length == 0) {
            return found(Cause.BODY_EMPTY, "");
        }
        tried.add(Cause.TRUNCATED);
        return Body.breaksOff(body) ? found(Cause.TRUNCATED, Hints.ofLength(request, body)) : Optional.empty();
    }

    private Optional<Finding> secretNotGiven() {
        boolean named =
                trial.secretName(request).filter(name -> !name.isEmpty()).isPresent();
        return named && secrets.isEmpty() ? found(Cause.SECRET_NOT_GIVEN, "") : Optional.empty();
    }

    private Optional<Finding> first(Stream<Hypothesis> hypotheses) {
        return first(trial, hypotheses);
    }

    private Optional<Finding> first(SignatureTrial by, Stream<Hypothesis> hypotheses) {
        return hypotheses
                .filter(hypothesis -> holds(by, hypothesis))
                .findFirst()
                .map(hypothesis -> new Finding(hypothesis.cause(), hypothesis.detail()));
    }

    private boolean holds(SignatureTrial by, Hypothesis hypothesis) {
        Result result = hypothesis.triedBy(by);
        if (result != Result.NOT_COMPARED) {
            tried.add(hypothesis.cause());
        }
        return result == Result.MATCHES;
    }

    private static Optional<Finding> found(Cause cause, String detail) {
        return Optional.of(new Finding(cause, detail));
    }
}
