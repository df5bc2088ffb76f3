package dev.hookseal.examples.micronaut;

import io.micronaut.runtime.Micronaut;

/** Receives the webhooks of Extracta LABS and of FormFlow. */
public final class MicronautExample {

    private MicronautExample() {}

    /** Starts it, on 127.0.0.1 and the port in {@code PORT}. */
    public static void main(String[] args) {
        Micronaut.run(MicronautExample.class, args);
    }
}
