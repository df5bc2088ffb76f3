package dev.hookseal.diagnostics;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The value of a signature header as it may be meant, if it is not spelled as the provider spells it. */
final class SignatureSpelling {
    private static final Pattern NAME =
            Pattern.compile("(?i)^(v1|hmac|signature|hmac-?sha-?256|sha-?(1|256|512))\\s*[=:,]\\s*");

    private static final Pattern NAME_AT_END = Pattern.compile("[A-Za-z0-9-]+\\s*[=:,]\\s*$");

    // what is shorter is a time, a version or a name
    private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/_-]{20,}={0,2}");
    private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2})+");
    private static final int MAX_SIGNATURES = 16;
    private static final List<String> USUAL_PREFIXES = List.of("sha256=", "sha1=", "sha512=", "v1=", "v0=", "v1,");

    private final String value;
    private final List<Respelled> all = new ArrayList<>();

    private SignatureSpelling(String value) {
        this.value = value;
    }

    /** A value to try in the place of the one that came, and what it would prove. */
    record Respelled(Cause cause, String detail, String value) {}

    /**
     * Bytes that a value has in an encoding.
     *
     * @param from of the first character
     * @param to after the last character
     * @param form the encoding, for people
     */
    @SuppressWarnings("ArrayRecordComponent") // shared, and never compared
    record Encoded(int from, int to, boolean isHex, String form, byte[] bytes) {}

    /**
     * Returns what the value may be meant to be.
     *
     * @param example a value as the provider writes it; empty if none is known
     */
    static Stream<Respelled> of(String value, String example) {
        SignatureSpelling spelling = new SignatureSpelling(value);
        spelling.bare();
        spelling.prefixed(example);
        encodedIn(value).forEach(spelling::encodedAgain);
        spelling.add(Cause.UPPER_CASE, "", value.toLowerCase(Locale.ROOT));
        return spelling.all.stream();
    }

    /** Returns what the value of a header would be if it had not been joined with a second one. */
    static Stream<String> beforeCommas(String value) {
        List<String> parts = new ArrayList<>();
        for (int at = value.indexOf(','); at > 0 && parts.size() < MAX_SIGNATURES; at = value.indexOf(',', at + 1)) {
            parts.add(value.substring(0, at).strip());
        }
        return parts.stream();
    }

    /** Finds what may be signatures, in hex or in any form of base64. */
    static List<Encoded> encodedIn(String value) {
        List<Encoded> found = new ArrayList<>();
        Matcher matcher = ENCODED.matcher(value);
        while (matcher.find() && found.size() < MAX_SIGNATURES) {
            String text = matcher.group();
            boolean isHex = HEX.matcher(text).matches();
            decode(text, isHex)
                    .ifPresent(bytes ->
                            found.add(new Encoded(matcher.start(), matcher.end(), isHex, form(text, isHex), bytes)));
        }
        return found;
    }

    private static String form(String text, boolean isHex) {
        if (!isHex) {
            return "base64";
        }
        return text.equals(text.toLowerCase(Locale.ROOT)) ? "lower-case hex" : "upper-case hex";
    }

    private static Optional<byte[]> decode(String text, boolean isHex) {
        if (isHex) {
            return Optional.of(HexFormat.of().parseHex(text));
        }
        try {
            String standard = text.replace('-', '+').replace('_', '/').replace("=", "");
            return Optional.of(Base64.getDecoder().decode(standard));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without a name before it, and without quotation marks and white space around it. */
    private void bare() {
        String stripped = value.strip();
        add(Cause.SIGNATURE_DECORATED, "", stripped);
        add(Cause.SIGNATURE_DECORATED, "", unquoted(stripped));
        String unnamed = NAME.matcher(stripped).replaceFirst("");
        add(Cause.SIGNATURE_DECORATED, "", unnamed);
        add(Cause.SIGNATURE_DECORATED, "", unquoted(unnamed));
    }

    /** With the text before each signature that the provider writes there. */
    private void prefixed(String example) {
        Set<String> prefixes = new LinkedHashSet<>();
        for (Encoded encoded : encodedIn(example)) {
            String before = example.substring(0, encoded.from());
            prefixes.add(before);
            prefixes.add(before.substring(before.lastIndexOf(',', Math.max(0, before.length() - 2)) + 1));
        }
        prefixes.addAll(USUAL_PREFIXES);
        prefixes.remove("");
        for (String prefix : prefixes) {
            String detail = "this provider writes \"" + prefix + "\" before it";
            for (Encoded encoded : encodedIn(value)) {
                String before = value.substring(0, encoded.from());
                String after = value.substring(encoded.from());
                add(Cause.SIGNATURE_PREFIX, detail, before + prefix + after);
                add(Cause.SIGNATURE_PREFIX, detail, NAME_AT_END.matcher(before).replaceFirst("") + prefix + after);
            }
        }
    }

    static String unquoted(String text) {
        boolean quoted = text.length() > 1
                && (text.startsWith("\"") || text.startsWith("'"))
                && text.endsWith(text.substring(0, 1));
        return quoted ? text.substring(1, text.length() - 1).strip() : text;
    }

    private void encodedAgain(Encoded encoded) {
        String written = value.substring(encoded.from(), encoded.to());
        String hex = HexFormat.of().formatHex(encoded.bytes());
        String base64 = Base64.getEncoder().encodeToString(encoded.bytes());
        String base64Url = Base64.getUrlEncoder().withoutPadding().encodeToString(encoded.bytes());
        if (encoded.isHex()) {
            replace(encoded, Cause.HEX_FOR_BASE64, "", base64);
            replace(encoded, Cause.HEX_FOR_BASE64, "", base64Url);
            replace(encoded, Cause.UPPER_CASE, "", hex);
        } else {
            boolean unpadded = base64.endsWith("=") && !written.endsWith("=");
            replace(encoded, Cause.BASE64_FOR_HEX, "", hex);
            replace(encoded, Cause.BASE64URL, unpadded ? "the padding is missing" : "", base64);
            replace(encoded, Cause.BASE64URL, "this provider writes base64url without padding", base64Url);
        }
    }

    private void replace(Encoded encoded, Cause cause, String detail, String text) {
        add(cause, detail, value.substring(0, encoded.from()) + text + value.substring(encoded.to()));
    }

    private void add(Cause cause, String detail, String respelled) {
        if (!respelled.isEmpty() && !respelled.equals(value)) {
            all.add(new Respelled(cause, detail, respelled));
        }
    }
}
