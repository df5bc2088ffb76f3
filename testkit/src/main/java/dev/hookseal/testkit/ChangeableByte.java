package dev.hookseal.testkit;

import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import dev.hookseal.provider.ProviderKit.ByteRange;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds a letter or digit that can be another one, and leaves the body one that the provider could have sent. */
final class ChangeableByte {
    // of more digits a double may not show that one has changed
    private static final Pattern EXACT_INTEGER = Pattern.compile("-?\\d{1,15}");

    private ChangeableByte() {}

    /** Returns the place of such a byte: in JSON, one of a string or a whole number; in any other text, the last one. */
    static Optional<Integer> in(byte[] body, ByteRange part) {
        try {
            JsonScanner json = new JsonScanner(body, part.from(), part.to());
            Optional<Integer> found = in(body, json);
            if (found.isEmpty()) {
                json.expectEnd();
            }
            return found;
        } catch (JsonFormatException e) {
            return last(body, part);
        }
    }

    private static Optional<Integer> in(byte[] body, JsonScanner json) throws JsonFormatException {
        byte kind = json.peek();
        int at = json.position();
        Optional<Integer> found = Optional.empty();
        if (kind == '{') {
            json.enterObject();
            while (found.isEmpty() && json.nextMember()) {
                found = in(body, json);
            }
        } else if (kind == '[') {
            json.enterArray();
            while (found.isEmpty() && json.nextElement()) {
                found = in(body, json);
            }
        } else if (JsonScanner.startsNumber(kind)) {
            if (EXACT_INTEGER.matcher(json.readNumberText()).matches()) {
                found = Optional.of(kind == '-' ? at + 1 : at);
            }
        } else {
            json.skipValue();
            if (kind == '"' && isLetterOrDigit(body[at + 1])) {
                found = Optional.of(at + 1);
            }
        }
        return found;
    }

    private static Optional<Integer> last(byte[] body, ByteRange part) {
        for (int at = part.to() - 1; at >= part.from(); at--) {
            if (isLetterOrDigit(body[at]) && !isEscaped(body, part.from(), at)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    // one of the two digits after a percent sign in a form
    private static boolean isEscaped(byte[] body, int from, int at) {
        return (at - 1 >= from && body[at - 1] == '%') || (at - 2 >= from && body[at - 2] == '%');
    }

    private static boolean isLetterOrDigit(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }
}
