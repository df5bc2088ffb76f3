package dev.hookseal.spring;

import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractServer;
import dev.hookseal.contract.ProviderContract;
import dev.hookseal.fixture.provider.ContractKits;
import dev.hookseal.provider.ProviderKit;
import java.util.List;

/** The contract with each provider, on the server of {@link ContractOnTomcatTest}. */
class ProviderContractOnTomcatTest extends ProviderContract {

    @Override
    protected List<ProviderKit> kits() {
        return ContractKits.ofThisBuild();
    }

    @Override
    protected ContractServer start(ContractApplication application) throws Exception {
        return new ContractOnTomcatTest().start(application);
    }
}
