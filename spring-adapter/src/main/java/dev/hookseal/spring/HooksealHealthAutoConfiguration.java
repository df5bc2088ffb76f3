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
 * Shows in Boot's health endpoint, as {@code hookseal}, whether the delivery store answers; and as {@code hooksealInbox},
 * how many deliveries of the inbox are in each state, or that it is out of service. Parked ones do not change the status.
 * {@code management.health.hookseal.enabled=false} switches both off.
 */
@AutoConfiguration(after = {HooksealAutoConfiguration.class, HooksealInboxAutoConfiguration.class})
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

        @Bean
        @ConditionalOnBean(InboxHealth.class)
        HealthIndicator hooksealInboxHealthIndicator(InboxHealth inbox) {
            return () -> {
                try {
                    return Health.up().withDetails(inbox.details()).build();
                } catch (RuntimeException e) {
                    return Health.outOfService().withException(e).build();
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

        @Bean
        @ConditionalOnBean(InboxHealth.class)
        org.springframework.boot.health.contributor.HealthIndicator hooksealInboxHealthIndicator(InboxHealth inbox) {
            return () -> {
                try {
                    return org.springframework.boot.health.contributor.Health.up()
                            .withDetails(inbox.details())
                            .build();
                } catch (RuntimeException e) {
                    return org.springframework.boot.health.contributor.Health.outOfService()
                            .withException(e)
                            .build();
                }
            };
        }
    }
}
