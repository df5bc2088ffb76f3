package dev.hookseal.contract;

import java.net.URI;
import java.util.Optional;

/** A running server with the routes of a {@link ContractApplication}. */
public interface ContractServer {

    /** Returns where it listens, such as {@code http://127.0.0.1:49152}. */
    URI address();

    /**
     * Returns what it runs on, for the report: names and versions, such as {@code Tomcat 10.1.55}. Java is added to it.
     */
    String runtime();

    /**
     * Returns what {@code dev.hookseal} has logged since the start, if it is not to be found on the console. The suite
     * reads what goes to {@code System.out} and {@code System.err} by itself.
     */
    default String log() {
        return "";
    }

    /**
     * Returns whether the server ends a request to {@link ContractApplication#TIMED} by itself when its time is over,
     * with an answer of 5xx; false for one that waits for a handler as long as it takes.
     */
    default boolean timesOut() {
        return true;
    }

    /**
     * Returns the store that the server has opened itself; empty if its receivers use {@link ContractApplication#store()}.
     *
     * @since 0.1.0
     */
    default Optional<ServerStore> store() {
        return Optional.empty();
    }

    /**
     * Ends it.
     *
     * @throws Exception if it cannot be ended, which fails the test
     */
    void stop() throws Exception;
}
