package dev.hookseal.inbox.jdbc;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A place in a node where it tells the one who ends it that it is there, and goes no further. */
final class Trap {
    private final PrintStream out;
    private final AtomicReference<@Nullable Place> armed = new AtomicReference<>();

    /** What the node does there. */
    enum Part {
        ACCEPT,
        HANDLER,
        COMPLETION
    }

    /** Before the statement, or the commit, that makes it last; while it is on its way; or after it. */
    enum Moment {
        BEFORE,
        DURING,
        AFTER
    }

    record Place(Part part, Moment moment) {
        static Place of(String text) {
            String[] words = text.split(" ", -1);
            return new Place(Part.valueOf(words[0]), Moment.valueOf(words[1]));
        }

        @Override
        public String toString() {
            return part + " " + moment;
        }
    }

    /** What is done at a place. */
    @FunctionalInterface
    interface Step {
        Object run() throws Throwable;
    }

    Trap(PrintStream out) {
        this.out = out;
    }

    void arm(Place place) {
        armed.set(place);
        out.println("armed");
    }

    /** Runs a step, with its three places. */
    Object around(Part part, Step step) throws Throwable {
        reach(part, Moment.BEFORE);
        reach(part, Moment.DURING);
        Object result = step.run();
        reach(part, Moment.AFTER);
        return result;
    }

    private void reach(Part part, Moment moment) throws InterruptedException {
        Place place = armed.get();
        if (place != null && place.equals(new Place(part, moment)) && armed.compareAndSet(place, null)) {
            out.println("reached");
            if (moment != Moment.DURING) {
                new CountDownLatch(1).await();
            }
        }
    }

    /** Returns a data source with the places of accept and completion. */
    DataSource within(DataSource dataSource) {
        return proxy(DataSource.class, (method, arguments) -> {
            Object result = call(dataSource, method, arguments);
            return result instanceof Connection connection ? within(connection) : result;
        });
    }

    private Connection within(Connection connection) {
        boolean[] completes = {false};
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("commit") && completes[0]) {
                completes[0] = false;
                return around(Part.COMPLETION, () -> call(connection, method, arguments));
            }
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement
                    ? within(statement, (String) arguments[0], connection, completes)
                    : result;
        });
    }

    private PreparedStatement within(
            PreparedStatement statement, String sql, Connection connection, boolean[] completes) {
        if (sql.startsWith("insert into hookseal_inbox")) {
            return around(statement, Part.ACCEPT);
        }
        if (sql.contains("inbox_status = 2") && isAutoCommit(connection)) {
            return around(statement, Part.COMPLETION);
        }
        completes[0] |= sql.contains("inbox_status = 2");
        return statement;
    }

    private static boolean isAutoCommit(Connection connection) {
        try {
            return connection.getAutoCommit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private PreparedStatement around(PreparedStatement statement, Part part) {
        return proxy(
                PreparedStatement.class,
                (method, arguments) -> method.getName().equals("executeUpdate")
                        ? around(part, () -> call(statement, method, arguments))
                        : call(statement, method, arguments));
    }

    /** What a proxy does. */
    @FunctionalInterface
    private interface Call {
        @Nullable
        Object of(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.of(method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
