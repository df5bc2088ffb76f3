package dev.hookseal.diagnostics;

import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What can be told of a body's bytes. */
final class Body {
    static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private Body() {}

    static boolean startsWith(byte[] start, byte[] body) {
        if (body.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (body[i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean isJson(byte[] body) {
        return problem(body).isEmpty();
    }

    /** Whether it would be JSON if only it went on. */
    static boolean breaksOff(byte[] body) {
        return problem(body).startsWith("unexpected end");
    }

    private static String problem(byte[] body) {
        try {
            JsonScanner json = scanner(body);
            json.skipValue();
            json.expectEnd();
            return "";
        } catch (JsonFormatException e) {
            return String.valueOf(e.getMessage());
        }
    }

    static boolean isUtf8(byte[] body) {
        return Arrays.equals(new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), body);
    }

    private static JsonScanner scanner(byte[] body) {
        return new JsonScanner(body, startsWith(BYTE_ORDER_MARK, body) ? BYTE_ORDER_MARK.length : 0, body.length);
    }
}
