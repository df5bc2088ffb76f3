package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.config.OfferedStore;
import dev.hookseal.redis.RedisDeliveryStore;
import dev.hookseal.redis.RedisSettings;
import dev.hookseal.store.DeliveryStore;
import io.lettuce.core.RedisClient;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A store on the configured Redis, or else on that of the application. */
final class RedisStore implements OfferedStore {
    private final GlobalProperties properties;
    private final ListableBeanFactory beans;

    RedisStore(GlobalProperties properties, ListableBeanFactory beans) {
        this.properties = properties;
        this.beans = beans;
    }

    @Override
    public String type() {
        return "redis";
    }

    @Override
    public DeliveryStore open() {
        return properties
                .value(RedisSettings.URI)
                .map(RedisDeliveryStore::builder)
                .orElseGet(() -> RedisDeliveryStore.builder(client()))
                .properties(properties)
                .build();
    }

    private RedisClient client() {
        return beans.getBeanNamesForType(RedisClient.class).length == 0
                ? SpringData.client(only(LettuceConnectionFactory.class))
                : only(RedisClient.class);
    }

    private <T> T only(Class<T> type) {
        T only = beans.getBeanProvider(type).getIfUnique();
        if (only == null) {
            throw new WebhookConfigurationException(
                    "There are several " + type.getSimpleName() + " beans, of which none is primary: "
                            + String.join(", ", beans.getBeanNamesForType(type)),
                    "set " + RedisSettings.URI.key());
        }
        return only;
    }

    /** Loaded only where there is Spring Data Redis. */
    private static final class SpringData {
        static RedisClient client(LettuceConnectionFactory factory) {
            if (!factory.isRunning()) {
                factory.start();
            }
            if (factory.getRequiredNativeClient() instanceof RedisClient client) {
                return client;
            }
            throw new WebhookConfigurationException(
                    "The Redis of spring.data.redis is a cluster, on which the delivery store does not run",
                    "set " + RedisSettings.URI.key() + " to a Redis that is not, or hookseal.store.type to another"
                            + " store");
        }
    }
}
