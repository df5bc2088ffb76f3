package dev.hookseal.diagnostics;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.diagnostics.Alternatives.NamedSecret;
import dev.hookseal.diagnostics.SignatureTrial.Result;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.ByteRange;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One delivery, examined for each cause. Each is a {@link Hypothesis}, and the provider's own scheme decides on it: nothing
 * here knows how a provider signs.
 */
final class Diagnosis {
    private final Endpoint endpoint;
    private final Alternatives alternatives;
    private final SignatureTrial trial;
    private final WebhookRequest request;
    private final byte[] body;
    private final List<SigningSecret> secrets;
    private final ByteRange signed;
    private final Set<Cause> tried = new LinkedHashSet<>();

    Diagnosis(Endpoint endpoint, Alternatives alternatives, WebhookRequest request, byte[] body) {
        this.endpoint = endpoint;
        this.alternatives = alternatives;
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

    /** @throws WebhookConfigurationException if the provider cannot have one of the secrets, and it is not known why */
    Explanation explain() {
        Optional<WebhookRejectedException> rejection;
        try {
            rejection = endpoint.rejection(request);
        } catch (WebhookConfigurationException e) {
            // the secret of the endpoint, as it is, would fail the start
            return secret().map(Explanation::of).orElseThrow(() -> e);
        }
        return rejection.isEmpty() ? Explanation.ofGenuine() : explain(rejection.get());
    }

    private Explanation explain(WebhookRejectedException rejection) {
        RejectionReason reason = rejection.reason();
        List<Supplier<Optional<Finding>>> questions = List.of(
                () -> header(reason),
                this::missingHeader,
                () -> rejectedThoughSigned(rejection),
                this::spelling,
                this::ofThisProvider,
                this::otherHeader,
                this::secret,
                this::shownSignature,
                this::method,
                this::url,
                () -> body(BodyVariants.of(body)),
                () -> body(Compression.undone(body)),
                () -> body(WrappedBody.undone(body)),
                () -> body(FormVariants.of(body)),
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
                .orElseGet(() -> Explanation.ofNone(List.copyOf(tried), hints(rejection)));
    }

    private List<String> hints(WebhookRejectedException rejection) {
        List<String> hints = new ArrayList<>(new Hints(endpoint, trial, request).list(body));
        String detail = rejection.detail();
        if (detail != null) {
            hints.add("it is rejected as " + rejection.reason().tag() + ": " + detail);
        }
        return hints;
    }

    private Optional<Finding> header(RejectionReason reason) {
        if (isWithoutSignature(trial.scheme().headers(), request)) {
            return otherProvider().or(() -> found(Cause.SIGNATURE_MISSING, signatureOfAnother()));
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

    private String signatureOfAnother() {
        return RecognisedProvider.all(request, alternatives.kits()).stream()
                .filter(other -> other.fit() != RecognisedProvider.Fit.OTHER_HEADERS)
                .findFirst()
                .map(other -> "it has " + String.join(", ", other.headers()) + ", which is a signature header of "
                        + other.name())
                .orElse("");
    }

    static boolean isWithoutSignature(List<String> headers, WebhookRequest request) {
        return headers.stream().flatMap(name -> request.headers(name).stream()).allMatch(String::isBlank);
    }

    /** A header that the provider sends, without which its scheme cannot read the request, or reads it otherwise. */
    private Optional<Finding> missingHeader() {
        Optional<WebhookRejectedException> problem = trial.problem(request);
        boolean isOfTime = problem.filter(e -> e.reason() == RejectionReason.TIMESTAMP_MISSING)
                .isPresent();
        if (problem.isEmpty() || isOfTime) {
            return Optional.empty();
        }
        return endpoint.exampleHeaders().entrySet().stream()
                .filter(header -> !isSignatureHeader(header.getKey()))
                .filter(header -> request.headers(header.getKey()).stream().allMatch(String::isBlank))
                .filter(header -> trial.problem(ChangedRequest.withHeader(request, header.getKey(), header.getValue()))
                        .map(WebhookRejectedException::reason)
                        .filter(problem.get().reason()::equals)
                        .isEmpty())
                .findFirst()
                .flatMap(header -> found(Cause.SIGNED_HEADER_MISSING, "it is " + header.getKey()));
    }

    private boolean isSignatureHeader(String name) {
        return trial.scheme().headers().stream().anyMatch(name::equalsIgnoreCase);
    }

    private interface Respelling {
        Stream<Hypothesis> of(String name, String value);
    }

    private Stream<Hypothesis> respelled(Respelling respelling) {
        return trial.scheme().headers().stream()
                .filter(name -> request.headers(name).size() == 1)
                .flatMap(name -> respelling.of(name, request.headers(name).get(0)));
    }

    private Optional<Finding> rejectedThoughSigned(WebhookRejectedException rejection) {
        if (trial.of(request) != Result.MATCHES) {
            return Optional.empty();
        }
        return switch (rejection.reason()) {
            case TIMESTAMP_TOO_OLD ->
                found(Cause.TIMESTAMP_OUTSIDE_TOLERANCE, detail("the time of the delivery is too old", rejection));
            case TIMESTAMP_TOO_FAR_AHEAD ->
                found(
                        Cause.TIMESTAMP_OUTSIDE_TOLERANCE,
                        detail("the time of the delivery is ahead of the clock", rejection));
            case EVENT_TOO_OLD -> found(Cause.EVENT_OUTSIDE_REPLAY_WINDOW, detail("", rejection));
            case EVENT_TOO_FAR_AHEAD ->
                found(Cause.TIMESTAMP_OUTSIDE_TOLERANCE, detail("the event's time is ahead of the clock", rejection));
            case TIMESTAMP_MISSING, TIMESTAMP_MALFORMED -> unreadableTime(rejection.reason());
            default -> found(Cause.PAYLOAD_UNEXPECTED, detail("", rejection));
        };
    }

    /** What the provider, or core, says of its rejection is added. */
    private static String detail(String words, WebhookRejectedException rejection) {
        String detail = rejection.detail();
        if (detail == null) {
            return words;
        }
        return words.isEmpty() ? detail : words + ": " + detail;
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
        return first(respelled((name, value) -> SignatureSpelling.of(value, exampleOf(name))
                .map(respelled -> Hypothesis.ofRequest(
                        respelled.cause(),
                        respelled.detail(),
                        ChangedRequest.withHeader(request, name, respelled.value())))));
    }

    private Optional<Finding> shownSignature() {
        return new ShownSignature(trial, secrets).problem(request).flatMap(cause -> found(cause, ""));
    }

    private String exampleOf(String header) {
        return endpoint.exampleHeaders().entrySet().stream()
                .filter(example -> example.getKey().equalsIgnoreCase(header))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
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

    /** A header besides that of the signature: quoted, with white space, or with a second value. */
    private Optional<Finding> otherHeader() {
        return first(request.headers().entrySet().stream()
                .filter(header -> !isSignatureHeader(header.getKey()))
                .flatMap(header -> header.getValue().stream()
                        .flatMap(value -> Stream.of(
                                value.strip(),
                                SignatureSpelling.unquoted(value.strip()),
                                value.replaceFirst(",.*", "").strip()))
                        .filter(value -> !header.getValue().equals(List.of(value)))
                        .distinct()
                        .map(value -> Hypothesis.ofRequest(
                                Cause.SIGNED_HEADER_CHANGED,
                                "it is " + header.getKey(),
                                ChangedRequest.withHeader(request, header.getKey(), value)))));
    }

    private Optional<Finding> secret() {
        String example = endpoint.kit() == null
                ? ""
                : endpoint.kit().newSecret("example").configured();
        Stream<Hypothesis> slips = secrets.stream()
                .flatMap(secret -> SecretVariants.of(secret.exposeSecretBytes(), example))
                .map(slip ->
                        Hypothesis.ofSecret(slip.cause(), slip.detail(), request, SigningSecret.ofBytes(slip.bytes())));
        Stream<Hypothesis> others = endpoint.secrets().othersThan(secrets).entrySet().stream()
                .map(entry -> new Hypothesis(
                        Cause.SECRET_OF_ANOTHER_EVENT,
                        "it is the one given for \"" + entry.getKey() + "\"",
                        request,
                        entry.getValue()));
        Stream<Hypothesis> named = alternatives.secrets().stream()
                .map(other ->
                        Hypothesis.ofSecret(Cause.SECRET_OF_ANOTHER_ENDPOINT, nameOf(other), request, other.secret()));
        return first(Stream.of(named, others, slips).flatMap(each -> each));
    }

    private static String nameOf(NamedSecret secret) {
        return "it is the one given as \"" + secret.name() + "\"";
    }

    private Optional<Finding> method() {
        return first(Stream.of("POST", "PUT", "PATCH", "DELETE", "GET", "post")
                .filter(method -> !method.equals(request.method()))
                .map(method -> Hypothesis.ofRequest(
                        Cause.METHOD_CHANGED,
                        "it was signed for " + method,
                        ChangedRequest.withMethod(request, method))));
    }

    private Optional<Finding> url() {
        if (!endpoint.hasPublicUrl()) {
            return Optional.empty();
        }
        List<URI> known = Stream.concat(endpoint.publicUrl().stream(), alternatives.urls().stream())
                .toList();
        for (URI url : UrlVariants.of(request, known)) {
            SignatureTrial by = trialFor(url);
            if (by == null) {
                continue;
            }
            boolean isOwn = endpoint.publicUrl().filter(url::equals).isPresent();
            Optional<Finding> found = first(
                    by,
                    UrlVariants.queriesOf(request).stream()
                            .map(query -> Hypothesis.ofRequest(
                                    Cause.URL_CHANGED,
                                    (isOwn ? "it was signed" : "it was signed for " + url)
                                            + (query.description().isEmpty() ? "" : " " + query.description()),
                                    ChangedRequest.withQuery(request, query.query()))));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private @Nullable SignatureTrial trialFor(URI url) {
        try {
            return endpoint.withPublicUrl(url).trial();
        } catch (WebhookConfigurationException e) {
            return null;
        }
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
        OtherProviders others = new OtherProviders(endpoint, alternatives);
        tried.add(Cause.OTHER_PROVIDER);
        return others.of(request).flatMap(detail -> found(Cause.OTHER_PROVIDER, detail));
    }

    private Optional<Finding> rewritten() {
        byte[] part = Arrays.copyOfRange(body, signed.from(), signed.to());
        Optional<Finding> found = body(JsonVariants.of(part, endpoint.documentedOrders(), trial.hasPublicKey(secrets))
                .map(variant -> new Variant(variant.cause(), variant.detail(), signed.replace(body, variant.bytes()))));
        // what is around a part is not in its message, so that only the message can show that it was there
        return found.or(() -> isWholeBodySigned() ? Optional.empty() : bare(BodyVariants.of(part)));
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
