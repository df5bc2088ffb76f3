package dev.hookseal.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One slow sender: it opens a connection, sends its request slowly and, when the server answers or closes, begins again
 * at its next turn. A deaf one does not stop for an answer: it goes on until the server closes the connection, so that
 * a server which answers and then reads on gains nothing. Used by one thread.
 */
final class SlowSender {
    // Bounds what the kernel holds of a body that the server does not read.
    private static final int SEND_BUFFER = 64 * 1024;

    private final SlowRequest request;
    private final boolean trickles;
    private final boolean deaf;
    private final InetSocketAddress address;
    private final Selector selector;
    private final SlowSenderOutcomes outcomes;
    private final byte[] answer = new byte[Http.STATUS_BYTES];

    private @Nullable Connection connection;

    /** A connection, how much of the request is sent, and the bytes of the answer that have arrived. */
    private static final class Connection {
        final SocketChannel channel;
        final SelectionKey key;
        final ByteBuffer unsent;
        final ByteBuffer answer;
        int allowed;
        boolean answered;

        Connection(SocketChannel channel, SelectionKey key, ByteBuffer unsent, ByteBuffer answer, int allowed) {
            this.channel = channel;
            this.key = key;
            this.unsent = unsent;
            this.answer = answer;
            this.allowed = allowed;
        }
    }

    SlowSender(
            SlowRequest request,
            boolean trickles,
            boolean deaf,
            InetSocketAddress address,
            Selector selector,
            SlowSenderOutcomes outcomes) {
        this.request = request;
        this.trickles = trickles;
        this.deaf = deaf;
        this.address = address;
        this.selector = selector;
        this.outcomes = outcomes;
    }

    /** Opens a connection if there is none, or sends the next piece. */
    void takeTurn() {
        Connection current = connection;
        try {
            if (current == null) {
                connection = open();
            } else if (trickles && current.channel.isConnected()) {
                current.allowed = Math.min(current.allowed + request.piece(), current.unsent.capacity());
                write(current);
            }
        } catch (IOException e) {
            end(SlowSenderOutcomes.of(e));
        }
    }

    /** Does what the selector says is possible. */
    void proceed() {
        Connection current = connection;
        if (current == null || !current.key.isValid()) {
            return;
        }
        try {
            if (current.key.isConnectable() && current.channel.finishConnect()) {
                outcomes.connected();
                write(current);
            } else if (current.key.isReadable()) {
                read(current);
            } else if (current.key.isWritable()) {
                write(current);
            }
        } catch (IOException e) {
            end(SlowSenderOutcomes.of(e));
        }
    }

    private Connection open() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            // closes with a reset: no port is kept from the next connection
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, this);
            Connection opened = new Connection(
                    channel,
                    key,
                    request.view(),
                    ByteBuffer.wrap(answer),
                    trickles ? request.beginning() : request.stall());
            if (channel.connect(address)) {
                outcomes.connected();
                write(opened);
            }
            return opened;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void write(Connection current) throws IOException {
        current.unsent.limit(current.allowed);
        current.channel.write(current.unsent);
        current.key.interestOps(
                current.unsent.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void read(Connection current) throws IOException {
        if (current.channel.read(current.answer) < 0) {
            end("closed");
        } else if (!current.answer.hasRemaining()) {
            if (!current.answered) {
                outcomes.count(Integer.toString(Http.status(answer)));
                current.answered = true;
            }
            if (deaf && current.unsent.position() < current.unsent.capacity()) {
                // what follows is read, so that the server can write it, and not looked at
                current.answer.clear();
            } else {
                close();
            }
        }
    }

    /** Ends without an answer, or after one that was counted. */
    private void end(String outcome) {
        if (connection == null || !connection.answered) {
            outcomes.count(outcome);
        }
        close();
    }

    void close() {
        if (connection != null) {
            if (connection.channel.isConnected()) {
                outcomes.disconnected();
            }
            try {
                connection.channel.close();
            } catch (IOException e) {
                throw new AssertionError("a non-blocking channel closes", e);
            }
            connection = null;
        }
    }
}
