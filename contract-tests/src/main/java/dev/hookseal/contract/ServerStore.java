package dev.hookseal.contract;

import java.time.Duration;

/**
 * The delivery store of a {@link ContractServer} that opens one itself, as its framework does for an application: a
 * database, for instance. It goes by a clock that no rule can move, and works or fails without the suite, so the test says
 * how both are done.
 *
 * @since 0.1.0
 */
public interface ServerStore {

    /** Returns what it is, for the report, such as {@code JDBC on H2}. */
    String name();

    /**
     * Does for the store what moving its clock would do: what was stored is over by so much sooner.
     *
     * @throws Exception if it cannot be done, which fails the rule
     */
    void timeMoved(Duration by) throws Exception;

    /**
     * Has the store fail each claim, or work again. It has taken effect when this returns.
     *
     * @throws Exception if it cannot be done, which fails the rule
     */
    void down(boolean down) throws Exception;
}
