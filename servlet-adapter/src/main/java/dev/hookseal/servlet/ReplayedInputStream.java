package dev.hookseal.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** A captured body, to be read like a container's. */
final class ReplayedInputStream extends ServletInputStream {
    private final ByteArrayInputStream in;

    ReplayedInputStream(byte[] body) {
        this.in = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
        return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        return in.read(bytes, offset, length);
    }

    @Override
    public int available() {
        return in.available();
    }

    @Override
    public boolean isFinished() {
        return in.available() == 0;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
        callAtOnce(this, listener);
    }

    /** Calls the listener on this thread: everything is there already. */
    static void callAtOnce(ServletInputStream in, ReadListener listener) {
        try {
            if (!in.isFinished()) {
                listener.onDataAvailable();
            }
            if (in.isFinished()) {
                listener.onAllDataRead();
            }
        } catch (IOException e) {
            listener.onError(e);
        }
    }
}
