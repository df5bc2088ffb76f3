package dev.hookseal.spring;

import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractServer;
import dev.hookseal.contract.ProviderContract;
import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.provider.ProviderKit;
import java.util.List;
import java.util.stream.Stream;

/** The contract with each provider, on the server of {@link ContractOnTomcatTest}. */
class ProviderContractOnTomcatTest extends ProviderContract {

    @Override
    protected List<ProviderKit> kits() {
        return Stream.concat(super.kits().stream(), CustomKits.all().stream()).toList();
    }

    @Override
    protected ContractServer start(ContractApplication application) throws Exception {
        return new ContractOnTomcatTest().start(application);
    }
}
