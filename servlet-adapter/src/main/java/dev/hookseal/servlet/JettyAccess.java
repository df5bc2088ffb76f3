package dev.hookseal.servlet;

import jakarta.servlet.ServletRequest;
import java.lang.reflect.Method;

/** Jetty 12: the end point of a request's connection. A read waits for as long as that may be idle. */
final class JettyAccess implements ContainerConnection.Access {
    private static final ClassValue<Members> MEMBERS = new ClassValue<>() {
        @Override
        protected Members computeValue(Class<?> request) {
            try {
                return Members.of(request);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Another Jetty than 12", e);
            }
        }
    };

    private final Members members;
    private final Object endPoint;

    private JettyAccess(Members members, Object endPoint) {
        this.members = members;
        this.endPoint = endPoint;
    }

    private record Members(
            Method request,
            Method metaData,
            Method connection,
            Method endPoint,
            Method getIdleTimeout,
            Method setIdleTimeout) {

        static Members of(Class<?> servletRequest) throws ReflectiveOperationException {
            Method request = servletRequest.getMethod("getRequest");
            ClassLoader loader = request.getReturnType().getClassLoader();
            Class<?> endPoint = Class.forName("org.eclipse.jetty.io.EndPoint", false, loader);
            return new Members(
                    request,
                    Class.forName("org.eclipse.jetty.server.Request", false, loader)
                            .getMethod("getConnectionMetaData"),
                    Class.forName("org.eclipse.jetty.server.ConnectionMetaData", false, loader)
                            .getMethod("getConnection"),
                    Class.forName("org.eclipse.jetty.io.Connection", false, loader)
                            .getMethod("getEndPoint"),
                    endPoint.getMethod("getIdleTimeout"),
                    endPoint.getMethod("setIdleTimeout", long.class));
        }
    }

    static JettyAccess of(ServletRequest request) throws ReflectiveOperationException {
        Members members = MEMBERS.get(request.getClass());
        Object metaData = members.metaData.invoke(members.request.invoke(request));
        return new JettyAccess(members, members.endPoint.invoke(members.connection.invoke(metaData)));
    }

    @Override
    public long readTimeout() throws ReflectiveOperationException {
        return (long) members.getIdleTimeout.invoke(endPoint);
    }

    @Override
    public void readTimeout(long millis) throws ReflectiveOperationException {
        members.setIdleTimeout.invoke(endPoint, millis);
    }

    // Jetty reads only what is there.
    @Override
    public void leaveBody() {}

    @Override
    public void takeAnswer() {}
}
