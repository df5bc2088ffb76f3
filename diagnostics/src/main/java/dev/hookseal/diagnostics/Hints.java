package dev.hookseal.diagnostics;

import dev.hookseal.request.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What is odd about a request, though it proves nothing. */
final class Hints {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
    private static final Pattern LOWER_CASE_HEX = Pattern.compile("[0-9a-f]+");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{43}=?");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final int SMALLEST_LIMIT = 256;

    private final Scheme scheme;
    private final WebhookRequest request;
    private final byte[] body;

    Hints(Scheme scheme, WebhookRequest request, byte[] body) {
        this.scheme = scheme;
        this.request = request;
        this.body = body;
    }

    List<String> list() {
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
            hints.add(
                    "the body holds what a decoder puts in the place of bytes that it cannot read: it was decoded in a"
                            + " wrong charset, and the bytes are lost");
        }
        if (JsonVariants.isSorted(body)) {
            hints.add("the members of every object stand in alphabetical order, which is not the provider's: something"
                    + " has sorted them");
        }
        if (!Body.isJson(body)) {
            hints.add("the body is no JSON");
        }
        hints.addAll(ofSpelling(scheme, request));
        return hints;
    }

    /** What is odd about the signature itself. */
    static List<String> ofSpelling(Scheme scheme, WebhookRequest request) {
        List<String> hints = new ArrayList<>();
        String value = String.join(",", request.headers(scheme.signatureHeader()));
        if (HEX.matcher(value).matches() && value.length() != 64) {
            hints.add("the signature has " + value.length() + " hex digits, and HMAC-SHA256 has 64"
                    + (value.length() == 40 ? ": 40 are SHA-1's" : value.length() == 128 ? ": 128 are SHA-512's" : ""));
        } else if (!HEX.matcher(value).matches() && !BASE64.matcher(value).matches()) {
            hints.add("the signature is neither hex nor base64 of 32 bytes");
        } else if (scheme == Scheme.EXTRACTA && HEX.matcher(value).matches()) {
            hints.add("the signature is hex, where extracta writes base64");
        } else if (scheme == Scheme.FORMFLOW && !LOWER_CASE_HEX.matcher(value).matches()) {
            hints.add("the signature is " + (HEX.matcher(value).matches() ? "upper-case hex" : "base64")
                    + ", where formflow writes lower-case hex");
        }
        return hints;
    }

    /** What tells that a body that breaks off was longer. */
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
