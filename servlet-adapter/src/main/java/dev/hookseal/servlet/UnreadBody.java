package dev.hookseal.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;

/**
 * The rest of a body when a request is answered without it. Bytes that arrive at a closed connection have the operating
 * system reset it, and the sender may lose an answer that it has not read yet (RFC 9112, 9.6): so the rest is read for
 * a moment after the answer is out, and a sender whose body is on its way gets the answer. What is read is kept
 * nowhere.
 */
final class UnreadBody {
    // what is taken before the answer, so that the connection can be used again
    private static final int MAX_BYTES_AT_HAND = 64 * 1024;
    // a sender that pauses for longer has most likely read its answer
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final HttpServletRequest request;
    private final ServletRequest ofContainer;
    private final Progress progress;
    private final byte[] buffer = new byte[8 * 1024];

    /** The progress of reading a body. */
    enum Progress {
        NONE,
        /** Up to a limit, its time, or a failure. */
        BEGUN,
        COMPLETE
    }

    UnreadBody(HttpServletRequest request, Progress progress) {
        this.request = request;
        this.ofContainer = ContainerConnection.innermost(request);
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
            ServletInputStream in = ofContainer.getInputStream();
            long taken = 0;
            while (taken < MAX_BYTES_AT_HAND && in.available() > 0) {
                int count = in.read(buffer);
                if (count < 0) {
                    return false;
                }
                taken += count;
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

    /**
     * Has the container leave the rest. The answer is out, and it closes the connection.
     *
     * @param readOn for a moment, if the sender may be in the middle of its body
     */
    void leave(boolean readOn) {
        try (ContainerConnection connection = ContainerConnection.of(request)) {
            // a sender that asks first does not send a body after an answer
            if (readOn && request.getHeader("Expect") == null && connection.isLimited()) {
                readForAMoment(connection);
            }
            connection.leaveBody();
        }
    }

    private void readForAMoment(ContainerConnection connection) {
        long start = System.nanoTime();
        try {
            ServletInputStream in = ofContainer.getInputStream();
            connection.set(PAUSE);
            while (in.read(buffer) >= 0 && System.nanoTime() - start < MOMENT.toNanos()) {
                // for the sender's sake
            }
        } catch (IOException | IllegalStateException e) {
            // the sender is gone or pauses, or another thread reads
        }
    }
}
