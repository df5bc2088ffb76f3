package dev.hookseal.contract;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transaction on a {@link CarelessInboxTable}: what is written in it waits for the commit. */
final class CarelessTransaction implements InvocationHandler, AutoCloseable {
    private final CarelessInboxTable table;
    private final boolean commitsEachStatement;
    private final List<String> writes = new ArrayList<>();
    private volatile boolean closed;

    CarelessTransaction(CarelessInboxTable table, boolean commitsEachStatement) {
        this.table = table;
        this.commitsEachStatement = commitsEachStatement;
    }

    /** Returns the transaction as a listener sees it. */
    Connection connection() {
        return (Connection)
                Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws SQLException {
        return switch (method.getName()) {
            case "unwrap" -> this;
            case "isClosed" -> closed;
            case "close" -> {
                close();
                yield null;
            }
            default -> throw new SQLFeatureNotSupportedException("This connection has no " + method.getName());
        };
    }

    void write(String text) throws SQLException {
        requireOpen();
        if (commitsEachStatement) {
            table.write(List.of(text));
        } else {
            writes.add(text);
        }
    }

    /** Returns what the commit of this transaction makes visible. */
    List<String> writes() throws SQLException {
        requireOpen();
        return writes;
    }

    void commit() throws SQLException {
        table.write(writes());
    }

    private void requireOpen() throws SQLException {
        if (closed) {
            throw new SQLException("The connection is closed");
        }
    }

    /** Ends it; what is not committed is gone. */
    @Override
    public void close() {
        closed = true;
    }
}
