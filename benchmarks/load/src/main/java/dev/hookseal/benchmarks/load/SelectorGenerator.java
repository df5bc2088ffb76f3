package dev.hookseal.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One thread and a selector. It takes answers of 204 alone, which have no body, and so end with their head. */
final class SelectorGenerator implements Generator {
    private static final int LONGEST_HEAD = 4096;
    private static final int END_OF_HEAD = 0x0d0a0d0a;
    private static final int NO_CONTENT = 204;

    @Override
    public String name() {
        return "one thread of Java";
    }

    @Override
    public double requestsPerSecond(InetSocketAddress address, Request request, int seconds) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(request.bytes()).asReadOnlyBuffer();
        List<Connection> connections = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            long start = System.nanoTime();
            long end = start + TimeUnit.SECONDS.toNanos(seconds);
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(Connection.open(address, bytes.duplicate(), selector));
            }
            List<SelectionKey> ready = new ArrayList<>();
            while (System.nanoTime() < end) {
                selector.select(ready::add, 100);
                for (SelectionKey key : ready) {
                    ((Connection) key.attachment()).proceed();
                }
                ready.clear();
            }
            long answered = connections.stream().mapToLong(Connection::answered).sum();
            return answered * 1e9 / (System.nanoTime() - start);
        } finally {
            for (Connection connection : connections) {
                connection.channel.close();
            }
        }
    }

    /** A connection with one request under way. */
    private static final class Connection {
        final SocketChannel channel;
        private final ByteBuffer request;
        private final ByteBuffer answer = ByteBuffer.allocate(LONGEST_HEAD);
        private long answered;

        private Connection(SocketChannel channel, ByteBuffer request) {
            this.channel = channel;
            this.request = request;
        }

        static Connection open(InetSocketAddress address, ByteBuffer request, Selector selector) throws IOException {
            SocketChannel channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Connection connection = new Connection(channel, request);
            channel.register(selector, SelectionKey.OP_READ, connection);
            connection.send();
            return connection;
        }

        private void send() throws IOException {
            request.rewind();
            channel.write(request);
            if (request.hasRemaining()) {
                throw new IOException("A request of " + request.limit() + " bytes does not fit into a socket's buffer");
            }
        }

        void proceed() throws IOException {
            if (channel.read(answer) < 0) {
                throw new IOException("The server closed a connection");
            }
            if (answer.position() > Http.STATUS_BYTES && answer.getInt(answer.position() - 4) == END_OF_HEAD) {
                if (Http.status(answer.array()) != NO_CONTENT) {
                    throw new IOException("The server answered " + Http.status(answer.array()));
                }
                answered++;
                answer.clear();
                send();
            }
        }

        long answered() {
            return answered;
        }
    }
}
