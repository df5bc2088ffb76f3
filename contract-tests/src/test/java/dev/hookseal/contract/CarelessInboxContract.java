package dev.hookseal.contract;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The suite on a careless inbox: not a test of the build, but what {@link InboxContractFindsFaultsTest} runs. */
class CarelessInboxContract extends InboxContract {
    private CarelessInboxTable table = new CarelessInboxTable(InboxFault.NONE);

    @RegisterExtension
    final BeforeEachCallback choice =
            context -> table = new CarelessInboxTable(context.getConfigurationParameter(CarelessRun.FAULT)
                    .map(InboxFault::valueOf)
                    .orElseThrow());

    @Override
    protected ContractInbox open() {
        return new CarelessInbox(table, Clock.systemUTC());
    }

    @Override
    protected void timeMoved(Duration by) {
        table.timeMoved(by);
    }

    @Override
    protected void write(Connection transaction, String text) throws Exception {
        transaction.unwrap(CarelessTransaction.class).write(text);
    }

    @Override
    protected List<String> written() {
        return table.written();
    }
}
