package dev.hookseal.request;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An HTTP request as an adapter shows it: method, headers, and the body as it came over the wire. */
public interface WebhookRequest {

    /** Returns the method as the request line spells it, such as {@code POST}. */
    String method();

    /**
     * Returns all values of a header in the order of the request, empty if there are none. One field line is one value:
     * a line with commas is not taken apart.
     *
     * @param name in any case
     */
    List<String> headers(String name);

    /**
     * Returns all headers by name, in the order of the request as far as the server keeps it. It is for observers of
     * rejected deliveries alone; a request that cannot tell its headers returns none, which is what happens unless
     * overridden.
     */
    default Map<String, List<String>> headers() {
        return Map.of();
    }

    /**
     * Returns the query of the request's target as it was sent, without the question mark; null without one, and
     * unless overridden.
     */
    default @Nullable String rawQuery() {
        return null;
    }

    /**
     * Returns the one value of a parameter of the query, decoded as UTF-8; empty without one, if there are several, or
     * if it cannot be decoded.
     */
    default Optional<String> queryParameter(String name) {
        String query = rawQuery();
        String found = null;
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int end = pair.indexOf('=');
            try {
                if (end >= 0
                        && URLDecoder.decode(pair.substring(0, end), StandardCharsets.UTF_8)
                                .equals(name)) {
                    if (found != null) {
                        return Optional.empty();
                    }
                    found = URLDecoder.decode(pair.substring(end + 1), StandardCharsets.UTF_8);
                }
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(found);
    }

    /**
     * Returns what has been read of the body, without reading on; an empty array unless overridden. It is for observers
     * of rejected deliveries alone.
     *
     * @return shared, not to be changed
     */
    default byte[] bodyAsFarAsRead() {
        return new byte[0];
    }

    /**
     * Returns whether the request says that its body is multipart, with a {@code Content-Type} that begins with
     * {@code multipart/}. It is the one type that counts: servers and frameworks take such a body apart before anything
     * can verify it.
     */
    default boolean isMultipart() {
        for (String type : headers("Content-Type")) {
            if (type.strip().regionMatches(true, 0, "multipart/", 0, "multipart/".length())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether the request says that its body is compressed or otherwise encoded, with a
     * {@code Content-Encoding} other than {@code identity} (RFC 9110, 8.4). A signature covers the bytes before that.
     */
    default boolean isEncoded() {
        for (String value : headers("Content-Encoding")) {
            for (String coding : value.split(",", -1)) {
                if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Returns the raw body; the same array at every call, shared, not to be changed.
     *
     * @throws WebhookRejectedException as {@link BodyLimits#read} does
     */
    byte[] body() throws WebhookRejectedException;

    /**
     * Returns a request with these values.
     *
     * @param headers looked up in any case; copied
     * @param body shared, not copied
     */
    static WebhookRequest of(String method, Map<String, List<String>> headers, byte[] body) {
        return of(method, null, headers, body);
    }

    /**
     * Returns the same with a query.
     *
     * @param rawQuery the query of the request's target as it was sent, without the question mark; null
     *     if the target has no query
     */
    static WebhookRequest of(String method, @Nullable String rawQuery, Map<String, List<String>> headers, byte[] body) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        return new WebhookRequest() {
            @Override
            public String method() {
                return method;
            }

            @Override
            public @Nullable String rawQuery() {
                return rawQuery;
            }

            @Override
            public List<String> headers(String name) {
                List<String> found = List.of();
                for (Map.Entry<String, List<String>> header : copy.entrySet()) {
                    if (header.getKey().equalsIgnoreCase(name)) {
                        found = found.isEmpty() ? header.getValue() : joined(found, header.getValue());
                    }
                }
                return found;
            }

            // a header whose name is spelt in two ways
            private List<String> joined(List<String> first, List<String> second) {
                List<String> all = new ArrayList<>(first);
                all.addAll(second);
                return all;
            }

            @Override
            public Map<String, List<String>> headers() {
                return Collections.unmodifiableMap(copy);
            }

            @Override
            public byte[] bodyAsFarAsRead() {
                return body;
            }

            @Override
            public byte[] body() {
                return body;
            }
        };
    }
}
