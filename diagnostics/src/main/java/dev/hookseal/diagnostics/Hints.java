package dev.hookseal.diagnostics;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is unusual about a request, though it proves nothing. */
final class Hints {
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final int SMALLEST_LIMIT = 256;

    private final Endpoint endpoint;
    private final SignatureTrial trial;
    private final WebhookRequest request;

    Hints(Endpoint endpoint, SignatureTrial trial, WebhookRequest request) {
        this.endpoint = endpoint;
        this.trial = trial;
        this.request = request;
    }

    /** Returns all of them. */
    List<String> list(byte[] body) {
        List<List<String>> documentedOrders = endpoint.documentedOrders();
        List<String> hints = new ArrayList<>();
        String length = ofDeclaredLength(request, body);
        if (!length.isEmpty()) {
            hints.add(length + ": something has changed it");
        }
        String encoding = String.join(",", request.headers("Content-Encoding")).toLowerCase(Locale.ROOT);
        if (encoding.contains("br") || encoding.contains("zstd")) {
            hints.add("Content-Encoding names an algorithm that is not tried here: br or zstd");
        }
        if (new String(body, StandardCharsets.UTF_8).indexOf('\uFFFD') >= 0) {
            hints.add("the body has the character that a decoder puts in the place of bytes that it cannot read: it was"
                    + " decoded in a wrong charset, and the bytes are lost");
        }
        if (JsonVariants.isSorted(JsonVariants.ordersIn(body)) && !JsonVariants.isSorted(documentedOrders)) {
            hints.add("the members of every object are in alphabetical order"
                    + (documentedOrders.isEmpty() ? "" : ", which is not the provider's")
                    + ": something may have sorted them");
        }
        if (new String(body, StandardCharsets.UTF_8).contains("[object Object]")) {
            hints.add(
                    "the body has \"[object Object]\", which JavaScript makes of an object: it was parsed, and its bytes"
                            + " are lost");
        } else if (!Body.isJson(body) && saysJsonOrNothing()) {
            hints.add("the body is not JSON");
        }
        ofSecret().ifPresent(hints::add);
        ofSpelling().ifPresent(hints::add);
        return hints;
    }

    /** Returns what is unusual about the secrets: an API key or a token is often set in their place. */
    private Optional<String> ofSecret() {
        if (endpoint.kit() == null) {
            return Optional.empty();
        }
        String example = endpoint.kit().newSecret("example").configured();
        String prefix = example.substring(0, example.lastIndexOf('_') + 1);
        boolean differs = !prefix.isEmpty()
                && endpoint.secrets().all().stream()
                        .map(secret -> new String(secret.exposeSecretBytes(), StandardCharsets.ISO_8859_1))
                        .anyMatch(secret -> !secret.startsWith(prefix));
        return differs
                ? Optional.of("a secret of " + provider() + " usually begins with " + prefix
                        + ", and one given here does not: it may be an API key or a token")
                : Optional.empty();
    }

    private boolean saysJsonOrNothing() {
        List<String> types = request.headers("Content-Type");
        return types.isEmpty() || types.get(0).toLowerCase(Locale.ROOT).contains("json");
    }

    /** Returns what is unusual about a signature that the provider's scheme cannot read. */
    Optional<String> ofSpelling() {
        if (!trial.isProblem(RejectionReason.SIGNATURE_MALFORMED, request)) {
            return Optional.empty();
        }
        List<SignatureSpelling.Encoded> encoded = trial.scheme().headers().stream()
                .flatMap(name -> request.headers(name).stream())
                .flatMap(value -> SignatureSpelling.encodedIn(value).stream())
                .toList();
        if (encoded.isEmpty()) {
            return Optional.of("the signature is neither hex nor base64");
        }
        SignatureSpelling.Encoded first = encoded.get(0);
        return Optional.of("the signature is "
                + exampleSignature()
                        .map(example -> difference(first, example))
                        .orElseGet(() -> size(first) + ", which is not how " + provider() + " writes it"));
    }

    /** Returns a signature as the provider writes it; empty without a kit. */
    private Optional<SignatureSpelling.Encoded> exampleSignature() {
        return endpoint.exampleHeaders().entrySet().stream()
                .filter(header -> trial.scheme().headers().stream().anyMatch(header.getKey()::equalsIgnoreCase))
                .flatMap(header -> SignatureSpelling.encodedIn(header.getValue()).stream())
                .findFirst();
    }

    private String difference(SignatureSpelling.Encoded signature, SignatureSpelling.Encoded example) {
        if (signature.bytes().length != example.bytes().length) {
            return size(signature) + ", where " + provider() + " writes " + size(example);
        }
        return signature.form().equals(example.form())
                ? signature.form() + " of the right length, but its header is not as " + provider() + " writes it"
                : signature.form() + ", where " + provider() + " writes " + example.form();
    }

    private String provider() {
        return endpoint.provider().name();
    }

    private static String size(SignatureSpelling.Encoded signature) {
        int bytes = signature.bytes().length;
        String algorithm = switch (bytes) {
            case 20 -> " (SHA-1 has as many)";
            case 32 -> " (SHA-256 has as many)";
            case 64 -> " (SHA-512 has as many)";
            default -> "";
        };
        return signature.form() + " of " + bytes + " bytes" + algorithm;
    }

    /** Returns what tells that a body that breaks off was longer. */
    static String ofLength(WebhookRequest request, byte[] body) {
        String declared = ofDeclaredLength(request, body);
        if (!declared.isEmpty()) {
            return declared;
        }
        int size = body.length;
        boolean round = size >= SMALLEST_LIMIT && (Integer.bitCount(size) == 1 || size % 1024 == 0 || size % 1000 == 0);
        return round
                ? "it breaks off at " + size + " bytes, which looks like a limit"
                : "it breaks off at " + size + " bytes";
    }

    private static String ofDeclaredLength(WebhookRequest request, byte[] body) {
        List<String> values = request.headers("Content-Length");
        boolean differs = values.size() == 1
                && LENGTH.matcher(values.get(0)).matches()
                && Long.parseLong(values.get(0)) != body.length;
        return differs ? "Content-Length says " + values.get(0) + " bytes, and the body has " + body.length : "";
    }
}
