package dev.hookseal.diagnostics;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the right signature may be written wrongly. */
final class SignatureSpelling {
    private static final Pattern NAME =
            Pattern.compile("(?i)^(v1|hmac|signature|hmac-?sha-?256|sha-?256)\\s*[=:,]\\s*");

    private SignatureSpelling() {}

    /** What is wrong with how a value spells a signature; nothing if it spells another one. */
    static Optional<Variant> fault(Scheme scheme, byte[] signature, String value) {
        String right = scheme.write(signature);
        if (value.equals(right)) {
            return Optional.empty();
        }
        if (bare(value).equals(right)) {
            return fault(Cause.SIGNATURE_DECORATED, "");
        }
        String hex = HexFormat.of().formatHex(signature);
        String base64 = Base64.getEncoder().encodeToString(signature);
        if (scheme == Scheme.EXTRACTA && value.toLowerCase(Locale.ROOT).equals(hex)) {
            return fault(Cause.HEX_FOR_BASE64, "");
        }
        if (scheme == Scheme.FORMFLOW && value.equals(base64)) {
            return fault(Cause.BASE64_FOR_HEX, "");
        }
        if (value.replaceFirst("=+$", "").replace('-', '+').replace('_', '/').equals(base64.replace("=", ""))) {
            return fault(Cause.BASE64URL, value.endsWith("=") ? "" : "the padding is missing");
        }
        if (value.equalsIgnoreCase(right)) {
            return fault(Cause.UPPER_CASE, "");
        }
        return Optional.empty();
    }

    private static Optional<Variant> fault(Cause cause, String detail) {
        return Optional.of(new Variant(cause, detail, new byte[0]));
    }

    /** Without a name before it, and without quotation marks and white space around it. */
    private static String bare(String value) {
        String bare = NAME.matcher(value.strip()).replaceFirst("");
        boolean quoted = bare.length() > 1
                && (bare.startsWith("\"") || bare.startsWith("'"))
                && bare.endsWith(bare.substring(0, 1));
        return quoted ? bare.substring(1, bare.length() - 1).strip() : bare.strip();
    }
}
