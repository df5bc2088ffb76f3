package dev.hookseal.config;

import dev.hookseal.signature.SecretSource;
import java.util.Objects;

/**
 * The secrets of a configured endpoint, from a source of the application's own in place of those among its properties.
 * In Spring and Micronaut it is a bean:
 *
 * <pre>{@code
 * @Bean
 * EndpointSecrets formflowSecrets(SubscribedSecrets secrets) {
 *     return new EndpointSecrets("formflow", secrets);
 * }
 * }</pre>
 *
 * @param endpoint the endpoint's name; it need have no properties at all
 * @param secrets asked for each delivery
 */
public record EndpointSecrets(String endpoint, SecretSource secrets) {

    /** The secrets of an endpoint. */
    public EndpointSecrets {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(secrets, "secrets");
    }

    @Override
    public String toString() {
        return "EndpointSecrets[" + endpoint + "]";
    }
}
