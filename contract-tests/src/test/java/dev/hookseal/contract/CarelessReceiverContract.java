package dev.hookseal.contract;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The suite on a careless receiver: not a test of the build, but what {@link ContractFindsFaultsTest} runs. */
class CarelessReceiverContract extends WebhookContract {
    static final String FAULT = "careless.fault";
    static final String DEVIATION = "careless.deviation";

    private Fault fault = Fault.NONE;
    private List<Deviation> deviations = List.of();

    @RegisterExtension
    final BeforeAllCallback choice = context -> {
        fault = context.getConfigurationParameter(FAULT).map(Fault::valueOf).orElseThrow();
        deviations = context.getConfigurationParameter(DEVIATION)
                .map(rule -> List.of(new Deviation(rule, "it is careless", "calls of handlers")))
                .orElse(List.of());
    };

    @Override
    protected List<Deviation> deviations() {
        return deviations;
    }

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
