package dev.hookseal.micronaut;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.receive.WebhookReceiver;
import io.micronaut.context.BeanContext;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.core.type.Argument;
import io.micronaut.http.bind.RequestBinderRegistry;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.Route;
import io.micronaut.web.router.RouteBuilder;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/**
 * Registers the binders and checks every route, once all beans are known and before a server is bound. A wrong
 * configuration is thrown bare: Micronaut logs an exception with all of its causes, and would show in front of them where
 * it was about to inject what.
 */
@Singleton
final class StartupCheck implements ApplicationEventListener<StartupEvent> {
    private static final String WEB_SOCKET = "io.micronaut.websocket.annotation.WebSocketComponent";

    private final BeanContext context;

    StartupCheck(BeanContext context) {
        this.context = context;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        try {
            check();
        } catch (RuntimeException e) {
            throw bare(e);
        }
    }

    private static RuntimeException bare(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WebhookConfigurationException wrong) {
                wrong.setStackTrace(new StackTraceElement[0]);
                return wrong;
            }
        }
        return failure;
    }

    private void check() {
        EndpointRegistry endpoints = context.getBean(EndpointRegistry.class);
        EndpointBindings bindings = context.getBean(EndpointBindings.class);
        register(VerifiedWebhook.class, webhook -> webhook);
        for (WebhookReceiver<?> receiver : endpoints.receivers().values()) {
            register(receiver.provider().eventClass(), VerifiedWebhook::event);
        }
        for (BeanDefinition<?> socket : context.getBeanDefinitions(Qualifiers.byStereotype(WEB_SOCKET))) {
            socket.getExecutableMethods().forEach(bindings::checkWebSocket);
        }
        // Micronaut's router gives each of them twice
        List<UriRouteInfo<?, ?>> all =
                context.getBean(Router.class).uriRoutes().distinct().toList();
        bindings.check(all);
        for (RouteBuilder builder : context.getBeansOfType(RouteBuilder.class)) {
            builder.getErrorRoutes().forEach(route -> bindings.checkErrorRoute(method(route)));
            builder.getStatusRoutes().forEach(route -> bindings.checkErrorRoute(method(route)));
        }
        context.getBean(InboxDispatcher.class);
        new AnnotatedBeans(all, route -> bindings.of(route) != null).check(context.getAllBeanDefinitions());
        context.getBean(ServerLimits.class).warnOfLower(endpoints.receivers().values());
    }

    private static ExecutableMethod<?, ?> method(Route route) {
        return ((MethodBasedRouteInfo<?, ?>) route.toRouteInfo())
                .getTargetMethod()
                .getExecutableMethod();
    }

    // The server has a separate registry beside the general one.
    private <T> void register(Class<T> type, Function<VerifiedWebhook<?>, Object> view) {
        EventBinder<T> binder = new EventBinder<>(Argument.of(type), view);
        context.getBeansOfType(RequestBinderRegistry.class).forEach(registry -> registry.addArgumentBinder(binder));
    }
}
