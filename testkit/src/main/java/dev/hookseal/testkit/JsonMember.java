package dev.hookseal.testkit;

import dev.hookseal.JsonData;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A member of a body's outermost object, and where its value stands.
 *
 * @param from of the value's first byte
 * @param to after the value's last byte
 */
record JsonMember(int from, int to) {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    // of more digits a double may not show that one has changed
    private static final Pattern EXACT_INTEGER = Pattern.compile("-?\\d{1,15}");

    /**
     * Of the members of a name the last, which is the one that counts in JavaScript; none if the body is no object.
     *
     * @throws IllegalArgumentException if the body is no JSON
     */
    static Optional<JsonMember> last(String name, byte[] body) {
        return find(body, json -> json.nameIs(name)).stream().reduce((first, second) -> second);
    }

    /**
     * The members of other names in the order of the body, those that stand twice included; none if it is no object.
     *
     * @throws IllegalArgumentException if the body is no JSON
     */
    static List<JsonMember> allBut(Set<String> names, byte[] body) {
        return find(body, json -> names.stream().noneMatch(json::nameIs));
    }

    private static List<JsonMember> find(byte[] body, Predicate<JsonScanner> wanted) {
        List<JsonMember> members = new ArrayList<>();
        JsonScanner json =
                new JsonScanner(body, startsWithByteOrderMark(body) ? BYTE_ORDER_MARK.length : 0, body.length);
        try {
            if (json.peek() == '{') {
                json.enterObject();
                while (json.nextMember()) {
                    boolean isWanted = wanted.test(json);
                    json.peek();
                    int from = json.position();
                    json.skipValue();
                    if (isWanted) {
                        members.add(new JsonMember(from, json.position()));
                    }
                }
            } else {
                json.skipValue();
            }
            json.expectEnd();
        } catch (JsonFormatException e) {
            throw notJson(e);
        }
        return members;
    }

    private static boolean startsWithByteOrderMark(byte[] body) {
        return body.length >= 3
                && body[0] == BYTE_ORDER_MARK[0]
                && body[1] == BYTE_ORDER_MARK[1]
                && body[2] == BYTE_ORDER_MARK[2];
    }

    /** The text of a string; empty for any other value. */
    String text(byte[] body) {
        String json = new String(body, from, to - from, StandardCharsets.UTF_8);
        return JsonData.of(json).asObject() instanceof String text ? text : "";
    }

    /** The place of a letter or digit that can be another one in a string or whole number of this value. */
    Optional<Integer> changeableByte(byte[] body) {
        try {
            return changeableByte(body, new JsonScanner(body, from, to));
        } catch (JsonFormatException e) {
            throw notJson(e);
        }
    }

    private static Optional<Integer> changeableByte(byte[] body, JsonScanner json) throws JsonFormatException {
        byte kind = json.peek();
        int at = json.position();
        Optional<Integer> found = Optional.empty();
        if (kind == '{') {
            json.enterObject();
            while (found.isEmpty() && json.nextMember()) {
                found = changeableByte(body, json);
            }
        } else if (kind == '[') {
            json.enterArray();
            while (found.isEmpty() && json.nextElement()) {
                found = changeableByte(body, json);
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

    private static boolean isLetterOrDigit(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    private static IllegalArgumentException notJson(JsonFormatException e) {
        return new IllegalArgumentException("This body is no JSON: " + e.getMessage(), e);
    }
}
