package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.inbox.jdbc.InboxTransactions;
import io.micronaut.context.BeanContext;
import io.micronaut.context.Qualifier;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.BeanInstantiationException;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transactions of Micronaut Data, which surround the methods of beans. */
@Singleton
@Requires(classes = {TransactionOperations.class, InboxTransactions.class})
@Requires(beans = {TransactionOperations.class, StoreDataSource.class})
final class DataTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(DataTransactions.class);

    private final BeanContext context;
    // null where those of the inbox's data source are not by JDBC, but by Hibernate for example, or there are none
    private final @Nullable TransactionOperations<Connection> ofInbox;

    DataTransactions(StoreDataSource dataSource, BeanContext context) {
        this.context = context;
        this.ofInbox = find(context, dataSource.name());
    }

    private static @Nullable TransactionOperations<Connection> find(BeanContext context, @Nullable String dataSource) {
        try {
            return context.findBean(Argument.of(TransactionOperations.class, Connection.class), qualifier(dataSource))
                    .map(DataTransactions::ofConnections)
                    .orElse(null);
        } catch (BeanInstantiationException e) {
            LOG.debug("Micronaut Data has no transactions on the data source of the inbox", e);
            return null;
        }
    }

    @SuppressWarnings("unchecked") // the type of its connections was looked for
    private static TransactionOperations<Connection> ofConnections(TransactionOperations<?> operations) {
        return (TransactionOperations<Connection>) operations;
    }

    private static <T> @Nullable Qualifier<T> qualifier(@Nullable String name) {
        return name == null ? null : Qualifiers.byName(name);
    }

    /** Returns whether there are transactions on the data source of the inbox. */
    boolean includeInbox() {
        return ofInbox != null;
    }

    /**
     * Returns whether a listener's transaction is one on the data source of the inbox.
     *
     * @throws WebhookConfigurationException if nothing has the name of its transaction manager
     */
    boolean includeInbox(ListenerTransaction transaction) {
        if (transaction.manager() == null && !transaction.isMicronauts()) {
            // nothing but the inbox makes a transaction for it
            return true;
        }
        if (ofInbox == null) {
            return false;
        }
        Optional<TransactionOperations<?>> operations = context.findBean(
                        TransactionOperations.class, qualifier(transaction.manager()))
                .map(found -> (TransactionOperations<?>) found);
        return operations.orElseThrow(transaction::hasUnknownManager).equals(ofInbox);
    }

    /** Runs work in a transaction on the data source of the inbox. */
    void execute(InboxTransactions.Work work) {
        Objects.requireNonNull(ofInbox).execute(TransactionDefinition.DEFAULT, status -> {
            work.in(status.getConnection());
            if (status.isRollbackOnly()) {
                // Micronaut would roll back and say nothing, and the delivery would count as handled
                throw new IllegalStateException("The listener has set its transaction to roll back only");
            }
            return null;
        });
    }
}
