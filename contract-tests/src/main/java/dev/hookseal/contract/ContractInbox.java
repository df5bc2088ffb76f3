package dev.hookseal.contract;

import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.InboxDispatcher;
import java.time.Clock;

/**
 * One node with an inbox, as {@link InboxContract} works with it: what accepts, what handles, and what an operator can do.
 *
 * @since 0.1.0
 */
public interface ContractInbox extends AutoCloseable {

    /** What has become of a delivery. */
    enum State {
        /** No delivery with this key was accepted, or it is forgotten. */
        ABSENT,
        /** It waits, is being handled, or will be tried again. */
        OPEN,
        /** It failed for good. */
        PARKED,
        /** It was handled. */
        HANDLED,
        /** An operator gave it up. */
        DISCARDED
    }

    /** Workers of a node. */
    interface Workers extends AutoCloseable {
        /** Ends them. */
        @Override
        void close();
    }

    /** Returns what accepts deliveries. */
    Inbox inbox();

    /**
     * Handles deliveries on this node until nothing is due and nothing is being handled.
     *
     * @throws Exception if that cannot be done, which fails the test
     */
    void runDue(InboxDispatcher dispatcher) throws Exception;

    /**
     * Begins to handle deliveries on this node; closing what is returned ends it as the end of an application does, without
     * waiting for listeners that run.
     *
     * @throws Exception if that cannot be done, which fails the test
     */
    Workers start(InboxDispatcher dispatcher) throws Exception;

    /** Returns what has become of a delivery. */
    State state(String key);

    /** Has a parked delivery tried again; returns false if it is not parked. */
    boolean rerun(String key);

    /** Gives a delivery up that is parked or waits; returns false if it is in another state. */
    boolean discard(String key);

    /** Deletes what is stored of a delivery; returns false if it was never accepted. */
    boolean erase(String key);

    /**
     * Returns another node with the same inbox.
     *
     * @param clock of that node, which is wrong in some rules
     * @throws Exception if that cannot be done, which fails the test
     */
    ContractInbox anotherNode(Clock clock) throws Exception;

    /** Ends the node. */
    @Override
    void close();
}
