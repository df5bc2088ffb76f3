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

    private final String provider;
    private final SignatureTrial trial;
    private final WebhookRequest request;

    Hints(String provider, SignatureTrial trial, WebhookRequest request) {
        this.provider = provider;
        this.trial = trial;
        this.request = request;
    }

    /**
     * Returns all of them.
     *
     * @param documentedOrders the orders of names in the provider's samples
     */
    List<String> list(byte[] body, List<List<String>> documentedOrders) {
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
        if (!Body.isJson(body) && saysJsonOrNothing()) {
            hints.add("the body is not JSON");
        }
        ofSpelling().ifPresent(hints::add);
        return hints;
    }

    private boolean saysJsonOrNothing() {
        List<String> types = request.headers("Content-Type");
        return types.isEmpty() || types.get(0).toLowerCase(Locale.ROOT).contains("json");
    }

    /** Returns what is unusual about a signature that the provider's scheme cannot read. */
    Optional<String> ofSpelling() {
        if (!trial.problem(request).equals(Optional.of(RejectionReason.SIGNATURE_MALFORMED))) {
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
        int bytes = first.bytes().length;
        return Optional.of("the signature is " + (first.isHex() ? "hex" : "base64") + " of " + bytes + " bytes"
                + algorithm(bytes) + ", which is not how " + provider + " writes it");
    }

    private static String algorithm(int bytes) {
        return switch (bytes) {
            case 20 -> ", as many as SHA-1 has";
            case 32 -> ", as many as SHA-256 has";
            case 64 -> ", as many as SHA-512 has";
            default -> "";
        };
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
