package dev.hookseal.servlet;

import dev.hookseal.request.ReadTimeout;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of a request, as far as its container gives access to it. The Servlet API can neither limit how long
 * a read waits nor tell a container to leave the rest of a body alone. Polling {@code available()} does not help:
 * Tomcat's looks only at bytes that a read has fetched before, and Jetty's does not tell an end or a failure.
 */
final class ContainerConnection implements ReadTimeout, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerConnection.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    // A container may wake up a little early, and what ends before its time counts as broken, not as late.
    private static final Duration MARGIN = Duration.ofMillis(10);

    private final ServletRequest request;
    private @Nullable Access access;
    private long timeoutBefore = -1;

    private ContainerConnection(ServletRequest request) {
        this.request = request;
    }

    /** The features of a container beyond the Servlet API. */
    interface Access {
        /** Returns how long a read waits, in milliseconds. */
        long readTimeout() throws ReflectiveOperationException;

        /** Has reads wait no longer than this, in milliseconds. */
        void readTimeout(long millis) throws ReflectiveOperationException;

        /** Has the container not read what is left of the body. */
        void leaveBody() throws ReflectiveOperationException;

        /** Has the container take an answer after a read has failed. */
        void takeAnswer() throws ReflectiveOperationException;
    }

    static ContainerConnection of(ServletRequest request) {
        return new ContainerConnection(innermost(request));
    }

    /** Returns the container's own request. */
    static ServletRequest innermost(ServletRequest request) {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        return innermost;
    }

    /** Returns whether a read can be limited, so that it is safe to wait for more. */
    boolean isLimited() {
        return access() != null;
    }

    @Override
    public void set(Duration atMost) {
        use(found -> {
            if (timeoutBefore < 0) {
                timeoutBefore = found.readTimeout();
            }
            found.readTimeout(atMost.plus(MARGIN).toMillis());
        });
    }

    /** Has the container not wait for the rest of a body that is not read. */
    void leaveBody() {
        use(Access::leaveBody);
    }

    /** Has the container take an answer instead of its error page for a read that has failed. */
    void takeAnswer() {
        use(Access::takeAnswer);
    }

    private interface Use {
        void of(Access access) throws ReflectiveOperationException;
    }

    private void use(Use use) {
        Access found = access();
        if (found == null) {
            return;
        }
        try {
            use.of(found);
        } catch (ReflectiveOperationException | RuntimeException e) {
            warn(e);
        }
    }

    /** Gives back the limit that the container had. */
    @Override
    public void close() {
        if (timeoutBefore >= 0) {
            use(found -> found.readTimeout(timeoutBefore));
        }
    }

    private @Nullable Access access() {
        if (access == null && request.getProtocol().startsWith("HTTP/1")) {
            try {
                access = find(request);
            } catch (ReflectiveOperationException | RuntimeException e) {
                warn(e);
            }
        }
        return access;
    }

    private static @Nullable Access find(ServletRequest request) throws ReflectiveOperationException {
        String container = request.getClass().getName();
        if (container.startsWith("org.apache.catalina.")) {
            return TomcatAccess.of(request);
        }
        return container.startsWith("org.eclipse.jetty.") ? JettyAccess.of(request) : null;
    }

    private static void warn(Exception e) {
        if (WARNED.compareAndSet(false, true)) {
            LOG.warn(
                    "This version of the servlet container does not let Hookseal limit a read, so that a slow sender"
                            + " holds a thread for as long as the container lets it: set the container's own limits"
                            + " (Tomcat: connectionTimeout=10000, maxSwallowSize=0)",
                    e);
        }
    }
}
