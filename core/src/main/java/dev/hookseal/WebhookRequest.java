package dev.hookseal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an adapter shows of an HTTP request: method, headers, and the body as it came over the wire.
 */
public interface WebhookRequest {

    /** The method as the request line spells it, such as {@code POST}. */
    String method();

    /**
     * All values of a header in the order of the request, empty if there are none. One field line is one value: a line
     * with commas is not taken apart.
     *
     * @param name in any case
     */
    List<String> headers(String name);

    /**
     * Whether the request says that its body is multipart, with a {@code Content-Type} that begins with
     * {@code multipart/}. It is the one type that counts: servers and frameworks take such a body apart before anything
     * can verify it.
     */
    default boolean isMultipart() {
        return headers("Content-Type").stream()
                .anyMatch(type -> type.strip().regionMatches(true, 0, "multipart/", 0, "multipart/".length()));
    }

    /**
     * Whether the request says that its body is compressed or otherwise encoded, with a {@code Content-Encoding} other
     * than {@code identity} (RFC 9110, 8.4). A signature covers the bytes before that.
     */
    default boolean isEncoded() {
        return headers("Content-Encoding").stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase("identity"));
    }

    /**
     * The raw body; the same array at every call, shared, not to be changed.
     *
     * @throws WebhookRejectedException with {@link RejectionReason#BODY_TOO_LARGE} if it is larger than the endpoint's
     *     limit, with {@link RejectionReason#BODY_UNREADABLE} if it cannot be read to its end
     */
    byte[] body() throws WebhookRejectedException;

    /**
     * A request from values at hand.
     *
     * @param headers looked up in any case; copied
     * @param body shared, not copied
     */
    static WebhookRequest of(String method, Map<String, List<String>> headers, byte[] body) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        return new WebhookRequest() {
            @Override
            public String method() {
                return method;
            }

            @Override
            public List<String> headers(String name) {
                List<String> values = new ArrayList<>(1);
                copy.forEach((key, list) -> {
                    if (key.equalsIgnoreCase(name)) {
                        values.addAll(list);
                    }
                });
                return values;
            }

            @Override
            public byte[] body() {
                return body;
            }
        };
    }

    /**
     * Reads a body up to a limit, for an adapter's {@link #body()}. At most {@code maxBodyBytes + 1} bytes are taken
     * from the stream, and none where the declared length already is too large. The memory used follows what arrives,
     * not what a header promises.
     *
     * @param declaredBytes the Content-Length, or a negative number if there is none
     * @throws WebhookRejectedException as {@link #body()} says
     */
    static byte[] readBody(InputStream in, long declaredBytes, int maxBodyBytes) throws WebhookRejectedException {
        if (declaredBytes > maxBodyBytes) {
            throw new WebhookRejectedException(RejectionReason.BODY_TOO_LARGE);
        }
        byte[] body;
        try {
            body = readUpTo(in, maxBodyBytes + 1, declaredBytes);
        } catch (IOException e) {
            throw new WebhookRejectedException(RejectionReason.BODY_UNREADABLE);
        }
        if (body.length > maxBodyBytes) {
            throw new WebhookRejectedException(RejectionReason.BODY_TOO_LARGE);
        }
        return body;
    }

    // Not readNBytes, which asks for no bytes at all once a buffer is full: Tomcat then waits for the next ones.
    private static byte[] readUpTo(InputStream in, int limit, long declaredBytes) throws IOException {
        byte[] read = new byte[Math.min(limit, (int) Math.max(1024, Math.min(declaredBytes + 1, 64 * 1024)))];
        int size = 0;
        while (size < limit) {
            if (size == read.length) {
                read = Arrays.copyOf(read, (int) Math.min(limit, 2L * size));
            }
            int count = in.read(read, size, read.length - size);
            if (count < 0) {
                break;
            }
            size += count;
        }
        return size == read.length ? read : Arrays.copyOf(read, size);
    }
}
