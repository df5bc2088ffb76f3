package dev.hookseal.request;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The part of a body that has been read. It is held in parts, so that it takes no more memory than has arrived, and no
 * large array before all of it has.
 */
final class ArrivingBody implements AutoCloseable {
    private static final int MIN_PART = 1024;
    private static final int MAX_PART = BodyBudget.SMALL_BODY_BYTES;

    private final BodyLimits limits;
    private final int maxSize;
    private final long declared;
    private final LongSupplier nanoTime;
    private final BodyBudget.Share share;
    private final long start;
    private final List<byte[]> full = new ArrayList<>(0);
    private byte[] part;
    private int used;
    private int size;
    private int counted;

    ArrivingBody(BodyLimits limits, long declaredBytes, LongSupplier nanoTime) {
        this.limits = limits;
        this.maxSize = limits.maxBytes() + 1;
        this.declared = declaredBytes;
        this.nanoTime = nanoTime;
        this.share = limits.budget().share();
        this.start = nanoTime.getAsLong();
        this.part = new byte[sizeOfPart(declaredBytes + 1)];
    }

    private int sizeOfPart(long wanted) {
        return (int) Math.min(maxSize - size, Math.max(MIN_PART, Math.min(wanted, MAX_PART)));
    }

    // Not readNBytes, which requests zero bytes once a buffer is full: Tomcat then waits for the next ones.
    void readFrom(InputStream in, ReadTimeout readTimeout) throws IOException, WebhookRejectedException {
        while (size < maxSize) {
            if (used == part.length) {
                full.add(part);
                part = new byte[sizeOfPart(size)];
                used = 0;
            }
            if (size != declared && in.available() == 0) {
                count();
                readTimeout.set(timeLeft());
            } else if (size > BodyBudget.SMALL_BODY_BYTES) {
                count();
                timeLeft();
            }
            int bytes = in.read(part, used, part.length - used);
            if (bytes < 0) {
                return;
            }
            used += bytes;
            size += bytes;
        }
    }

    private void count() throws WebhookRejectedException {
        if (!share.add(size - counted)) {
            throw new WebhookRejectedException(RejectionReason.OVERLOADED);
        }
        counted = size;
    }

    private Duration timeLeft() throws WebhookRejectedException {
        if (isLate()) {
            throw rejected(RejectionReason.BODY_TIMEOUT);
        }
        return limits.timeout().minusNanos(nanoTime.getAsLong() - start);
    }

    /** Returns whether the time for the whole body is over. */
    boolean isLate() {
        return nanoTime.getAsLong() - start >= limits.timeout().toNanos();
    }

    /** Returns the rejection, with what was read so far. */
    WebhookRejectedException rejected(RejectionReason reason) {
        return WebhookRejectedException.afterReading(reason, this::bytes);
    }

    int size() {
        return size;
    }

    byte[] bytes() {
        if (full.isEmpty()) {
            return used == part.length ? part : Arrays.copyOf(part, used);
        }
        byte[] all = new byte[size];
        int at = 0;
        for (byte[] each : full) {
            System.arraycopy(each, 0, all, at, each.length);
            at += each.length;
        }
        System.arraycopy(part, 0, all, at, used);
        return all;
    }

    @Override
    public void close() {
        share.close();
    }
}
