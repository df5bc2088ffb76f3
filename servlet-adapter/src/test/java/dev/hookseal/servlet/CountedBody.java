package dev.hookseal.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is taken from the container's stream. */
final class CountedBody extends HttpServletRequestWrapper {
    private final AtomicLong bytes;

    private CountedBody(HttpServletRequest request, AtomicLong bytes) {
        super(request);
        this.bytes = bytes;
    }

    /** A filter for the front. */
    static Filter filter(AtomicLong bytes) {
        return (request, response, chain) ->
                chain.doFilter(new CountedBody((HttpServletRequest) request, bytes), response);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new CountingStream(super.getInputStream(), bytes);
    }

    private static final class CountingStream extends ServletInputStream {
        private final ServletInputStream in;
        private final AtomicLong bytes;

        CountingStream(ServletInputStream in, AtomicLong bytes) {
            this.in = in;
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            bytes.addAndGet(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            bytes.addAndGet(Math.max(read, 0));
            return read;
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
