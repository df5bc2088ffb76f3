package dev.hookseal.spring;

import dev.hookseal.inbox.jdbc.InboxTransactions;
import java.sql.Connection;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Transactions by a transaction manager of the application, in which its own {@code @Transactional} methods take part. */
final class ManagedTransactions implements InboxTransactions {
    private final PlatformTransactionManager manager;
    private final DataSource dataSource;

    /** Creates transactions on a data source that the manager manages. */
    ManagedTransactions(PlatformTransactionManager manager, DataSource dataSource) {
        this.manager = manager;
        this.dataSource = dataSource;
    }

    @Override
    public void execute(Work work) throws Exception {
        TransactionStatus status = manager.getTransaction(new DefaultTransactionDefinition());
        try {
            run(work);
        } catch (Throwable e) {
            rollBack(status, e);
            throw e;
        }
        manager.commit(status);
    }

    private void run(Work work) throws Exception {
        if (!TransactionSynchronizationManager.hasResource(dataSource)) {
            // as with a JpaTransactionManager whose JpaDialect does not know how
            throw new IllegalStateException(
                    manager.getClass().getName() + " does not give the connection of its transaction");
        }
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            work.in(connection);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private void rollBack(TransactionStatus status, Throwable failure) {
        try {
            manager.rollback(status);
        } catch (TransactionException e) {
            failure.addSuppressed(e);
        }
    }
}
