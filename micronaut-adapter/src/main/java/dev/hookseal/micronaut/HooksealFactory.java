package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.BodyProperties;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.config.EndpointSecrets;
import dev.hookseal.config.StoreProperties;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.RejectedDeliveryFiles;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.micronaut.core.convert.ConversionService;
import jakarta.inject.Singleton;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The beans of core. An application that defines a {@link DeliveryStore} or a {@link Clock} has them used instead. */
@Factory
final class HooksealFactory {
    private static final String BODY_TIMEOUT = "hookseal.body-timeout";
    private static final String BODY_BUDGET = "hookseal.body-budget";
    private static final String MAX_REMEMBERED = "hookseal.store.max-deliveries";
    private static final String KEEP = "hookseal.rejected.keep";
    private static final String MAX_KEPT = "hookseal.rejected.max-deliveries";
    private static final String MAX_SIZE = "hookseal.rejected.max-size";

    @Singleton
    ConfiguredValues configuredValues(Environment environment, ConversionService conversions) {
        return new ConfiguredValues(environment, conversions);
    }

    @Singleton
    @Requires(missingBeans = DeliveryStore.class)
    DeliveryStore deliveryStore(ConfiguredValues configured, @Nullable Clock clock) {
        int maxDeliveries = configured
                .number(MAX_REMEMBERED, "set it to the number of deliveries to remember")
                .orElse(InMemoryDeliveryStore.DEFAULT_MAX_DELIVERIES);
        return new StoreProperties(maxDeliveries).inMemory(clockOrSystem(clock));
    }

    @Singleton
    EndpointRegistry configuredEndpoints(
            ConfiguredValues configured,
            List<WebhookProvider<?>> providers,
            List<EndpointSecrets> secrets,
            DeliveryStore store,
            @Nullable Clock clock,
            List<DeliveryObserver> observers) {
        return new EndpointRegistry(
                EndpointConfiguration.read(configured),
                bodies(configured),
                providers,
                secrets,
                store,
                clockOrSystem(clock),
                Stream.concat(observers.stream(), rejectedDeliveries(configured).stream())
                        .toList());
    }

    private static BodyProperties bodies(ConfiguredValues configured) {
        return new BodyProperties(
                configured
                        .text(BODY_TIMEOUT)
                        .map(time -> configured.time(BODY_TIMEOUT, time))
                        .orElse(null),
                configured
                        .text(BODY_BUDGET)
                        .map(size -> configured.bytes(BODY_BUDGET, size))
                        .orElse(null));
    }

    private static Optional<DeliveryObserver> rejectedDeliveries(ConfiguredValues configured) {
        return configured
                .text(KEEP)
                .filter(directory -> !directory.isBlank())
                .map(directory -> new RejectedDeliveryFiles(
                        path(directory),
                        configured
                                .number(MAX_KEPT, "set it to the number of rejected deliveries to keep")
                                .orElse(RejectedDeliveryFiles.DEFAULT_MAX_DELIVERIES),
                        configured
                                .text(MAX_SIZE)
                                .map(size -> configured.bytes(MAX_SIZE, size))
                                .orElse(RejectedDeliveryFiles.DEFAULT_MAX_BYTES)));
    }

    private static Path path(String directory) {
        try {
            return Path.of(directory);
        } catch (InvalidPathException e) {
            throw new WebhookConfigurationException(
                    KEEP + " is " + directory + ", which is not a path (" + e.getReason() + ")",
                    "set it to a directory");
        }
    }

    private static Clock clockOrSystem(@Nullable Clock clock) {
        return clock == null ? Clock.systemUTC() : clock;
    }
}
