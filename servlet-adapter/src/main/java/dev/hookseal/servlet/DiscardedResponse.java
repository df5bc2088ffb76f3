package dev.hookseal.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Makes a response for an answer that comes too late: it takes everything and keeps nothing. */
final class DiscardedResponse {
    private DiscardedResponse() {}

    static HttpServletResponse create() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                DiscardedResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> answer(method));
    }

    private static @Nullable Object answer(Method method) {
        Class<?> type = method.getReturnType();
        if (type == ServletOutputStream.class) {
            return new DiscardingStream();
        }
        if (type == PrintWriter.class) {
            return new PrintWriter(Writer.nullWriter());
        }
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? (Object) 0 : null;
    }

    private static final class DiscardingStream extends ServletOutputStream {
        @Override
        public void write(int b) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    }
}
