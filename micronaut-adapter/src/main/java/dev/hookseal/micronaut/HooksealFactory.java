package dev.hookseal.micronaut;

import dev.hookseal.config.EndpointDeliveryId;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.config.EndpointSecrets;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.config.InboxListeners;
import dev.hookseal.config.KnownProperties;
import dev.hookseal.config.OfferedStore;
import dev.hookseal.config.PropertyValue;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.store.DeliveryStore;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The beans of core. An application that defines a {@link DeliveryStore} or a {@link Clock} has them used instead. */
@Factory
final class HooksealFactory {
    @Singleton
    ConfiguredValues configuredValues(Environment environment) {
        return new ConfiguredValues(environment);
    }

    @Singleton
    GlobalProperties globalProperties(ConfiguredValues configured) {
        Map<String, PropertyValue> values = new HashMap<>();
        for (Setting<?> setting : GlobalProperties.settings()) {
            configured.value(setting.key()).ifPresent(value -> values.put(setting.key(), value));
        }
        return new GlobalProperties(values);
    }

    @Singleton
    @Bean(preDestroy = "close")
    OpenedStores openedStores() {
        return new OpenedStores();
    }

    @Singleton
    @Requires(missingBeans = DeliveryStore.class)
    DeliveryStore deliveryStore(
            GlobalProperties properties, List<OfferedStore> offered, @Nullable Clock clock, OpenedStores opened) {
        return opened.add(properties.deliveryStore(offered, clockOrSystem(clock)));
    }

    @Singleton
    EndpointRegistry configuredEndpoints(
            ConfiguredValues configured,
            GlobalProperties properties,
            List<WebhookProvider<?>> providers,
            List<EndpointSecrets> secrets,
            List<EndpointDeliveryId<?>> ids,
            DeliveryStore store,
            @Nullable StoreMetrics metrics,
            @Nullable Clock clock,
            List<DeliveryObserver> observers,
            ListenerMethods listeners,
            BeanProvider<Inbox> inbox) {
        EndpointRegistry.Builder registry = EndpointRegistry.builder(
                        EndpointConfiguration.read(configured, KnownProperties.of(providers)))
                .properties(properties)
                .providers(providers)
                .secrets(secrets)
                .deliveryIds(ids)
                .store(metrics == null ? store : metrics.of(store))
                .clock(clockOrSystem(clock))
                .observers(Stream.concat(observers.stream(), properties.rejectedDeliveries().stream())
                        .toList());
        InboxListeners forInbox = listeners.of(inbox, metrics);
        return (forInbox == null ? registry : registry.inbox(forInbox)).build();
    }

    private static Clock clockOrSystem(@Nullable Clock clock) {
        return clock == null ? Clock.systemUTC() : clock;
    }
}
