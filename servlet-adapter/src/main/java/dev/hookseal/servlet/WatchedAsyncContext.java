package dev.hookseal.servlet;

import jakarta.servlet.AsyncContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** Makes an asynchronous context that reports what its work throws, which Tomcat tells no listener. */
final class WatchedAsyncContext {
    private WatchedAsyncContext() {}

    /**
     * Returns a view of a context.
     *
     * @param failed takes what the work threw, and throws it again if the container is to see it
     */
    static AsyncContext of(AsyncContext context, Consumer<Throwable> failed) {
        return (AsyncContext) Proxy.newProxyInstance(
                WatchedAsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("start")) {
                        Runnable work = (Runnable) arguments[0];
                        context.start(() -> run(work, failed));
                        return null;
                    }
                    try {
                        return method.invoke(context, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void run(Runnable work, Consumer<Throwable> failed) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }
}
