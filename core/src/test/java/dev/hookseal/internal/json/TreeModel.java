package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code JSON.stringify(JSON.parse(text))} in the plainest way, with a tree of maps and lists, for texts too large to be
 * kept as vectors. It takes valid JSON of ASCII strings without escapes, and integers that every double holds.
 */
final class TreeModel {
    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,9}");

    private final String text;
    private int at;

    private TreeModel(String text) {
        this.text = text;
    }

    static byte[] stringify(String json) {
        StringBuilder out = new StringBuilder();
        write(new TreeModel(json).value(), out);
        return out.toString().getBytes(UTF_8);
    }

    private Object value() {
        char c = text.charAt(at);
        if (c == '{') {
            return object();
        }
        if (c == '[') {
            return array();
        }
        return c == '"' ? string() : integer();
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        while (text.charAt(at) != '}') {
            at += text.charAt(at) == ',' ? 1 : 0;
            String name = string();
            at++;
            // an entry keeps its place when it gets another value
            members.put(name, value());
        }
        at++;
        return members;
    }

    private List<Object> array() {
        List<Object> elements = new ArrayList<>();
        at++;
        while (text.charAt(at) != ']') {
            at += text.charAt(at) == ',' ? 1 : 0;
            elements.add(value());
        }
        at++;
        return elements;
    }

    private String string() {
        int end = text.indexOf('"', at + 1);
        String string = text.substring(at + 1, end);
        at = end + 1;
        return string;
    }

    private Long integer() {
        int start = at;
        while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return Long.valueOf(text.substring(start, at));
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> members) {
            char separator = '{';
            for (Map.Entry<?, ?> member : ordered(members).entrySet()) {
                out.append(separator).append('"').append(member.getKey()).append("\":");
                write(member.getValue(), out);
                separator = ',';
            }
            out.append(separator == '{' ? "{}" : "}");
        } else if (value instanceof List<?> elements) {
            char separator = '[';
            for (Object element : elements) {
                out.append(separator);
                write(element, out);
                separator = ',';
            }
            out.append(separator == '[' ? "[]" : "]");
        } else if (value instanceof String) {
            out.append('"').append(value).append('"');
        } else {
            out.append(value);
        }
    }

    private static Map<Object, Object> ordered(Map<?, ?> members) {
        Map<Long, Object> indices = new TreeMap<>();
        Map<Object, Object> others = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            String text = (String) name;
            if (INTEGER.matcher(text).matches() && Long.parseLong(text) < 0xFFFF_FFFFL) {
                indices.put(Long.valueOf(text), value);
            } else {
                others.put(name, value);
            }
        });
        Map<Object, Object> all = new LinkedHashMap<>(indices);
        all.putAll(others);
        return all;
    }
}
