package dev.hookseal.diagnostics;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The secrets that the signer may have had, if something went wrong with the secret on one of the two sides. */
final class SecretVariants {
    private static final Map<String, String> SPACES = Map.of(
            "\n", "a line feed",
            "\r\n", "a carriage return and a line feed",
            " ", "a space",
            "\t", "a tab");
    private static final List<String> QUOTES = List.of("\"", "'", "`");

    // Many providers begin their secrets with a word or two and an underscore. What follows is often base64 or hex.
    private static final int LONGEST_PREFIX = 16;

    private final String secret;
    private final List<Variant> variants = new ArrayList<>();

    private SecretVariants(byte[] secret) {
        // one character for each byte, so that a secret that is not text stays as it is
        this.secret = new String(secret, StandardCharsets.ISO_8859_1);
    }

    /**
     * Returns the secrets to try.
     *
     * @param example a secret as the provider gives it out; empty if none is known
     */
    static Stream<Variant> of(byte[] secret, String example) {
        SecretVariants all = new SecretVariants(secret);
        all.whiteSpace();
        all.quotes();
        all.prefix(example);
        for (String prefix : all.prefixes()) {
            all.decoded(all.secret.substring(prefix.length()));
            all.encoded(prefix);
        }
        return all.variants.stream()
                .filter(variant -> variant.bytes().length > 0 && !Arrays.equals(variant.bytes(), secret));
    }

    private void whiteSpace() {
        String stripped = secret.strip();
        if (!stripped.equals(secret)) {
            String detail = "the secret given here has more of it than the signer's";
            add(Cause.SECRET_WHITE_SPACE, "the secret given here has it, and the signer's does not", stripped);
            add(Cause.SECRET_WHITE_SPACE, detail, secret.stripTrailing());
            add(Cause.SECRET_WHITE_SPACE, detail, secret.stripLeading());
        }
        SPACES.forEach((space, name) -> {
            add(Cause.SECRET_WHITE_SPACE, "the signer's secret has " + name + " at its end", secret + space);
            add(Cause.SECRET_WHITE_SPACE, "the signer's secret has " + name + " at its beginning", space + secret);
        });
    }

    private void quotes() {
        for (String quote : QUOTES) {
            if (secret.length() > 2 && secret.startsWith(quote) && secret.endsWith(quote)) {
                add(Cause.SECRET_QUOTED, "the secret given here has them", secret.substring(1, secret.length() - 1));
            }
            add(Cause.SECRET_QUOTED, "the signer's secret has them", quote + secret + quote);
        }
    }

    private void prefix(String example) {
        for (String prefix : new SecretVariants(bytes(example)).prefixes()) {
            if (!prefix.isEmpty() && !secret.startsWith(prefix)) {
                add(Cause.SECRET_PREFIX, "the secret given here lacks " + prefix, prefix + secret);
            }
        }
        for (String prefix : prefixes()) {
            if (!prefix.isEmpty()) {
                add(Cause.SECRET_PREFIX, "the signer has removed it", secret.substring(prefix.length()));
            }
        }
    }

    /** Returns what the secret may begin with, up to an underscore; nothing is one of them. */
    private Set<String> prefixes() {
        Set<String> prefixes = new LinkedHashSet<>(List.of(""));
        int end = Math.min(secret.length() - 1, LONGEST_PREFIX);
        for (int at = secret.indexOf('_'); at >= 0 && at < end; at = secret.indexOf('_', at + 1)) {
            prefixes.add(secret.substring(0, at + 1));
        }
        return prefixes;
    }

    private void decoded(String text) {
        decoded("hex", () -> HexFormat.of().parseHex(text));
        decoded("base64", () -> Base64.getDecoder().decode(text));
        decoded("base64url", () -> Base64.getUrlDecoder().decode(text));
    }

    private void decoded(String encoding, Supplier<byte[]> decoder) {
        try {
            variants.add(new Variant(Cause.SECRET_DECODED, "it was decoded as " + encoding, decoder.get()));
        } catch (IllegalArgumentException e) {
            // the secret is not in this encoding
        }
    }

    /** A provider that decodes its secrets gets the text back from these. */
    private void encoded(String prefix) {
        String detail = "as if it had been encoded in ";
        for (String text : new LinkedHashSet<>(Arrays.asList(secret, secret.substring(prefix.length())))) {
            byte[] bytes = bytes(text);
            add(
                    Cause.SECRET_ENCODED,
                    detail + "base64",
                    prefix + Base64.getEncoder().encodeToString(bytes));
            add(
                    Cause.SECRET_ENCODED,
                    detail + "base64url",
                    prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            add(Cause.SECRET_ENCODED, detail + "hex", prefix + HexFormat.of().formatHex(bytes));
        }
    }

    private void add(Cause cause, String detail, String text) {
        variants.add(new Variant(cause, detail, bytes(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
