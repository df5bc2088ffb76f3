package dev.hookseal.config;

import dev.hookseal.signature.SecretSource;
import java.util.Objects;

/**
 * The secrets of a configured endpoint, from a custom source in place of those among its properties. In Spring and
 * Micronaut it is a bean:
 *
 * <pre>{@code
 * @Bean
 * EndpointSecrets formflowSecrets(SubscribedSecrets secrets) {
 *     return new EndpointSecrets("formflow", secrets);
 * }
 * }</pre>
 *
 * @param endpoint the endpoint's name; it need have no properties at all
 * @param secrets read for each delivery
 */
public record EndpointSecrets(String endpoint, SecretSource secrets) {

    /** Checks that both are there. */
    public EndpointSecrets {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(secrets, "secrets");
    }

    @Override
    public String toString() {
        return "EndpointSecrets[" + endpoint + "]";
    }
}
