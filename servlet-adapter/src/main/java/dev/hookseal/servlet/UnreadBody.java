package dev.hookseal.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;

/**
 * What is left of a body when a request is answered without it. Bytes that arrive at a closed connection have the
 * operating system reset it, and the sender may lose an answer that it has not read yet (RFC 9112, 9.6): so the rest is
 * read for a moment after the answer is out, and a sender whose body is on its way gets the answer.
 */
final class UnreadBody {
    private static final int MAX_BYTES = 256 * 1024;
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final HttpServletRequest request;
    private final Progress progress;
    private final byte[] buffer = new byte[8 * 1024];
    private long taken;

    /** How far a body has been read. */
    enum Progress {
        NONE,
        /** Up to a limit, its time, or a failure. No more of it is read. */
        BEGUN,
        COMPLETE
    }

    UnreadBody(HttpServletRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /** Takes what is there without waiting; whether there is more, so that the connection cannot be used again. */
    boolean isLeft() {
        if (progress == Progress.BEGUN) {
            ContainerConnection.of(request).takeAnswer();
            return true;
        }
        if (progress == Progress.COMPLETE || !hasBody()) {
            return false;
        }
        try {
            ServletInputStream in = request.getInputStream();
            while (taken < MAX_BYTES && in.available() > 0) {
                if (!take(in)) {
                    return false;
                }
            }
            return taken != request.getContentLengthLong();
        } catch (IOException | IllegalStateException e) {
            return true;
        }
    }

    private boolean hasBody() {
        // a later version has streams, which end by themselves
        return request.getProtocol().startsWith("HTTP/1")
                && (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null);
    }

    private boolean take(ServletInputStream in) throws IOException {
        int count = in.read(buffer);
        taken += Math.max(0, count);
        return count >= 0;
    }

    /** Reads on for a moment, and has the container leave the rest. The answer is out, and it closes the connection. */
    void leave() {
        try (ContainerConnection connection = ContainerConnection.of(request)) {
            // a sender that asks first does not send a body after an answer
            if (progress == Progress.NONE && request.getHeader("Expect") == null && connection.isLimited()) {
                readForAMoment(connection);
            }
            connection.leaveBody();
        }
    }

    private void readForAMoment(ContainerConnection connection) {
        long start = System.nanoTime();
        try {
            ServletInputStream in = request.getInputStream();
            for (Duration left = MOMENT;
                    taken < MAX_BYTES && left.toMillis() > 0;
                    left = MOMENT.minusNanos(System.nanoTime() - start)) {
                connection.set(left);
                if (!take(in)) {
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            // the sender is gone, slow, or somebody else reads: it has its answer
        }
    }
}
