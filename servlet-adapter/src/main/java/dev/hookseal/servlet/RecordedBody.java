package dev.hookseal.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * A container's body that keeps what is read of it, up to a limit, so that it can be read from the start again. Nothing
 * is read before it is requested, and what is beyond the limit passes through.
 */
final class RecordedBody {
    private final ServletInputStream in;
    private final int limit;

    private byte[] kept = new byte[1024];
    private int size;
    private long passed;
    private boolean ended;
    private boolean listenedTo;

    /**
     * Records a body of which nothing has been read.
     *
     * @param limit one byte more is kept, which tells that there is more
     */
    RecordedBody(ServletInputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /**
     * Returns the body from the start: what is kept, and then what the container has. It never closes the container's.
     */
    ServletInputStream fromStart() {
        return new View();
    }

    /**
     * Returns whether more may be read, or there is no more; a body with a {@link ReadListener} is read by that alone.
     */
    boolean isReadable() {
        return !listenedTo || hasEnded();
    }

    private boolean hasEnded() {
        return ended || in.isFinished();
    }

    private int read(long position, byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position < size) {
            int count = Math.min(length, size - (int) position);
            System.arraycopy(kept, (int) position, target, offset, count);
            return count;
        }
        if (position < passed) {
            throw new IOException("Of a body of more than " + limit + " bytes the rest can be read only once");
        }
        if (ended) {
            return -1;
        }
        int count = in.read(target, offset, length);
        if (count < 0) {
            ended = true;
        } else {
            passed += count;
            keep(target, offset, Math.min(count, limit + 1 - size));
        }
        return count;
    }

    private void keep(byte[] bytes, int offset, int count) {
        if (size + count > kept.length) {
            kept = Arrays.copyOf(kept, (int) Math.min(limit + 1L, Math.max(2L * kept.length, size + count)));
        }
        System.arraycopy(bytes, offset, kept, size, count);
        size += count;
    }

    private final class View extends ServletInputStream {
        private long position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = RecordedBody.this.read(position, target, offset, length);
            position += Math.max(count, 0);
            return count;
        }

        @Override
        public int available() throws IOException {
            return position < size ? size - (int) position : ended ? 0 : in.available();
        }

        @Override
        public boolean isFinished() {
            return position >= passed && hasEnded();
        }

        @Override
        public boolean isReady() {
            return position < size || ended || in.isReady();
        }

        /** Gives the listener what is kept first, and at the latest before the end. */
        @Override
        public void setReadListener(ReadListener listener) {
            if (ended) {
                ReplayedInputStream.callAtOnce(this, listener);
                return;
            }
            listenedTo = true;
            in.setReadListener(new ReadListener() {
                @Override
                public void onDataAvailable() throws IOException {
                    listener.onDataAvailable();
                }

                @Override
                public void onAllDataRead() throws IOException {
                    ended = true;
                    if (!isFinished()) {
                        listener.onDataAvailable();
                    }
                    listener.onAllDataRead();
                }

                @Override
                public void onError(Throwable thrown) {
                    listener.onError(thrown);
                }
            });
        }
    }
}
