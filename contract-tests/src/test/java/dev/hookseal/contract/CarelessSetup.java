package dev.hookseal.contract;

import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The fault of a careless receiver and the deviation that is declared, as {@link CarelessReceiverRun} chose them. */
final class CarelessSetup implements BeforeAllCallback {
    static final String FAULT = "careless.fault";
    static final String DEVIATION = "careless.deviation";

    private Fault fault = Fault.NONE;
    private List<Deviation> deviations = List.of();

    @Override
    public void beforeAll(ExtensionContext context) {
        fault = context.getConfigurationParameter(FAULT).map(Fault::valueOf).orElseThrow();
        deviations = context.getConfigurationParameter(DEVIATION)
                .map(rule -> List.of(new Deviation(rule, "it is careless", "calls of handlers")))
                .orElse(List.of());
    }

    Fault fault() {
        return fault;
    }

    List<Deviation> deviations() {
        return deviations;
    }
}
