package dev.hookseal.spring;

import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractServer;
import org.junit.jupiter.api.Tag;

/** The contract with each provider, on the server of {@link ContractOnJettyTest}. */
@Tag("full")
class ProviderContractOnJettyTest extends ProviderContractOnTomcatTest {

    @Override
    protected ContractServer start(ContractApplication application) throws Exception {
        return new ContractOnJettyTest().start(application);
    }
}
