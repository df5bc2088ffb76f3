package dev.hookseal.micronaut;

import dev.hookseal.micronaut.ReceivedRequest.Problem;
import dev.hookseal.request.BodyBudget;
import dev.hookseal.request.BodyLimits;
import dev.hookseal.request.RejectionReason;
import io.micronaut.core.io.buffer.ByteBuffer;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;

/**
 * Reads a body piece by piece as it arrives, within the limits. It holds the same buffers as the half of the body that
 * the handler may bind, until it makes one array of them. All of it happens on the event loop of the request.
 */
final class StreamedBody extends BaseSubscriber<ByteBuffer<?>> implements AutoCloseable {
    /**
     * The bytes that a piece counts for besides its own. As long as it is held, so are the objects around it, about 110
     * bytes, and the buffer that Netty reads into, of at least 64 bytes: a sender of single bytes would hold more than
     * a hundred times what it has sent.
     */
    static final int PIECE_OVERHEAD_BYTES = 256;

    private static final byte[] NOTHING = {};

    private final NettyHttpRequest<?> request;
    private final BodyLimits limits;
    private final ServerLimits server;
    private final EventExecutor loop;
    private final BodyBudget.Share share;
    private final CompletableFuture<ReceivedRequest> received = new CompletableFuture<>();
    private final List<ByteBuf> pieces = new ArrayList<>();
    private long size;
    private int nextPieces = 1;
    private @Nullable Future<?> deadline;

    private StreamedBody(NettyHttpRequest<?> request, BodyLimits limits, ServerLimits server) {
        this.request = request;
        this.limits = limits;
        this.server = server;
        this.loop = request.getChannelHandlerContext().executor();
        this.share = limits.budget().share();
    }

    /** Begins to read. What is read counts towards the budget until {@link #close}. */
    static StreamedBody read(NettyHttpRequest<?> request, BodyLimits limits, ServerLimits server) {
        StreamedBody body = new StreamedBody(request, limits, server);
        ByteBody half = request.byteBody().split(ByteBody.SplitBackpressureMode.FASTEST);
        if (body.loop.inEventLoop()) {
            body.start(half);
        } else {
            body.loop.execute(() -> body.start(half));
        }
        return body;
    }

    private void start(ByteBody half) {
        // those that are there already come as one
        nextPieces =
                Math.max(1, WireNotes.pieces(request.getChannelHandlerContext().pipeline()));
        deadline = loop.schedule(
                () -> end(new Problem(RejectionReason.BODY_TIMEOUT, null)),
                limits.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
        // No InputStream: reading one that was split off hangs now and then.
        half.toByteBufferPublisher().subscribe(this);
    }

    EventExecutor loop() {
        return loop;
    }

    /** Completes on the event loop, whatever happens to the request. */
    CompletableFuture<ReceivedRequest> received() {
        return received;
    }

    @Override
    protected void hookOnNext(ByteBuffer<?> buffer) {
        ByteBuf piece = (ByteBuf) buffer.asNativeBuffer();
        if (received.isDone()) {
            piece.release();
            return;
        }
        pieces.add(piece);
        size += piece.readableBytes();
        if (size > Math.min(limits.maxBytes(), server.maxBufferBytes())) {
            end(Problem.tooLarge(limits.maxBytes() <= server.maxBufferBytes() ? null : server.bufferDetail()));
        } else if (!share.add(piece.readableBytes() + nextPieces * PIECE_OVERHEAD_BYTES)) {
            end(new Problem(RejectionReason.OVERLOADED, null));
        }
        nextPieces = 1;
    }

    @Override
    protected void hookOnComplete() {
        end(null);
    }

    @Override
    protected void hookOnError(Throwable error) {
        boolean tooLarge =
                error instanceof ContentLengthExceededException || error instanceof BufferLengthExceededException;
        end(tooLarge ? Problem.tooLarge(server.detail(error)) : new Problem(RejectionReason.BODY_UNREADABLE, null));
    }

    private void end(@Nullable Problem problem) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        cancel();
        if (!received.isDone()) {
            // without room for the body there is no room for a copy either
            boolean copied = problem == null || problem.reason() != RejectionReason.OVERLOADED;
            byte[] body = copied ? copy() : NOTHING;
            pieces.forEach(ByteBuf::release);
            pieces.clear();
            received.complete(ReceivedRequest.read(request, body, problem));
        }
    }

    private byte[] copy() {
        byte[] bytes = new byte[(int) Math.min(size, limits.maxBytes() + 1L)];
        int read = 0;
        for (ByteBuf piece : pieces) {
            int length = Math.min(piece.readableBytes(), bytes.length - read);
            piece.readBytes(bytes, read, length);
            read += length;
        }
        return bytes;
    }

    /** Gives back what was counted, once nothing holds the bytes but who was given them. */
    @Override
    public void close() {
        share.close();
    }
}
