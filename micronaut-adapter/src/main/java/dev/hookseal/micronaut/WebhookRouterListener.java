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
    private final Provider<EndpointBindings> bindings;
    private final ConversionService conversions;

    WebhookRouterListener(Provider<EndpointBindings> bindings, ConversionService conversions) {
        this.bindings = bindings;
        this.conversions = conversions;
    }

    @Override
    public Router onCreated(BeanCreatedEvent<Router> event) {
        return new WebhookRouter(event.getBean(), bindings.get(), conversions);
    }
}
