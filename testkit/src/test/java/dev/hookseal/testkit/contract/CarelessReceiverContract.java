package dev.hookseal.testkit.contract;

import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The suite on a careless receiver: not a test of the build, but what {@link ContractFindsFaultsTest} runs. */
class CarelessReceiverContract extends WebhookContract {
    static final String FAULT = "careless.fault";

    private Fault fault = Fault.NONE;

    @RegisterExtension
    final BeforeAllCallback choice = context ->
            fault = context.getConfigurationParameter(FAULT).map(Fault::valueOf).orElseThrow();

    @Override
    protected ContractServer start(ContractApplication application) throws Exception {
        return new CarelessReceiver(application, fault);
    }

    // With these a rule waits in vain, which need not take as long as where it waits for a slow machine.
    @Override
    protected Duration patience() {
        return EnumSet.of(Fault.READS_ALL_BEFORE_IT_LIMITS, Fault.KNOWS_NO_DELIVERY_IN_PROGRESS)
                        .contains(fault)
                ? Duration.ofSeconds(2)
                : super.patience();
    }
}
