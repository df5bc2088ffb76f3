package dev.hookseal.micronaut;

import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractServer;
import dev.hookseal.contract.WebhookFuzz;

/** The fuzz over HTTP, on the server of {@link ContractOnNettyTest}. */
class HttpFuzzTest extends WebhookFuzz {

    @Override
    protected ContractServer start(ContractApplication application) {
        return new ContractOnNettyTest().start(application);
    }
}
