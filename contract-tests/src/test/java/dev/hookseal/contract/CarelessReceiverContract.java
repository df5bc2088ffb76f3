package dev.hookseal.contract;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The suite on a careless receiver: not a test of the build, but what {@link ContractFindsFaultsTest} runs. */
class CarelessReceiverContract extends WebhookContract {
    @RegisterExtension
    final CarelessSetup setup = new CarelessSetup();

    @Override
    protected List<Deviation> deviations() {
        return setup.deviations();
    }

    @Override
    protected ContractServer start(ContractApplication application) throws Exception {
        return new CarelessReceiver(application, setup.fault());
    }

    // With these a rule waits in vain, which need not take as long as where it waits for a slow machine.
    @Override
    protected Duration patience() {
        return EnumSet.of(
                                Fault.READS_ALL_BEFORE_IT_LIMITS,
                                Fault.KNOWS_NO_DELIVERY_IN_PROGRESS,
                                Fault.HOLDS_BACK_WHAT_IS_FLUSHED)
                        .contains(setup.fault())
                ? Duration.ofSeconds(2)
                : super.patience();
    }
}
