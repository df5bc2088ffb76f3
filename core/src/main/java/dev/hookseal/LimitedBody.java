package dev.hookseal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What is read of a body, up to a limit. */
final class LimitedBody {
    private final int limit;
    private byte[] read;
    private int size;

    LimitedBody(int limit, long declaredBytes) {
        this.limit = limit;
        this.read = new byte[Math.min(limit, (int) Math.max(1024, Math.min(declaredBytes + 1, 64 * 1024)))];
    }

    // Not readNBytes, which asks for no bytes at all once a buffer is full: Tomcat then waits for the next ones.
    void readFrom(InputStream in) throws IOException {
        while (size < limit) {
            if (size == read.length) {
                read = Arrays.copyOf(read, (int) Math.min(limit, 2L * size));
            }
            int count = in.read(read, size, read.length - size);
            if (count < 0) {
                return;
            }
            size += count;
        }
    }

    byte[] bytes() {
        return size == read.length ? read : Arrays.copyOf(read, size);
    }
}
