package dev.hookseal.inbox.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source whose connections give up on a database that no longer answers. Without it, a poll or a listener's
 * statement on a connection that has gone silent would wait for ever, and the node would handle nothing until it is started
 * again. A shorter network time-out of the application is kept.
 */
final class BoundedDataSource implements DataSource {
    private final DataSource dataSource;
    private final int timeoutMillis;

    BoundedDataSource(DataSource dataSource, Duration timeout) {
        this.dataSource = dataSource;
        this.timeoutMillis = (int) timeout.toMillis();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return bounded(dataSource.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return bounded(dataSource.getConnection(user, password));
    }

    private Connection bounded(Connection connection) throws SQLException {
        int before;
        try {
            before = connection.getNetworkTimeout();
            if (before > 0 && before <= timeoutMillis) {
                return connection;
            }
            connection.setNetworkTimeout(Runnable::run, timeoutMillis);
        } catch (SQLException e) {
            // H2, which is in this process and has no network time-out
            return connection;
        }
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close") && !connection.isClosed()) {
                        restore(connection, before);
                    }
                    return call(connection, method, arguments);
                });
    }

    // as the pool and the application know it
    private static void restore(Connection connection, int before) {
        try {
            connection.setNetworkTimeout(Runnable::run, before);
        } catch (SQLException e) {
            Workers.LOG.debug("A connection could not be given back as it was", e);
        }
    }

    private static Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return dataSource.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        dataSource.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        dataSource.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return dataSource.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return dataSource.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return dataSource.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return dataSource.isWrapperFor(type);
    }
}
