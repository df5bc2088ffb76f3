package dev.hookseal.servlet;

import jakarta.servlet.ServletRequest;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** Tomcat 10.1 and 11: the socket that is behind a request's facade. */
final class TomcatAccess implements ContainerConnection.Access {
    private static final ClassValue<Members> MEMBERS = new ClassValue<>() {
        @Override
        protected Members computeValue(Class<?> facade) {
            try {
                return Members.of(facade);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Another Tomcat than 10.1 and 11", e);
            }
        }
    };

    private final Members members;
    private final Object request;
    private final Object coyoteRequest;
    private final Object socket;

    private TomcatAccess(Members members, Object request, Object coyoteRequest, Object socket) {
        this.members = members;
        this.request = request;
        this.coyoteRequest = coyoteRequest;
        this.socket = socket;
    }

    private record Members(
            Field request,
            Field coyoteRequest,
            Field hook,
            Field socketWrapper,
            Method getReadTimeout,
            Method setReadTimeout,
            Method action,
            Object disableSwallowInput,
            Method getResponse,
            Method setSuspended) {

        static Members of(Class<?> facade) throws ReflectiveOperationException {
            Field request = field(facade, "request");
            Field coyoteRequest = field(request.getType(), "coyoteRequest");
            Class<?> coyote = coyoteRequest.getType();
            ClassLoader loader = coyote.getClassLoader();
            Class<?> processor = Class.forName("org.apache.coyote.AbstractProcessor", false, loader);
            Class<?> wrapper = Class.forName("org.apache.tomcat.util.net.SocketWrapperBase", false, loader);
            Class<?> actionCode = Class.forName("org.apache.coyote.ActionCode", false, loader);
            return new Members(
                    request,
                    coyoteRequest,
                    field(coyote, "hook"),
                    field(processor, "socketWrapper"),
                    wrapper.getMethod("getReadTimeout"),
                    wrapper.getMethod("setReadTimeout", long.class),
                    coyote.getMethod("action", actionCode, Object.class),
                    actionCode.getField("DISABLE_SWALLOW_INPUT").get(null),
                    request.getType().getMethod("getResponse"),
                    Class.forName("org.apache.catalina.connector.Response", false, loader)
                            .getMethod("setSuspended", boolean.class));
        }

        private static Field field(Class<?> type, String name) throws NoSuchFieldException {
            for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                for (Field field : each.getDeclaredFields()) {
                    if (field.getName().equals(name)) {
                        field.setAccessible(true);
                        return field;
                    }
                }
            }
            throw new NoSuchFieldException(type.getName() + "." + name);
        }
    }

    static TomcatAccess of(ServletRequest facade) throws IllegalAccessException {
        Members members = MEMBERS.get(facade.getClass());
        Object request = members.request.get(facade);
        Object coyoteRequest = members.coyoteRequest.get(request);
        return new TomcatAccess(
                members, request, coyoteRequest, members.socketWrapper.get(members.hook.get(coyoteRequest)));
    }

    @Override
    public long readTimeout() throws ReflectiveOperationException {
        return (long) members.getReadTimeout.invoke(socket);
    }

    @Override
    public void readTimeout(long millis) throws ReflectiveOperationException {
        members.setReadTimeout.invoke(socket, millis);
    }

    @Override
    public void leaveBody() throws ReflectiveOperationException {
        members.action.invoke(coyoteRequest, members.disableSwallowInput, null);
    }

    // After a read has failed, Tomcat drops what is written and sends its own error page.
    @Override
    public void takeAnswer() throws ReflectiveOperationException {
        members.setSuspended.invoke(members.getResponse.invoke(request), false);
    }
}
