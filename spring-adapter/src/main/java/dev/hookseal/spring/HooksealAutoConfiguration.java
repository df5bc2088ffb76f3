package dev.hookseal.spring;

import dev.hookseal.config.EndpointDeliveryId;
import dev.hookseal.config.EndpointProperties;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.config.EndpointSecrets;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.config.KnownProperties;
import dev.hookseal.config.OfferedStore;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.servlet.BodyCachingFilter;
import dev.hookseal.store.DeliveryStore;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Webhooks in a Spring Boot application with Spring MVC. It is on as soon as it is there: no property switches it on or
 * off, and a handler that lacks a secret fails the start.
 *
 * <p>An application may define a {@link DeliveryStore}, a {@link Clock}, and any number of {@link WebhookProvider},
 * {@link EndpointSecrets}, {@link EndpointDeliveryId} and {@link DeliveryObserver} beans.
 */
@AutoConfiguration
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(HooksealMvcConfiguration.class)
public class HooksealAutoConfiguration {
    // Behind the filters that set an encoding or read forwarded headers, before all that may read a body.
    private static final int CACHING_FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 50;

    /** Called by the container. */
    public HooksealAutoConfiguration() {}

    // A part of binding, which may happen before there are any post-processors of beans.
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PropertyFailures hooksealPropertyFailures() {
        return new PropertyFailures();
    }

    @Bean
    GlobalProperties hooksealGlobalProperties(Environment environment) {
        return new HooksealProperties(environment).global();
    }

    @Bean
    @ConditionalOnMissingBean(DeliveryStore.class)
    DeliveryStore hooksealDeliveryStore(
            GlobalProperties properties, ObjectProvider<OfferedStore> offered, ObjectProvider<Clock> clocks) {
        return properties.deliveryStore(offered.orderedStream().toList(), clocks.getIfUnique(Clock::systemUTC));
    }

    @Bean
    EndpointRegistry hooksealEndpoints(
            GlobalProperties properties,
            ConfigurableEnvironment environment,
            ObjectProvider<WebhookProvider<?>> providers,
            ObjectProvider<EndpointSecrets> secrets,
            ObjectProvider<EndpointDeliveryId<?>> ids,
            DeliveryStore store,
            ObjectProvider<StoreMetrics> metrics,
            ObjectProvider<Clock> clocks,
            ObjectProvider<DeliveryObserver> observers) {
        List<WebhookProvider<?>> ownProviders = providers.orderedStream().toList();
        KnownProperties known = KnownProperties.of(ownProviders);
        Map<String, EndpointProperties> endpoints = new HooksealProperties(environment).endpoints(known);
        UnusedVariables.warn(environment, known, endpoints.keySet());
        return EndpointRegistry.builder(endpoints)
                .properties(properties)
                .providers(ownProviders)
                .secrets(secrets.orderedStream().toList())
                .deliveryIds(ids.orderedStream().toList())
                .store(metrics.getIfAvailable(() -> StoreMetrics.NONE).of(store))
                .clock(clocks.getIfUnique(Clock::systemUTC))
                .observers(Stream.concat(observers.orderedStream(), properties.rejectedDeliveries().stream())
                        .toList())
                .build();
    }

    @Bean
    FilterRegistrationBean<BodyCachingFilter> hooksealBodyCachingFilter(EndpointRegistry endpoints) {
        FilterRegistrationBean<BodyCachingFilter> registration = new FilterRegistrationBean<>(
                new BodyCachingFilter(endpoints.receivers().values()));
        registration.setOrder(CACHING_FILTER_ORDER);
        registration.setAsyncSupported(true);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }

    @Bean
    FilterRegistrationBean<Filter> hooksealEarlyRejectionFilter(
            ObjectProvider<MappedEndpoints> endpoints, ApplicationContext context) {
        FilterRegistrationBean<Filter> registration =
                new FilterRegistrationBean<>(new EarlyRejectionFilter(endpoints::getObject, context));
        registration.setOrder(CACHING_FILTER_ORDER + 1);
        registration.setAsyncSupported(true);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }
}
