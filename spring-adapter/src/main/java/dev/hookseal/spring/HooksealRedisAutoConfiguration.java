package dev.hookseal.spring;

import dev.hookseal.config.GlobalProperties;
import dev.hookseal.config.OfferedStore;
import dev.hookseal.redis.RedisDeliveryStore;
import io.lettuce.core.RedisClient;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Offers the store of hookseal-redis where {@code hookseal.store.redis.uri} is set, or the application has a {@link
 * RedisClient} or a connection factory of Spring Data Redis on Lettuce.
 */
// Behind what makes the connection factory, by the names of Boot 3 and of Boot 4.
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration",
            "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration"
        })
@ConditionalOnClass(RedisDeliveryStore.class)
@Conditional(HooksealRedisAutoConfiguration.RedisIsThere.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class HooksealRedisAutoConfiguration {

    /** Called by the container. */
    public HooksealRedisAutoConfiguration() {}

    @Bean
    OfferedStore hooksealRedisStore(GlobalProperties properties, ListableBeanFactory beans) {
        return new RedisStore(properties, beans);
    }

    static final class RedisIsThere extends AnyNestedCondition {
        RedisIsThere() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("hookseal.store.redis.uri")
        static class Uri {}

        @ConditionalOnBean(RedisClient.class)
        static class Client {}

        @ConditionalOnBean(type = "org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory")
        static class Factory {}
    }
}
