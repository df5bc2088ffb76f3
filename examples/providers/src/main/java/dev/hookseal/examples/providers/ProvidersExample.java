package dev.hookseal.examples.providers;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Receives the webhooks of several providers. */
@SpringBootApplication
public class ProvidersExample {

    /** Starts it, on 127.0.0.1 and the port in {@code PORT}. */
    public static void main(String[] args) {
        SpringApplication.run(ProvidersExample.class, args);
    }
}
