package dev.hookseal.inbox.jdbc;

import dev.hookseal.contract.ContractInbox;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.jdbc.InitializeSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** A node on a database, as the contract works with it, and what the contract does with the database. */
class JdbcContractInbox implements ContractInbox {
    private final DataSource dataSource;
    private final JdbcInbox inbox;
    private final InboxOperations operations;

    JdbcContractInbox(DataSource dataSource) {
        this.dataSource = dataSource;
        this.inbox = JdbcInbox.builder(dataSource)
                .initializeSchema(InitializeSchema.ALWAYS)
                .build();
        this.operations = InboxOperations.of(inbox);
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    InboxWorkers.Builder workers(InboxDispatcher dispatcher) {
        return InboxWorkers.builder(inbox, dispatcher)
                .retries(new RetryPolicy(3, Duration.ofMinutes(10), 2, Duration.ofMinutes(20), 2))
                .pollInterval(Duration.ofMillis(20))
                .heartbeat(Duration.ofMillis(500))
                .shutdownWait(Duration.ofMillis(1));
    }

    @Override
    public Workers start(InboxDispatcher dispatcher) {
        InboxWorkers workers = workers(dispatcher).build();
        workers.start();
        return workers::close;
    }

    @Override
    public void runDue(InboxDispatcher dispatcher) throws Exception {
        Workers workers = start(dispatcher);
        try {
            while (number(
                            "select count(*) from hookseal_inbox where inbox_status = 0 and (picked = true or execution_time <= "
                                    + inbox.dialect().now() + ")")
                    > 0) {
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        } finally {
            workers.close();
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public State state(String key) {
        return operations
                .show(key)
                .map(entry -> State.valueOf(entry.status().name()))
                .orElse(State.ABSENT);
    }

    @Override
    public boolean rerun(String key) {
        return operations.rerun(key);
    }

    @Override
    public boolean discard(String key) {
        return operations.discard(key);
    }

    @Override
    public boolean erase(String key) {
        return operations.erase(key);
    }

    // Nothing takes the clock: that is the rule.
    @Override
    public ContractInbox anotherNode(Clock clock) {
        return new JdbcContractInbox(dataSource);
    }

    @Override
    public void close() {
        inbox.close();
    }

    static void moveTime(DataSource dataSource, Duration by) throws SQLException {
        for (String column : List.of("execution_time", "accepted_at", "expires_at", "no_listener_since")) {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement statement = connection.prepareStatement("update hookseal_inbox set " + column
                            + " = " + column + " - cast(? as numeric) * interval '1' second where extract(year from "
                            + column + ") < 9000")) {
                statement.setLong(1, by.toSeconds());
                statement.executeUpdate();
            }
        }
    }

    static void createBusinessTable(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.createStatement().execute("create table if not exists business (text varchar(250))");
        }
    }

    static void write(Connection transaction, String text) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement("insert into business (text) values (?)")) {
            statement.setString(1, text);
            statement.executeUpdate();
        }
    }

    static List<String> written(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("select text from business")) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }
}
