package dev.hookseal.micronaut;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.web.router.Router;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/** Puts {@link WebhookRouter} in front of the application's router. */
@Singleton
final class WebhookRouterListener implements BeanCreatedEventListener<Router> {
    private final Provider<WebhookRoutes> routes;
    private final ConversionService conversions;

    WebhookRouterListener(Provider<WebhookRoutes> routes, ConversionService conversions) {
        this.routes = routes;
        this.conversions = conversions;
    }

    @Override
    public Router onCreated(BeanCreatedEvent<Router> event) {
        return new WebhookRouter(event.getBean(), routes.get(), conversions);
    }
}
