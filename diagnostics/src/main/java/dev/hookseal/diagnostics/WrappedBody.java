package dev.hookseal.diagnostics;

import dev.hookseal.JsonData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The body that is within another text: gateways wrap bodies, writers of JSON quote them, and filters escape them. */
final class WrappedBody {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\r\\n]{8,}={0,2}\\s*");
    private static final Pattern PYTHON_BYTES = Pattern.compile("(?s)b(['\"])(.*)\\1");
    private static final Pattern ENTITY = Pattern.compile("&(?:amp|lt|gt|quot|apos|#\\d{1,5}|#[xX][0-9A-Fa-f]{1,4});");
    private static final Map<String, String> NAMED =
            Map.of("&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", "\"", "&apos;", "'");

    private final List<Variant> variants = new ArrayList<>();

    private WrappedBody() {}

    static Stream<Variant> undone(byte[] body) {
        if (body.length == 0 || !Body.isUtf8(body)) {
            return Stream.empty();
        }
        String text = new String(body, StandardCharsets.UTF_8);
        WrappedBody wrapped = new WrappedBody();
        wrapped.base64("it is in base64", text);
        Matcher python = PYTHON_BYTES.matcher(text);
        if (python.matches()) {
            wrapped.add("it is written as Python shows bytes", python.group(2));
        }
        wrapped.json(text);
        wrapped.entities(text);
        return wrapped.variants.stream();
    }

    private void base64(String detail, String text) {
        if (BASE64.matcher(text).matches()) {
            try {
                variants.add(new Variant(
                        Cause.BODY_WRAPPED, detail, Base64.getMimeDecoder().decode(text)));
            } catch (IllegalArgumentException e) {
                // not base64 after all
            }
        }
    }

    private void json(String text) {
        Object json;
        try {
            json = JsonData.of(text).asObject();
        } catch (IllegalArgumentException e) {
            return;
        }
        if (json instanceof String string) {
            string("it is a string in JSON", string);
        } else if (json instanceof Map<?, ?> members) {
            for (Object value : members.values()) {
                if (value instanceof String string) {
                    string("it is a member of an object", string);
                }
            }
        }
    }

    private void string(String detail, String text) {
        add(detail, text);
        base64(detail + ", in base64", text);
    }

    private void entities(String text) {
        if (ENTITY.matcher(text).find()) {
            String unescaped =
                    ENTITY.matcher(text).replaceAll(found -> Matcher.quoteReplacement(character(found.group())));
            variants.add(new Variant(Cause.HTML_ESCAPED, "", unescaped.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String character(String entity) {
        String named = NAMED.get(entity);
        if (named != null) {
            return named;
        }
        boolean isHex = Character.toLowerCase(entity.charAt(2)) == 'x';
        String digits = entity.substring(isHex ? 3 : 2, entity.length() - 1);
        int code = Integer.parseInt(digits, isHex ? 16 : 10);
        return code > Character.MAX_VALUE ? entity : String.valueOf((char) code);
    }

    private void add(String detail, String text) {
        variants.add(new Variant(Cause.BODY_WRAPPED, detail, text.getBytes(StandardCharsets.UTF_8)));
    }
}
