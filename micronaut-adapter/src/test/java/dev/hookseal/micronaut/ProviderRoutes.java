package dev.hookseal.micronaut;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ProviderContract;
import dev.hookseal.contract.ProviderEndpoint;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Executable;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpResponse;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.DelegatingExecutableMethod;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.inject.annotation.AnnotationMetadataHierarchy;
import io.micronaut.inject.annotation.MutableAnnotationMetadata;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.DefaultRouteBuilder;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The routes of {@link ProviderContract}. An annotation names one endpoint, and which ones there are is known at run time:
 * so one method has a route for each, with the annotation and the event's own type that an application would write.
 */
@Singleton
@Requires(property = "spec", value = "contract")
@SuppressWarnings("overrides") // within Micronaut's own class: methods with varargs
final class ProviderRoutes extends DefaultRouteBuilder {

    ProviderRoutes(ApplicationContext context, ContractApplication application) {
        super(context);
        BeanDefinition<Handler> handler = context.getBeanDefinition(Handler.class);
        ExecutableMethod<Handler, Object> method =
                handler.getRequiredMethod("received", Object.class, VerifiedWebhook.class);
        for (ProviderEndpoint endpoint : application.providerEndpoints()) {
            POST(endpoint.path(), handler, new Route<>(method, endpoint));
        }
    }

    /** Takes what any of them verified. */
    @Singleton
    @Requires(property = "spec", value = "contract")
    static class Handler {
        private final ContractApplication application;
        private final Map<String, ProviderEndpoint> endpoints;

        Handler(ContractApplication application) {
            this.application = application;
            this.endpoints = application.providerEndpoints().stream()
                    .collect(Collectors.toMap(ProviderEndpoint::name, Function.identity()));
        }

        @Executable
        @ExecuteOn(TaskExecutors.BLOCKING)
        HttpResponse<String> received(Object event, VerifiedWebhook<?> webhook) {
            String path = endpoints.get(webhook.endpoint()).path();
            return ContractController.response(application.handle(path, event, webhook));
        }
    }

    /** The method as the handler of one endpoint. */
    private record Route<T, R>(ExecutableMethod<T, R> method, ProviderEndpoint endpoint)
            implements DelegatingExecutableMethod<T, R> {

        @Override
        public ExecutableMethod<T, R> getTarget() {
            return method;
        }

        @Override
        public AnnotationMetadata getAnnotationMetadata() {
            MutableAnnotationMetadata own = new MutableAnnotationMetadata();
            own.addDeclaredAnnotation(WebhookEndpoint.class.getName(), Map.of("value", endpoint.name()));
            return new AnnotationMetadataHierarchy(method.getAnnotationMetadata(), own);
        }

        @Override
        public Argument<?>[] getArguments() {
            return new Argument<?>[] {
                Argument.of(endpoint.eventClass(), "event"),
                Argument.of(VerifiedWebhook.class, "webhook", Argument.of(endpoint.eventClass(), "E"))
            };
        }

        @Override
        public Class<?>[] getArgumentTypes() {
            return new Class<?>[] {endpoint.eventClass(), VerifiedWebhook.class};
        }
    }
}
