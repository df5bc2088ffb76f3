package dev.hookseal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** What has been read of a body. */
final class ArrivingBody implements AutoCloseable {
    private static final int FIRST_ROOM = 1024;

    private final BodyLimits limits;
    private final int maxSize;
    private final long declared;
    private final LongSupplier nanoTime;
    private final BodyBudget.Share share;
    private final long start;
    private byte[] read;
    private int size;
    private int counted;

    ArrivingBody(BodyLimits limits, long declaredBytes, LongSupplier nanoTime) {
        this.limits = limits;
        this.maxSize = limits.maxBytes() + 1;
        this.declared = declaredBytes;
        this.nanoTime = nanoTime;
        this.share = limits.budget().share();
        this.start = nanoTime.getAsLong();
        this.read = new byte
                [Math.min(
                        maxSize, (int) Math.max(FIRST_ROOM, Math.min(declaredBytes + 1, BodyBudget.SMALL_BODY_BYTES)))];
    }

    // Not readNBytes, which asks for no bytes at all once a buffer is full: Tomcat then waits for the next ones.
    void readFrom(InputStream in, ReadTimeout readTimeout) throws IOException, WebhookRejectedException {
        while (size < maxSize) {
            if (size == read.length) {
                read = Arrays.copyOf(read, (int) Math.min(maxSize, 2L * size));
            }
            if (size != declared && in.available() == 0) {
                count();
                readTimeout.set(timeLeft());
            } else if (size > BodyBudget.SMALL_BODY_BYTES) {
                count();
                timeLeft();
            }
            int bytes = in.read(read, size, read.length - size);
            if (bytes < 0) {
                return;
            }
            size += bytes;
        }
    }

    private void count() throws WebhookRejectedException {
        if (!share.add(size - counted)) {
            throw rejected(RejectionReason.OVERLOADED);
        }
        counted = size;
    }

    private Duration timeLeft() throws WebhookRejectedException {
        if (isLate()) {
            throw rejected(RejectionReason.BODY_TIMEOUT);
        }
        return limits.timeout().minusNanos(nanoTime.getAsLong() - start);
    }

    /** Whether the time for the whole body is over. */
    boolean isLate() {
        return nanoTime.getAsLong() - start >= limits.timeout().toNanos();
    }

    /** The rejection, with what was read. */
    WebhookRejectedException rejected(RejectionReason reason) {
        return WebhookRejectedException.afterReading(reason, bytes());
    }

    byte[] bytes() {
        return size == read.length ? read : Arrays.copyOf(read, size);
    }

    @Override
    public void close() {
        share.close();
    }
}
