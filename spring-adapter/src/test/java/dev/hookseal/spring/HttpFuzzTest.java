package dev.hookseal.spring;

import dev.hookseal.testkit.contract.ContractApplication;
import dev.hookseal.testkit.contract.ContractServer;
import dev.hookseal.testkit.contract.WebhookFuzz;

/** The fuzz over HTTP, on the server of {@link ContractOnTomcatTest}. */
class HttpFuzzTest extends WebhookFuzz {

    @Override
    protected ContractServer start(ContractApplication application) {
        return new ContractOnTomcatTest().start(application);
    }
}
