package dev.hookseal.diagnostics;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The bodies that a form may have been before something read its parameters and wrote them again; and those that were taken
 * for a form.
 */
final class FormVariants {
    private static final String LEFT = "-._~";
    private static final Pattern FORM = Pattern.compile("[^\\s={}<>\"]+=[^\\s]*");
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final List<String> USUAL_PARAMETERS = List.of("payload", "data", "body", "event");

    private FormVariants() {}

    /** How encoders write what is not a letter or digit: which characters they leave, and how a space is written. */
    private enum Encoder {
        JAVA("as Java and browsers encode forms", "*-._", true),
        RFC_3986("as RFC 3986 has it", LEFT, false),
        RFC_3986_PLUS("as Python and PHP encode forms", LEFT, true),
        PHP("as PHP encodes forms", "-._", true),
        JAVASCRIPT("as JavaScript's encodeURIComponent does", "-_.!~*'()", false),
        JAVASCRIPT_PLUS("as JavaScript's encodeURIComponent does, with + for spaces", "-_.!~*'()", true);

        private final String description;
        private final String left;
        private final boolean plus;

        Encoder(String description, String left, boolean plus) {
            this.description = description;
            this.left = left;
            this.plus = plus;
        }

        String encode(String text) {
            String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
            StringBuilder out = new StringBuilder(encoded.length());
            for (int i = 0; i < encoded.length(); i++) {
                char c = encoded.charAt(i);
                if (c == '+') {
                    out.append(plus ? "+" : "%20");
                } else if (c == '%') {
                    char escaped = (char) Integer.parseInt(encoded.substring(i + 1, i + 3), 16);
                    out.append(left.indexOf(escaped) >= 0 ? "" + escaped : encoded.substring(i, i + 3));
                    i += 2;
                } else if ("*-._".indexOf(c) >= 0 && left.indexOf(c) < 0) {
                    out.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
                } else {
                    out.append(c);
                }
            }
            return out.toString();
        }
    }

    static Stream<Variant> of(byte[] body) {
        if (body.length == 0 || !Body.isUtf8(body)) {
            return Stream.empty();
        }
        String text = new String(body, StandardCharsets.UTF_8);
        return Stream.concat(isForm(text) ? form(text) : takenOutOf(text), takenFor(text))
                .filter(variant -> !Arrays.equals(variant.bytes(), body));
    }

    private static boolean isForm(String text) {
        return Arrays.stream(text.split("&"))
                .allMatch(part -> FORM.matcher(part).matches());
    }

    private static Stream<Variant> form(String text) {
        List<Variant> variants = new ArrayList<>();
        UnaryOperator<String> upper = found -> found.toUpperCase(Locale.ROOT);
        UnaryOperator<String> lower = found -> found.toLowerCase(Locale.ROOT);
        add("with upper-case escapes", escapes(text, upper), variants);
        add("with lower-case escapes", escapes(text, lower), variants);
        add("with %20 for spaces", text.replace("+", "%20"), variants);
        add("with + for spaces", text.replace("%20", "+"), variants);
        for (List<String> parameters : orders(Arrays.asList(text.split("&")))) {
            String ordered = String.join("&", parameters);
            add("with its parameters in another order", ordered, variants);
            for (Encoder encoder : Encoder.values()) {
                encodedAgain(parameters, encoder).ifPresent(again -> {
                    add(encoder.description, again, variants);
                    add(encoder.description + ", with lower-case escapes", escapes(again, lower), variants);
                });
            }
        }
        return variants.stream();
    }

    private static Set<List<String>> orders(List<String> parameters) {
        return new LinkedHashSet<>(
                List.of(parameters, parameters.stream().sorted().toList()));
    }

    private static Optional<String> encodedAgain(List<String> parameters, Encoder encoder) {
        List<String> again = new ArrayList<>();
        for (String parameter : parameters) {
            int end = parameter.indexOf('=');
            Optional<String> name = decoded(end < 0 ? parameter : parameter.substring(0, end));
            Optional<String> value = decoded(end < 0 ? "" : parameter.substring(end + 1));
            if (name.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            again.add(encoder.encode(name.get()) + (end < 0 ? "" : "=" + encoder.encode(value.get())));
        }
        return Optional.of(String.join("&", again));
    }

    private static String escapes(String text, UnaryOperator<String> change) {
        return ESCAPE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(change.apply(found.group())));
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The body is the value of what was the one parameter of a form, or a form that was decoded and not split. */
    private static Stream<Variant> takenOutOf(String text) {
        List<Variant> variants = new ArrayList<>();
        for (String name : USUAL_PARAMETERS) {
            String prefix = name + "=";
            String value = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
            for (Encoder encoder : Encoder.values()) {
                add(
                        "signed was the form with the parameter \"" + name + "\", " + encoder.description,
                        prefix + encoder.encode(value),
                        variants);
            }
        }
        return variants.stream();
    }

    /** JSON that was taken for the name of a parameter: encoded, and with an equals sign behind it or in it. */
    private static Stream<Variant> takenFor(String text) {
        if (text.startsWith("{") || text.startsWith("[") || !text.contains("%")) {
            return Stream.empty();
        }
        List<Variant> variants = new ArrayList<>();
        for (String taken : List.of(text, text.endsWith("=") ? text.substring(0, text.length() - 1) : text)) {
            decoded(taken).ifPresent(json -> add("it was taken for a form, and was not one", json, variants));
        }
        return variants.stream();
    }

    private static void add(String detail, String text, List<Variant> variants) {
        variants.add(new Variant(Cause.FORM_REWRITTEN, detail, text.getBytes(StandardCharsets.UTF_8)));
    }
}
