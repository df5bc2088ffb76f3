package dev.hookseal.servlet;

import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractServer;
import dev.hookseal.contract.ProviderContract;
import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.provider.ProviderKit;
import java.util.List;
import java.util.stream.Stream;

/** The contract with each provider, on the server of {@link ContractTest}. */
class ProviderContractTest extends ProviderContract {

    @Override
    protected List<ProviderKit> kits() {
        return Stream.concat(super.kits().stream(), CustomKits.all().stream()).toList();
    }

    @Override
    protected ContractServer start(ContractApplication application) {
        return new ContractTest().start(application);
    }
}
