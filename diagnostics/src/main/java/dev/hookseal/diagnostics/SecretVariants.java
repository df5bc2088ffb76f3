package dev.hookseal.diagnostics;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The keys that come of a secret where something went wrong with it. */
final class SecretVariants {
    private static final Map<String, String> SPACES = Map.of(
            "\n", "a line feed",
            "\r\n", "a carriage return and a line feed",
            " ", "a space",
            "\t", "a tab");
    private static final List<String> QUOTES = List.of("\"", "'", "`");

    private final Scheme scheme;
    private final String secret;
    private final List<Variant> variants = new ArrayList<>();

    private SecretVariants(Scheme scheme, byte[] secret) {
        this.scheme = scheme;
        // one character for each byte, so that a secret that is no text stays as it is
        this.secret = new String(secret, StandardCharsets.ISO_8859_1);
    }

    static Stream<Variant> of(Scheme scheme, byte[] secret) {
        SecretVariants all = new SecretVariants(scheme, secret);
        if (scheme == Scheme.EXTRACTA) {
            all.prefix();
        }
        all.whiteSpace();
        all.quotes();
        all.decoded();
        byte[] right = scheme.keyOf(secret);
        return all.variants.stream()
                .filter(variant -> variant.bytes().length > 0 && !Arrays.equals(variant.bytes(), right));
    }

    private void prefix() {
        int count = 0;
        String left = secret;
        for (int at = left.indexOf(Scheme.PREFIX); at >= 0; at = left.indexOf(Scheme.PREFIX)) {
            left = left.substring(0, at) + left.substring(at + Scheme.PREFIX.length());
            count++;
            if (count > 1) {
                addKey(Cause.PREFIX_REMOVED_TWICE, "", left);
            }
        }
        if (count > 0) {
            addKey(Cause.PREFIX_LEFT_IN, "", secret);
        }
    }

    private void whiteSpace() {
        String stripped = secret.strip();
        if (!stripped.equals(secret)) {
            addSecret(Cause.SECRET_WHITE_SPACE, "the secret given here has it, the signer's has not", stripped);
            addSecret(
                    Cause.SECRET_WHITE_SPACE,
                    "the secret given here has it, the signer's has less",
                    secret.stripTrailing());
            addSecret(
                    Cause.SECRET_WHITE_SPACE,
                    "the secret given here has it, the signer's has less",
                    secret.stripLeading());
        }
        SPACES.forEach((space, name) -> {
            addSecret(Cause.SECRET_WHITE_SPACE, "the signer's secret has " + name + " at its end", secret + space);
            addSecret(
                    Cause.SECRET_WHITE_SPACE, "the signer's secret has " + name + " at its beginning", space + secret);
        });
    }

    private void quotes() {
        for (String quote : QUOTES) {
            if (secret.length() > 2 && secret.startsWith(quote) && secret.endsWith(quote)) {
                addSecret(
                        Cause.SECRET_QUOTED,
                        "the secret given here has them",
                        secret.substring(1, secret.length() - 1));
            }
            addSecret(Cause.SECRET_QUOTED, "the signer's secret has them", quote + secret + quote);
        }
    }

    private void decoded() {
        String text = new String(scheme.keyOf(bytes(secret)), StandardCharsets.ISO_8859_1);
        // as the secrets of Standard Webhooks are written
        String bare = text.startsWith("whsec_") ? text.substring("whsec_".length()) : text;
        decoded("hex", () -> HexFormat.of().parseHex(bare));
        decoded("base64", () -> Base64.getDecoder().decode(bare));
        decoded("base64url", () -> Base64.getUrlDecoder().decode(bare));
    }

    private void decoded(String encoding, Supplier<byte[]> decoder) {
        decode(decoder)
                .ifPresent(
                        key -> variants.add(new Variant(Cause.SECRET_DECODED, "it was decoded as " + encoding, key)));
    }

    private static Optional<byte[]> decode(Supplier<byte[]> decoder) {
        try {
            return Optional.of(decoder.get());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void addSecret(Cause cause, String detail, String secret) {
        variants.add(new Variant(cause, detail, scheme.keyOf(bytes(secret))));
    }

    private void addKey(Cause cause, String detail, String key) {
        variants.add(new Variant(cause, detail, bytes(key)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
