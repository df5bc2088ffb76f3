package dev.hookseal.slack;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Writes forms as Slack does: as Java's URLEncoder, except that an asterisk is escaped. */
final class SlackForm {
    private static final String PAYLOAD = "payload";
    private static final String COMMAND = "command";

    private SlackForm() {}

    static boolean isForm(byte[] body) {
        return !text(body).stripLeading().startsWith("{");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A");
    }

    /** Returns a form with another name of its event: the command, or the name in the payload. */
    static byte[] withName(byte[] form, String name, UnaryOperator<byte[]> renamed) {
        return Arrays.stream(text(form).split("&", -1))
                .map(field -> field.startsWith(COMMAND + "=") ? COMMAND + "=" + encoded(name) : field)
                .map(field -> field.startsWith(PAYLOAD + "=") ? payload(field, renamed) : field)
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String payload(String field, UnaryOperator<byte[]> renamed) {
        String json = URLDecoder.decode(field.substring(PAYLOAD.length() + 1), StandardCharsets.UTF_8);
        return PAYLOAD + "="
                + encoded(new String(renamed.apply(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
