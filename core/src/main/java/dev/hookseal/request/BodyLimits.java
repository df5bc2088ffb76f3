package dev.hookseal.request;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The limits for reading a request: its size and its time.
 *
 * @param maxBytes how large a body may be
 * @param timeout within which the whole body has to arrive, from when an adapter begins to read it
 * @param budget what all bodies that are still arriving may hold together
 */
public record BodyLimits(int maxBytes, Duration timeout, BodyBudget budget) {
    /** The default time in which a body has to arrive: 10 seconds. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Limits.
     *
     * @throws IllegalArgumentException if the time is not positive
     */
    public BodyLimits {
        Objects.requireNonNull(budget, "budget");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("The time-out of a body must be positive: " + timeout);
        }
    }

    /** Limits with the default time and the {@linkplain BodyBudget#ofTheHeap() budget of this process}. */
    public static BodyLimits ofBytes(int maxBytes) {
        return new BodyLimits(maxBytes, DEFAULT_TIMEOUT, BodyBudget.ofTheHeap());
    }

    /** Reads a body from a stream whose reads wait as long as the server has them wait. */
    public byte[] read(InputStream in, long declaredBytes) throws WebhookRejectedException {
        return read(in, declaredBytes, ReadTimeout.OF_THE_SERVER);
    }

    /**
     * Reads a body. At most {@code maxBytes + 1} bytes are taken from the stream, and none where the declared length
     * already is too large. The memory used follows what arrives, not what a header promises. A body of up to
     * {@value BodyBudget#SMALL_BODY_BYTES} bytes that is there at once does not count towards the budget.
     *
     * @param declaredBytes the Content-Length, or a negative number without one
     * @param readTimeout is set before each read that has to wait
     * @throws WebhookRejectedException with {@link RejectionReason#BODY_TOO_LARGE}, {@link
     *     RejectionReason#BODY_TIMEOUT}, {@link RejectionReason#OVERLOADED} if the budget has no room for it, or {@link
     *     RejectionReason#BODY_UNREADABLE} if the stream throws an exception
     */
    public byte[] read(InputStream in, long declaredBytes, ReadTimeout readTimeout) throws WebhookRejectedException {
        return read(in, declaredBytes, readTimeout, System::nanoTime);
    }

    // for tests
    byte[] read(InputStream in, long declaredBytes, ReadTimeout readTimeout, LongSupplier nanoTime)
            throws WebhookRejectedException {
        if (declaredBytes > maxBytes) {
            throw new WebhookRejectedException(RejectionReason.BODY_TOO_LARGE);
        }
        try (ArrivingBody body = new ArrivingBody(this, declaredBytes, nanoTime)) {
            try {
                body.readFrom(in, readTimeout);
            } catch (IOException e) {
                throw body.rejected(body.isLate() ? RejectionReason.BODY_TIMEOUT : RejectionReason.BODY_UNREADABLE);
            }
            if (body.size() > maxBytes) {
                throw body.rejected(RejectionReason.BODY_TOO_LARGE);
            }
            return body.bytes();
        }
    }
}
