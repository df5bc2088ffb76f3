package dev.hookseal.micronaut;

import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractServer;
import dev.hookseal.contract.ProviderContract;
import dev.hookseal.fixture.provider.ContractKits;
import dev.hookseal.provider.ProviderKit;
import java.util.List;

/** The contract with each provider, on the server of {@link ContractOnNettyTest}. */
class ProviderContractOnNettyTest extends ProviderContract {

    @Override
    protected List<ProviderKit> kits() {
        return ContractKits.ofThisBuild();
    }

    @Override
    protected ContractServer start(ContractApplication application) {
        return new ContractOnNettyTest().start(application);
    }
}
