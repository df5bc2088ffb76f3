package dev.hookseal.diagnostics;

import dev.hookseal.internal.json.EcmaScriptJson;
import dev.hookseal.internal.json.JsonFormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * JSON in which nothing is interpreted: strings and numbers stay as they are written, members stay in order and may
 * stand twice.
 */
sealed interface Json {

    /** A string, number or literal as it is written. */
    record Scalar(String written) implements Json {
        boolean isString() {
            return written.startsWith("\"");
        }

        boolean isNumber() {
            return written.charAt(0) == '-' || Character.isDigit(written.charAt(0));
        }
    }

    /** The elements of an array. */
    record Elements(List<Json> values) implements Json {}

    /** The members of an object, the names as they are written. */
    record Members(List<String> names, List<Json> values) implements Json {}

    /** Reads it; empty if it is not JSON. */
    static Optional<Json> read(byte[] json) {
        return Body.isJson(json) && !Body.startsWith(Body.BYTE_ORDER_MARK, json)
                ? Optional.of(new Reader(new String(json, StandardCharsets.UTF_8)).value())
                : Optional.empty();
    }

    /** Returns the JSON as {@code JSON.stringify} writes it, or as it is if it is not JSON. */
    static byte[] asJavaScriptWrites(byte[] json) {
        try {
            return EcmaScriptJson.stringify(json);
        } catch (JsonFormatException e) {
            return json;
        }
    }

    /** Of text that is known to be JSON, not nested too deep. */
    final class Reader {
        private final String json;
        private int at;

        private Reader(String json) {
            this.json = json;
        }

        private Json value() {
            char first = next();
            return switch (first) {
                case '{' -> members();
                case '[' -> elements();
                default -> new Scalar(scalar());
            };
        }

        private Json members() {
            List<String> names = new ArrayList<>();
            List<Json> values = new ArrayList<>();
            at++;
            while (next() != '}') {
                names.add(scalar());
                next();
                at++;
                values.add(value());
                if (next() == ',') {
                    at++;
                }
            }
            at++;
            return new Members(names, values);
        }

        private Json elements() {
            List<Json> values = new ArrayList<>();
            at++;
            while (next() != ']') {
                values.add(value());
                if (next() == ',') {
                    at++;
                }
            }
            at++;
            return new Elements(values);
        }

        private String scalar() {
            int from = at;
            if (json.charAt(at) == '"') {
                at++;
                while (json.charAt(at) != '"') {
                    at += json.charAt(at) == '\\' ? 2 : 1;
                }
                at++;
            } else {
                while (at < json.length() && isPartOfScalar(json.charAt(at))) {
                    at++;
                }
            }
            return json.substring(from, at);
        }

        private static boolean isPartOfScalar(char c) {
            return Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.';
        }

        private char next() {
            while (" \t\r\n".indexOf(json.charAt(at)) >= 0) {
                at++;
            }
            return json.charAt(at);
        }
    }
}
