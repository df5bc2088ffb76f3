package dev.hookseal.diagnostics;

import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A signature that a header shows in part, or in another case. It cannot be undone, but it can be compared with the right one:
 * the scheme tells that of a request whose signature is replaced by any other that it can read. Nothing is known of a
 * signature that only a private key makes.
 */
final class ShownSignature {
    // what is shorter may be right by chance
    private static final int SHORTEST = 8;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/_-]{" + SHORTEST + ",}={0,2}");
    private static final List<Integer> LENGTHS = List.of(32, 20, 64);
    private static final List<String> READABLE = LENGTHS.stream()
            .map(byte[]::new)
            .flatMap(ShownSignature::encoded)
            .distinct()
            .toList();

    private final SignatureTrial trial;
    private final List<SigningSecret> secrets;

    ShownSignature(SignatureTrial trial, List<SigningSecret> secrets) {
        this.trial = trial;
        this.secrets = secrets;
    }

    /** Returns what is wrong with a signature that is the right one otherwise; empty if none is. */
    Optional<Cause> problem(WebhookRequest request) {
        return trial.scheme().headers().stream()
                .filter(name -> request.headers(name).size() == 1)
                .flatMap(name -> problem(request, name, request.headers(name).get(0)).stream())
                .findFirst();
    }

    private Optional<Cause> problem(WebhookRequest request, String name, String value) {
        Optional<Cause> whole = compare(value, trial.matching(request, secrets));
        return whole.isPresent()
                ? whole
                : TOKEN.matcher(value)
                        .results()
                        .flatMap(token -> problem(request, name, value, token).stream())
                        .findFirst();
    }

    private Optional<Cause> problem(WebhookRequest request, String name, String value, MatchResult token) {
        for (String readable : READABLE) {
            String changed = value.substring(0, token.start()) + readable + value.substring(token.end());
            List<byte[]> matching = trial.matching(ChangedRequest.withHeader(request, name, changed), secrets);
            Optional<Cause> problem = compare(token.group(), matching);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<Cause> compare(String shown, List<byte[]> matching) {
        List<String> right = matching.stream()
                .flatMap(bytes ->
                        Stream.concat(encoded(bytes), Stream.of(new String(bytes, StandardCharsets.ISO_8859_1))))
                .filter(text -> !text.equals(shown))
                .toList();
        if (right.stream().anyMatch(shown::equalsIgnoreCase)) {
            return Optional.of(Cause.UPPER_CASE);
        }
        return shown.length() >= SHORTEST && right.stream().anyMatch(text -> text.startsWith(shown))
                ? Optional.of(Cause.SIGNATURE_TRUNCATED)
                : Optional.empty();
    }

    private static Stream<String> encoded(byte[] bytes) {
        return Stream.of(
                HexFormat.of().formatHex(bytes),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
