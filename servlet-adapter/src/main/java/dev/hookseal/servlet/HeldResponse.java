package dev.hookseal.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * A response whose end the sender does not see while it is held. A sender that has its answer may redeliver at once, and
 * by then the delivery has to be known as handled. Unless held it is the container's response, unchanged.
 *
 * <p>Held, it does not flush or close, so that the answer stays in the container's buffer. Of an answer that outgrows the
 * buffer the beginning goes out; its end does not, since the Content-Length that would mark it is held back too.
 */
final class HeldResponse extends HttpServletResponseWrapper {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String CONTENT_LENGTH = "Content-Length";

    // The thread that ends an asynchronous request need not be the one that began it.
    private volatile boolean held;
    private volatile @Nullable String contentLength;
    // what the application set, and not the container
    private volatile int chosen = SC_OK;
    private volatile int chosenBefore = SC_OK;
    private volatile boolean detached;
    private volatile boolean failed;
    private volatile @Nullable IOException broken;

    HeldResponse(HttpServletResponse response) {
        super(response);
    }

    void hold() {
        held = true;
        if (getBufferSize() < BUFFER_BYTES) {
            try {
                setBufferSize(BUFFER_BYTES);
            } catch (IllegalStateException e) {
                // something is written already, and its buffer has to do
            }
        }
    }

    /** Lets the answer go. */
    void release() {
        if (contentLength != null) {
            super.setHeader(CONTENT_LENGTH, contentLength);
        }
        abandon();
    }

    /** Leaves the answer to the container. It may have broken off, so that its announced length would be wrong. */
    void abandon() {
        contentLength = null;
        held = false;
    }

    /** Remembers what the handler has chosen so far: what comes next is an answer to the time-out. */
    void beforeTimeOut() {
        chosenBefore = chosen;
    }

    /**
     * Leaves the container's response, whose request is over. A handler that goes on may answer all the same: nobody
     * sees it, and its status tells how it ended.
     */
    void detach() {
        chosen = chosenBefore;
        held = false;
        detached = true;
        setResponse(DiscardedResponse.create());
    }

    boolean isDetached() {
        return detached;
    }

    @Override
    public int getStatus() {
        return detached ? chosen : super.getStatus();
    }

    @Override
    public void setStatus(int status) {
        chosen = status;
        super.setStatus(status);
    }

    @Override
    public void sendError(int status) throws IOException {
        chosen = status;
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        chosen = status;
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        chosen = SC_FOUND;
        super.sendRedirect(location);
    }

    /** Sets the status to 500, and again after a reset: no 2xx comes from a default. */
    void fail() {
        failed = true;
        if (!isCommitted()) {
            super.setStatus(SC_INTERNAL_SERVER_ERROR);
        }
    }

    /** Whether this is, or comes from, what the connection failed with while the answer was written. */
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
    public void flushBuffer() throws IOException {
        if (!held) {
            super.flushBuffer();
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream out = super.getOutputStream();
        return held ? new HeldOutputStream(out) : out;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter out = super.getWriter();
        return held ? new HeldWriter(out) : out;
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (held) {
            contentLength = Long.toString(length);
        } else {
            super.setContentLengthLong(length);
        }
    }

    @Override
    public void setHeader(String name, String value) {
        if (!holdsBack(name, value)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!holdsBack(name, value)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (!holdsBack(name, Integer.toString(value))) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (!holdsBack(name, Integer.toString(value))) {
            super.addIntHeader(name, value);
        }
    }

    private boolean holdsBack(String name, String value) {
        if (!held || !CONTENT_LENGTH.equalsIgnoreCase(name)) {
            return false;
        }
        contentLength = value;
        return true;
    }

    @Override
    public boolean containsHeader(String name) {
        return (contentLength != null && CONTENT_LENGTH.equalsIgnoreCase(name)) || super.containsHeader(name);
    }

    @Override
    public void reset() {
        super.reset();
        contentLength = null;
        chosen = SC_OK;
        if (failed) {
            super.setStatus(SC_INTERNAL_SERVER_ERROR);
        }
    }

    private final class HeldOutputStream extends ServletOutputStream {
        private final ServletOutputStream out;

        HeldOutputStream(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            if (!detached) {
                try {
                    out.write(b);
                } catch (IOException e) {
                    broken = e;
                    throw e;
                }
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!detached) {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    broken = e;
                    throw e;
                }
            }
        }

        @Override
        public void flush() throws IOException {
            if (!held && !detached) {
                out.flush();
            }
        }

        @Override
        public void close() throws IOException {
            if (!held && !detached) {
                out.close();
            }
        }

        @Override
        public boolean isReady() {
            return detached || out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }

    private final class HeldWriter extends PrintWriter {
        HeldWriter(PrintWriter out) {
            super(out);
        }

        @Override
        public void write(int c) {
            if (!detached) {
                super.write(c);
            }
        }

        @Override
        public void write(char[] text, int offset, int length) {
            if (!detached) {
                super.write(text, offset, length);
            }
        }

        @Override
        public void write(String text, int offset, int length) {
            if (!detached) {
                super.write(text, offset, length);
            }
        }

        @Override
        public void flush() {
            if (!held && !detached) {
                super.flush();
            }
        }

        @Override
        public void close() {
            if (!held && !detached) {
                super.close();
            }
        }
    }
}
