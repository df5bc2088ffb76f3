package dev.hookseal.hmac;

import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignedMessage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a sender signs: text with placeholders. One that could be read in two ways is rejected, since a forger could then
 * move the border between two values of a genuine delivery and keep its signature.
 *
 * <p>The borders are certain because
 *
 * <ul>
 *   <li>a time within the tolerance has one length (a number of seconds or milliseconds), or marks its end (ISO 8601);
 *   <li>an id does not contain the character of the text next to it, or has letters, digits and {@code _-=+/} alone if a
 *       time follows;
 *   <li>the method is always POST;
 *   <li>the URL begins as configured. Its query can be anything, so a body beside it has to be JSON: no part of a JSON
 *       object or array is one.
 * </ul>
 */
final class SignedTemplate {
    private static final Pattern NEXT = Pattern.compile("\\{([^{}]*)}|[^{}]+");
    // neither the colon of an ISO 8601 time nor a bracket of JSON
    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9_=+/-]+");

    enum Placeholder {
        BODY,
        TIMESTAMP,
        ID,
        METHOD,
        URL;

        @Override
        public String toString() {
            return "{" + name().toLowerCase(Locale.ROOT) + "}";
        }

        static @Nullable Placeholder named(String name) {
            for (Placeholder each : values()) {
                if (each.toString().equals("{" + name + "}")) {
                    return each;
                }
            }
            return null;
        }
    }

    /** Either a placeholder or a text. */
    private record Part(@Nullable Placeholder placeholder, String text) {
        boolean is(Placeholder one) {
            return placeholder == one;
        }
    }

    /** The value of a placeholder. */
    @FunctionalInterface
    interface Values {
        String of(Placeholder placeholder) throws WebhookRejectedException;
    }

    private final List<Part> parts;

    private SignedTemplate(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Parses a template.
     *
     * @throws IllegalArgumentException if it is not one; the message ends a sentence that begins with the property
     */
    static SignedTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        Set<Placeholder> seen = EnumSet.noneOf(Placeholder.class);
        Matcher next = NEXT.matcher(text);
        int end = 0;
        while (next.find() && next.start() == end) {
            end = next.end();
            Placeholder placeholder = next.group(1) == null ? null : placeholder(next.group(1));
            if (placeholder != null && !seen.add(placeholder)) {
                throw new IllegalArgumentException("has " + placeholder + " twice");
            }
            parts.add(new Part(placeholder, next.group()));
        }
        if (end < text.length()) {
            throw new IllegalArgumentException("has a brace without its counterpart");
        }
        if (!seen.contains(Placeholder.BODY)) {
            throw new IllegalArgumentException(
                    "has no {body}, so that the signature would not cover the body (the provider token is for that)");
        }
        return new SignedTemplate(parts);
    }

    private static Placeholder placeholder(String name) {
        Placeholder placeholder = Placeholder.named(name);
        if (placeholder == null) {
            throw new IllegalArgumentException("has {" + name + "}, which is not a placeholder");
        }
        return placeholder;
    }

    /**
     * Checks that a message can be read in one way only.
     *
     * @throws IllegalArgumentException if not; the message ends a sentence that begins with the property
     */
    void checkIsUnambiguous(boolean isJson, boolean isIso) {
        if (has(Placeholder.URL) && !isJson) {
            throw new IllegalArgumentException("has {url}, whose query anyone can extend by a part of the body");
        }
        int id = indexOf(Placeholder.ID);
        if (id < 0) {
            return;
        }
        Part left = id == 0 ? null : parts.get(id - 1);
        Part right = id == parts.size() - 1 ? null : parts.get(id + 1);
        if (left != null && left.placeholder() != null) {
            throw ambiguous(left, parts.get(id));
        }
        if (right != null && right.placeholder() != null && !(right.is(Placeholder.TIMESTAMP) && (isJson || isIso))) {
            throw ambiguous(parts.get(id), right);
        }
    }

    private static IllegalArgumentException ambiguous(Part left, Part right) {
        return new IllegalArgumentException("has nothing between " + left.placeholder() + " and " + right.placeholder()
                + ", so that a forger could move the border between them");
    }

    boolean has(Placeholder placeholder) {
        return indexOf(placeholder) >= 0;
    }

    /** Returns whether something follows. */
    boolean goesOnAfter(Placeholder placeholder) {
        return has(placeholder) && indexOf(placeholder) < parts.size() - 1;
    }

    private int indexOf(Placeholder placeholder) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).is(placeholder)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns what an id looks like, so that its borders are certain. */
    Pattern formOfId() {
        int id = indexOf(Placeholder.ID);
        String left = id == 0 ? "" : parts.get(id - 1).text();
        boolean isLast = id == parts.size() - 1;
        if (!isLast && parts.get(id + 1).placeholder() != null) {
            return PLAIN_ID;
        }
        String right = isLast ? "" : parts.get(id + 1).text();
        String borders = (left.isEmpty() ? "" : left.substring(left.length() - 1)) + (isLast ? "" : right.charAt(0));
        return Pattern.compile("[^" + escaped(borders) + "]+");
    }

    private static String escaped(String characters) {
        StringBuilder escaped = new StringBuilder();
        characters.chars().forEach(c -> escaped.append(String.format(Locale.ROOT, "\\u%04x", c)));
        return escaped.toString();
    }

    /** Returns the message of a request. */
    SignedMessage message(byte[] body, Values values) throws WebhookRejectedException {
        StringBuilder before = new StringBuilder();
        StringBuilder behind = new StringBuilder();
        StringBuilder text = before;
        for (Part part : parts) {
            Placeholder placeholder = part.placeholder();
            if (placeholder == Placeholder.BODY) {
                text = behind;
            } else {
                text.append(placeholder == null ? part.text() : values.of(placeholder));
            }
        }
        SignedMessage message = SignedMessage.of(body);
        message = before.isEmpty() ? message : message.after(before.toString());
        return behind.isEmpty() ? message : message.before(behind.toString());
    }
}
