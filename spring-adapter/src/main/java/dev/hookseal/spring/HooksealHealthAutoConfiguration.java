package dev.hookseal.spring;

import dev.hookseal.store.DeliveryStore;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Shows in Boot's health endpoint, as {@code hookseal}, whether the delivery store answers.
 * {@code management.health.hookseal.enabled=false} switches it off.
 */
@AutoConfiguration(after = HooksealAutoConfiguration.class)
@ConditionalOnBean(DeliveryStore.class)
@ConditionalOnProperty(name = "management.health.hookseal.enabled", havingValue = "true", matchIfMissing = true)
public class HooksealHealthAutoConfiguration {

    /** Called by the container. */
    public HooksealHealthAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class OnBoot3 {
        @Bean
        HealthIndicator hooksealHealthIndicator(DeliveryStore store) {
            return () -> {
                try {
                    store.check();
                    return Health.up()
                            .withDetail("store", store.getClass().getSimpleName())
                            .build();
                } catch (RuntimeException e) {
                    return Health.down(e).build();
                }
            };
        }
    }

    // The types have moved, and nothing else.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(org.springframework.boot.health.contributor.HealthIndicator.class)
    static class OnBoot4 {
        @Bean
        org.springframework.boot.health.contributor.HealthIndicator hooksealHealthIndicator(DeliveryStore store) {
            return () -> {
                try {
                    store.check();
                    return org.springframework.boot.health.contributor.Health.up()
                            .withDetail("store", store.getClass().getSimpleName())
                            .build();
                } catch (RuntimeException e) {
                    return org.springframework.boot.health.contributor.Health.down(e)
                            .build();
                }
            };
        }
    }
}
