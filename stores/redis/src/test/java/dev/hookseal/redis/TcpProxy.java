package dev.hookseal.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between a store and its server: works, is cut, or keeps its connections and forwards nothing. */
final class TcpProxy implements AutoCloseable {
    private enum State {
        WORKS,
        CUT,
        STALLED
    }

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> forgotten = ConcurrentHashMap.newKeySet();
    private State state = State.WORKS;

    TcpProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        run(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Forwards everything, and what was held back first. */
    void work() {
        change(State.WORKS);
    }

    /** Closes all connections, and new ones at once. */
    void cut() {
        change(State.CUT);
        sockets.forEach(TcpProxy::close);
    }

    /** Keeps the connections of now, forwards nothing on them for ever, and works for new ones. */
    void forgetConnections() {
        forgotten.addAll(sockets);
    }

    /** Accepts and keeps connections, and forwards nothing in either direction. */
    void stall() {
        change(State.STALLED);
    }

    private synchronized void change(State next) {
        state = next;
        notifyAll();
    }

    private synchronized boolean mayForward() throws InterruptedException {
        while (state == State.STALLED) {
            wait();
        }
        return state == State.WORKS;
    }

    private synchronized boolean isCut() {
        return state == State.CUT;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (isCut()) {
                    close(client);
                    continue;
                }
                Socket upstream;
                try {
                    upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                } catch (IOException e) {
                    // the server is down
                    close(client);
                    continue;
                }
                sockets.add(client);
                sockets.add(upstream);
                run(() -> forward(client, upstream));
                run(() -> forward(upstream, client));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void forward(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0 && mayForward(); length = in.read(buffer)) {
                if (!forgotten.contains(from)) {
                    out.write(buffer, 0, length);
                }
            }
        } catch (IOException e) {
            // cut
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
        }
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
