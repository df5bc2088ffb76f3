package dev.hookseal.spring;

import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractServer;

/** The contract with each provider, on the server of {@link ContractOnJettyTest}. */
class ProviderContractOnJettyTest extends ProviderContractOnTomcatTest {

    @Override
    protected ContractServer start(ContractApplication application) throws Exception {
        return new ContractOnJettyTest().start(application);
    }
}
