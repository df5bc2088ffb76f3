package dev.hookseal.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Sits between a client and a server on 127.0.0.1, and can cut the connections, or keep them and forward nothing. */
final class TcpProxy implements AutoCloseable {
    /** What happens to the connections. */
    enum State {
        FORWARDS,
        /** They are closed, and so are new ones. */
        CUT,
        /** They are kept, new ones are accepted, and nothing passes in either direction. */
        STALLED
    }

    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final int serverPort;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Socket> sockets = new ArrayList<>();
    private State state = State.FORWARDS;
    private boolean closed;

    TcpProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** After a stall the connections are cut: what they had sent is lost, as with a server that has gone. */
    void set(State next) throws IOException {
        lock.lock();
        try {
            boolean lost = next == State.CUT || state == State.STALLED;
            state = next;
            if (lost) {
                closeAll();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void closeAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                if (!keep(client)) {
                    client.close();
                    continue;
                }
                start(() -> connect(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private boolean keep(Socket socket) {
        lock.lock();
        try {
            if (state == State.CUT || closed) {
                return false;
            }
            sockets.add(socket);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void connect(Socket client) {
        try {
            awaitFlow(client);
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            if (!keep(server)) {
                server.close();
                client.close();
                return;
            }
            start(() -> forward(client, server));
            start(() -> forward(server, client));
        } catch (IOException | InterruptedException e) {
            closeQuietly(client);
        }
    }

    private void forward(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitFlow(from);
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException | InterruptedException e) {
            // it was cut
        }
    }

    private void awaitFlow(Socket socket) throws IOException, InterruptedException {
        lock.lock();
        try {
            while (state == State.STALLED && !closed && !socket.isClosed()) {
                changed.await();
            }
            if (socket.isClosed() || closed) {
                throw new IOException("cut");
            }
        } finally {
            lock.unlock();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            listener.close();
            closeAll();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
