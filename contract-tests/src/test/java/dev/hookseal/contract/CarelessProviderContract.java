package dev.hookseal.contract;

import dev.hookseal.fixture.provider.ContractKits;
import dev.hookseal.provider.ProviderKit;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same for the suite with each provider. */
class CarelessProviderContract extends ProviderContract {
    @RegisterExtension
    final CarelessSetup setup = new CarelessSetup();

    @Override
    protected List<ProviderKit> kits() {
        return switch (setup.fault()) {
            // with each of them the receiver waits until its connection is given up
            case READS_THE_BODY_BEFORE_IT_LOOKS_FOR_A_SIGNATURE -> List.of(new ContractKit());
            case NONE -> ContractKits.ofThisBuild();
            default -> ContractKits.all();
        };
    }

    @Override
    protected List<Deviation> deviations() {
        return setup.deviations();
    }

    @Override
    protected ContractServer start(ContractApplication application) throws Exception {
        return new CarelessReceiver(application, setup.fault());
    }
}
