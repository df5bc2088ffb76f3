package dev.hookseal.micronaut;

import dev.hookseal.WebhookProvider;
import dev.hookseal.adapter.ConfiguredEndpoints;
import dev.hookseal.delivery.DeliveryObserver;
import dev.hookseal.delivery.DeliveryStore;
import dev.hookseal.delivery.InMemoryDeliveryStore;
import dev.hookseal.signature.EndpointSecrets;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.type.Argument;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The beans of core. An application that defines a {@link DeliveryStore} or a {@link Clock} has them used instead. */
@Factory
final class HooksealFactory {
    static final String MAX_DELIVERIES = "hookseal.store.max-deliveries";

    @Singleton
    @Requires(missingBeans = DeliveryStore.class)
    DeliveryStore deliveryStore(Environment environment, ConversionService conversions, @Nullable Clock clock) {
        // by hand, since Micronaut injects null for a number that is none
        int maxDeliveries = environment
                .getProperty(MAX_DELIVERIES, String.class)
                .map(value -> conversions.convertRequired(value, Argument.of(Integer.class, MAX_DELIVERIES)))
                .orElse(InMemoryDeliveryStore.DEFAULT_MAX_DELIVERIES);
        return new InMemoryDeliveryStore(clockOrSystem(clock), maxDeliveries);
    }

    @Singleton
    ConfiguredEndpoints configuredEndpoints(
            Environment environment,
            ConversionService conversions,
            List<WebhookProvider<?>> providers,
            List<EndpointSecrets> secrets,
            DeliveryStore store,
            @Nullable Clock clock,
            List<DeliveryObserver> observers) {
        return new ConfiguredEndpoints(
                EndpointConfiguration.read(environment, conversions),
                providers,
                secrets,
                store,
                clockOrSystem(clock),
                observers);
    }

    private static Clock clockOrSystem(@Nullable Clock clock) {
        return clock == null ? Clock.systemUTC() : clock;
    }
}
