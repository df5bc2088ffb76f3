package dev.hookseal.stripe;

import java.io.ByteArrayOutputStream;

/** Puts the line breaks back into a body that has its indentation still: Stripe writes JSON with two spaces for each level. */
final class LostLineBreaks {
    private LostLineBreaks() {}

    static byte[] restoredIn(byte[] body) {
        ByteArrayOutputStream restored = new ByteArrayOutputStream(body.length + body.length / 16);
        boolean inText = false;
        for (int at = 0; at < body.length; at++) {
            byte b = body[at];
            if (inText && b == '\\' && at + 1 < body.length) {
                restored.write(b);
                at++;
            } else if (b == '"') {
                inText = !inText;
            } else if (!inText && (beginsIndentation(body, at) || isLastBrace(body, at))) {
                restored.write('\n');
            }
            restored.write(body[at]);
        }
        return restored.toByteArray();
    }

    private static boolean beginsIndentation(byte[] body, int at) {
        return at > 0 && at + 1 < body.length && body[at] == ' ' && body[at + 1] == ' ' && body[at - 1] != ' ';
    }

    private static boolean isLastBrace(byte[] body, int at) {
        return at == body.length - 1 && body[at] == '}' && at > 0 && body[at - 1] != '\n' && body[at - 1] != '{';
    }
}
