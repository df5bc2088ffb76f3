package dev.hookseal.spring;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ProviderContract;
import dev.hookseal.contract.ProviderEndpoint;
import java.lang.invoke.MethodHandles;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.description.type.TypeDescription.Generic;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.matcher.ElementMatchers;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The handler of an endpoint of {@link ProviderContract}. An annotation names one endpoint, and which ones there are is
 * known at run time: so each has a class that is generated as an application would write it, with the event's own type.
 */
class ProviderController {
    private final ProviderEndpoint endpoint;
    private final ContractApplication application;

    ProviderController(ProviderEndpoint endpoint, ContractApplication application) {
        this.endpoint = endpoint;
        this.application = application;
    }

    ResponseEntity<String> handle(Object event, VerifiedWebhook<?> webhook) {
        return ContractController.response(application.handle(endpoint.path(), event, webhook));
    }

    /** Adds the controller of an endpoint to an application that starts. */
    static void register(
            ProviderEndpoint endpoint, ContractApplication application, GenericApplicationContext starting) {
        register(generated(endpoint), endpoint, application, starting);
    }

    private static <T extends ProviderController> void register(
            Class<T> generated,
            ProviderEndpoint endpoint,
            ContractApplication application,
            GenericApplicationContext starting) {
        starting.registerBean(endpoint.name(), generated, () -> {
            try {
                return generated
                        .getDeclaredConstructor(ProviderEndpoint.class, ContractApplication.class)
                        .newInstance(endpoint, application);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("a generated controller has the constructor of its superclass", e);
            }
        });
    }

    private static Class<? extends ProviderController> generated(ProviderEndpoint endpoint) {
        Generic event = Generic.Builder.rawType(endpoint.eventClass()).build();
        return new ByteBuddy()
                .subclass(ProviderController.class)
                .annotateType(AnnotationDescription.Builder.ofType(RestController.class)
                        .build())
                .defineMethod(
                        "received",
                        Generic.Builder.parameterizedType(ResponseEntity.class, String.class)
                                .build(),
                        Visibility.PUBLIC)
                .withParameters(
                        event,
                        Generic.Builder.parameterizedType(VerifiedWebhook.class, endpoint.eventClass())
                                .build())
                .intercept(MethodCall.invoke(ElementMatchers.named("handle")).withAllArguments())
                .annotateMethod(
                        AnnotationDescription.Builder.ofType(WebhookEndpoint.class)
                                .define("value", endpoint.name())
                                .build(),
                        AnnotationDescription.Builder.ofType(PostMapping.class)
                                .defineArray("path", endpoint.path())
                                .build())
                .make()
                .load(
                        ProviderController.class.getClassLoader(),
                        ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
                .getLoaded();
    }
}
