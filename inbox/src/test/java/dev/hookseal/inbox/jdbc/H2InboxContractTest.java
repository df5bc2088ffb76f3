package dev.hookseal.inbox.jdbc;

import dev.hookseal.contract.ContractInbox;
import dev.hookseal.contract.InboxContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** The contract on this database. */
class H2InboxContractTest extends InboxContract {
    private final DataSource dataSource;

    H2InboxContractTest() throws SQLException {
        dataSource = TestDatabase.H2.empty();
    }

    @Override
    protected ContractInbox open() {
        return new JdbcContractInbox(dataSource);
    }

    @Override
    protected void timeMoved(Duration by) throws Exception {
        JdbcContractInbox.moveTime(dataSource, by);
    }

    @Override
    protected void write(Connection transaction, String text) throws Exception {
        JdbcContractInbox.write(transaction, text);
    }

    @Override
    protected List<String> written() throws Exception {
        return JdbcContractInbox.written(dataSource);
    }
}
