package dev.hookseal.inbox.jdbc;

import dev.hookseal.contract.ContractInbox;
import dev.hookseal.contract.InboxContract;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** The contract on H2, in memory. */
class H2InboxContractTest extends InboxContract {
    private final DataSource dataSource =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");

    @Override
    protected ContractInbox open() throws Exception {
        JdbcContractInbox.createBusinessTable(dataSource);
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
