package dev.hookseal.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A response that passes everything on, and notes what tells a handler's failure from a broken connection. After a
 * failure its status begins with 500 instead of 200, so that no 2xx is an accident.
 */
final class WatchedResponse extends HttpServletResponseWrapper {
    // The thread that ends an asynchronous request need not be the one that began it.
    private volatile boolean failed;
    private volatile @Nullable IOException broken;

    WatchedResponse(HttpServletResponse response) {
        super(response);
    }

    /** Sets the status to 500, and again after a reset, until the application sets another one. */
    void fail() {
        failed = true;
        if (!isCommitted()) {
            super.setStatus(SC_INTERNAL_SERVER_ERROR);
        }
    }

    /** Returns whether this is, or was caused by, what the connection failed with while the answer was written. */
    @SuppressWarnings("ReferenceEquality") // another exception of the same kind may be the handler's
    boolean isBrokenBy(Throwable thrown) {
        for (Throwable cause = thrown; broken != null && cause != null; cause = cause.getCause()) {
            if (cause == broken) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void reset() {
        super.reset();
        if (failed) {
            super.setStatus(SC_INTERNAL_SERVER_ERROR);
        }
    }

    @Override
    public void flushBuffer() throws IOException {
        watch(super::flushBuffer);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return new WatchedOutputStream(super.getOutputStream());
    }

    private void watch(Writing writing) throws IOException {
        try {
            writing.run();
        } catch (IOException e) {
            broken = e;
            throw e;
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private final class WatchedOutputStream extends ServletOutputStream {
        private final ServletOutputStream out;

        WatchedOutputStream(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            watch(() -> out.write(b));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            watch(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            watch(out::flush);
        }

        @Override
        public void close() throws IOException {
            watch(out::close);
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
