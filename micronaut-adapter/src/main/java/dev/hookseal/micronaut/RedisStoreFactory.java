package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.config.OfferedStore;
import dev.hookseal.redis.RedisDeliveryStore;
import dev.hookseal.redis.RedisSettings;
import dev.hookseal.store.DeliveryStore;
import io.lettuce.core.RedisClient;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.NonUniqueBeanException;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * Offers the store of hookseal-redis where {@code hookseal.store.redis.uri} is set, or the application has a {@link
 * RedisClient}, as it has with micronaut-redis-lettuce.
 */
@Factory
@Requires(classes = RedisDeliveryStore.class)
final class RedisStoreFactory {
    private static final String URI = "hookseal.store.redis.uri";

    @Singleton
    @Requires(property = URI)
    OfferedStore redisStoreAtUri(GlobalProperties properties) {
        return offered(
                properties,
                () -> RedisDeliveryStore.builder(
                        properties.value(RedisSettings.URI).orElseThrow()));
    }

    @Singleton
    @Requires(missingProperty = URI)
    @Requires(beans = RedisClient.class)
    OfferedStore redisStoreOfClient(GlobalProperties properties, BeanContext context) {
        return offered(properties, () -> RedisDeliveryStore.builder(client(context)));
    }

    private static RedisClient client(BeanContext context) {
        try {
            return context.getBean(RedisClient.class);
        } catch (NonUniqueBeanException e) {
            throw new WebhookConfigurationException(
                    "There are several RedisClient beans, of which none is primary", "set " + RedisSettings.URI.key());
        }
    }

    private static OfferedStore offered(GlobalProperties properties, Supplier<RedisDeliveryStore.Builder> builder) {
        return new OfferedStore() {
            @Override
            public String type() {
                return "redis";
            }

            @Override
            public DeliveryStore open() {
                return builder.get().properties(properties).build();
            }
        };
    }
}
