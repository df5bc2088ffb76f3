package dev.hookseal.contract;

import java.time.Duration;
import java.util.List;

/**
 * The rules for a receiver of webhooks, over real HTTP: it accepts what is genuine, byte for byte, rejects the rest
 * without calling a handler, is quiet about the reason, and handles each delivery once. The test of an adapter extends
 * it and says how a server with the routes of a {@link ContractApplication} is started:
 *
 * <pre>{@code
 * class ContractOnTomcatTest extends WebhookContract {
 *     @Override
 *     protected ContractServer start(ContractApplication application) {
 *         return new TomcatWithTheRoutesOf(application);
 *     }
 * }
 * }</pre>
 *
 * <p>All rules of a class share one server; they leave it as they find it, whatever their order, and run one after the
 * other. Where JUnit's configuration parameter {@code hookseal.contract.report} names a folder, a file of tab-separated
 * values is written there, with a line for each rule: the runtime, the rule's group, its name, {@code kept},
 * {@code deviates} or {@code broken}, the reason of a deviation, and the {@linkplain ContractServer#store() server's own
 * store}.
 *
 * <p>{@link ProviderContract} has the rules that hold for each provider.
 */
public abstract class WebhookContract extends ProviderRules {

    @Override
    final Class<? extends ContractRun> suite() {
        return WebhookContract.class;
    }

    /**
     * Starts a server. It is stopped when all rules have been tried.
     *
     * @throws Exception if it does not start, which fails the test
     */
    @Override
    protected abstract ContractServer start(ContractApplication application) throws Exception;

    /** Returns the rules that this server does not follow; none unless overridden. */
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
