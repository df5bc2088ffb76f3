package dev.hookseal.contract;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProviders;
import java.time.Duration;
import java.util.List;

/**
 * The rules that hold for any provider, over real HTTP: each of its sample events reaches a handler once and as the
 * provider reads it, no forgery does, and nothing that is sent is answered with a server error. They know nothing of a
 * provider but its {@link ProviderKit}. Each rule is tried with each kit on the class path:
 *
 * <pre>{@code
 * class ProvidersOnTomcatTest extends ProviderContract {
 *     @Override
 *     protected ContractServer start(ContractApplication application) {
 *         return new TomcatWithTheRoutesOf(application);
 *     }
 * }
 * }</pre>
 *
 * <p>The server is that of {@link WebhookContract}; it serves {@link ContractApplication#providerEndpoints()}, too. The
 * report has a line for each rule, whatever the number of providers.
 *
 * @since 0.1.0
 */
public abstract class ProviderContract extends ProviderForgeryRules {

    @Override
    final Class<? extends ContractRun> suite() {
        return ProviderContract.class;
    }

    /**
     * Starts a server. It is stopped when all rules have been tried.
     *
     * @throws Exception if it does not start, which fails the test
     */
    @Override
    protected abstract ContractServer start(ContractApplication application) throws Exception;

    /** Returns the kits of the providers to try: those on the class path, unless overridden. */
    @Override
    protected List<ProviderKit> kits() {
        return WebhookProviders.kits();
    }

    /**
     * Returns the rules that this server does not follow; none unless overridden. A rule is named with the provider that it
     * is not followed for, such as {@code rejectsEachForgeryOfEachSample[acme]}.
     */
    @Override
    protected List<Deviation> deviations() {
        return List.of();
    }

    /** Returns how long a rule waits for an answer: 30 seconds unless overridden. */
    @Override
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }
}
