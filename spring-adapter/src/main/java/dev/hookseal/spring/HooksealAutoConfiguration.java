package dev.hookseal.spring;

import dev.hookseal.config.EndpointDeliveryId;
import dev.hookseal.config.EndpointProperties;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.config.EndpointSecrets;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.config.InboxListeners;
import dev.hookseal.config.KnownProperties;
import dev.hookseal.config.OfferedStore;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.InboxDispatcher;
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
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
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
 * {@link EndpointSecrets}, {@link EndpointDeliveryId} and {@link DeliveryObserver} beans, and an {@link Inbox}.
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
    WebhookListeners hooksealListeners(ConfigurableListableBeanFactory beans) {
        return new WebhookListeners(beans);
    }

    @Bean
    BoundListeners hooksealBoundListeners(WebhookListeners listeners, EndpointRegistry endpoints) {
        return new BoundListeners(listeners, endpoints);
    }

    @Bean
    InboxDispatcher hooksealInboxDispatcher(
            BoundListeners listeners, ObjectProvider<ListenerTransactions> transactions) {
        return listeners.dispatcher(transactions.getIfAvailable(() -> ListenerTransactions.NONE));
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
            ObjectProvider<DeliveryObserver> observers,
            WebhookListeners listeners,
            ObjectProvider<Inbox> inboxes) {
        List<WebhookProvider<?>> ownProviders = providers.orderedStream().toList();
        KnownProperties known = KnownProperties.of(ownProviders);
        Map<String, EndpointProperties> endpoints = new HooksealProperties(environment).endpoints(known);
        UnusedVariables.warn(environment, known, endpoints.keySet());
        StoreMetrics timed = metrics.getIfAvailable(() -> StoreMetrics.NONE);
        InboxListeners inbox = listeners.inbox(inboxes, timed);
        EndpointRegistry.Builder registry = EndpointRegistry.builder(endpoints)
                .properties(properties)
                .providers(ownProviders)
                .secrets(secrets.orderedStream().toList())
                .deliveryIds(ids.orderedStream().toList())
                .store(timed.of(store))
                .clock(clocks.getIfUnique(Clock::systemUTC))
                .observers(Stream.concat(observers.orderedStream(), properties.rejectedDeliveries().stream())
                        .toList());
        return inbox == null ? registry.build() : registry.inbox(inbox).build();
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
