package dev.hookseal.spring;

import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractServer;
import dev.hookseal.contract.WebhookFuzz;

/** The fuzz over HTTP, on the server of {@link ContractOnTomcatTest}. */
class HttpFuzzTest extends WebhookFuzz {

    @Override
    protected ContractServer start(ContractApplication application) throws Exception {
        return new ContractOnTomcatTest().start(application);
    }
}
