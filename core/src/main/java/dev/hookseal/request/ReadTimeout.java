package dev.hookseal.request;

import java.time.Duration;

/** Limits how long reads of a body wait for its next bytes, if the server lets an adapter do so. */
@FunctionalInterface
public interface ReadTimeout {
    /** For a server that does not: a read waits as long as the server has it wait. */
    ReadTimeout OF_THE_SERVER = atMost -> {};

    /**
     * Makes the next reads of this body end with an {@link java.io.IOException} if nothing arrives within this time.
     */
    void set(Duration atMost);
}
