package dev.hookseal.micronaut;

import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Executor;

/**
 * Goes on with a request where it was before it was verified: on its event loop, from which Micronaut takes the route to
 * an executor if it is to run on one, or on a thread that may block, if a filter has led it to one.
 */
final class RouteThread {

    private RouteThread() {}

    static Executor of(NettyHttpRequest<?> request, Executor blocking) {
        EventExecutor loop = request.getChannelHandlerContext().executor();
        return loop.inEventLoop() ? loop : blocking;
    }
}
