package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import jakarta.servlet.ServletResponse;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.util.ClassUtils;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Fails the start for an annotated handler whose answer would not tell how its work ended: work that is not waited for,
 * and a view that is looked for after the handler ran.
 */
final class HandlerAnswers {
    /** The fix for work that is not waited for. */
    static final String WAIT = "do the work in the method itself, or return a CompletableFuture, a Callable or a"
            + " DeferredResult, which Spring MVC waits for";

    // By name: an application need not have them.
    private static final List<String> ASYNC_ANNOTATIONS = List.of(
            "org.springframework.scheduling.annotation.Async",
            "jakarta.ejb.Asynchronous",
            "jakarta.enterprise.concurrent.Asynchronous");
    private static final String PUBLISHER = "org.reactivestreams.Publisher";

    private static final List<Class<?>> ASYNCHRONOUS = List.of(
            Future.class,
            CompletionStage.class,
            Callable.class,
            DeferredResult.class,
            WebAsyncTask.class,
            Flow.Publisher.class,
            StreamingResponseBody.class,
            ResponseBodyEmitter.class);
    private static final List<Class<?>> WAITED_FOR = List.of(
            CompletionStage.class,
            Callable.class,
            DeferredResult.class,
            WebAsyncTask.class,
            StreamingResponseBody.class,
            ResponseBodyEmitter.class);
    private static final List<Class<?>> NO_VIEW_BY_NAME = List.of(
            HttpEntity.class,
            HttpHeaders.class,
            ErrorResponse.class,
            ProblemDetail.class,
            ModelAndView.class,
            View.class,
            StreamingResponseBody.class,
            ResponseBodyEmitter.class);

    private HandlerAnswers() {}

    /**
     * Checks what a handler returns.
     *
     * @param adapters those that may call it
     * @throws WebhookConfigurationException if the answer would not tell how its work ended
     */
    static void check(
            HandlerMethod method, AnnotatedHandler handler, Collection<RequestMappingHandlerAdapter> adapters) {
        if (adapters.stream().anyMatch(adapter -> hasOwnHandler(adapter, method.getReturnType()))) {
            return;
        }
        ResolvableType type = ResolvableType.forMethodParameter(method.getReturnType());
        checkWaiting(type, handler, adapters);
        checkView(type, method, handler);
    }

    private static void checkWaiting(
            ResolvableType type, AnnotatedHandler handler, Collection<RequestMappingHandlerAdapter> adapters) {
        if (isAsync(handler) && !is(type, List.of(CompletionStage.class))) {
            throw new WebhookConfigurationException(
                    handler
                            + " is annotated with @WebhookEndpoint and with @Async, so that Spring MVC would acknowledge"
                            + " a delivery before it is handled, and a failure would be lost",
                    "remove @Async and " + WAIT);
        }
        ResolvableType notWaitedFor = notWaitedFor(type, adapters);
        if (notWaitedFor != null) {
            throw new WebhookConfigurationException(
                    handler + " is annotated with @WebhookEndpoint and returns " + type
                            + ", and Spring MVC does not wait for the " + notWaitedFor
                            + ", so that it would acknowledge a delivery before it is handled, and a failure would be"
                            + " lost",
                    WAIT);
        }
    }

    /** Returns whether a method or its class is annotated to run in another thread. */
    static boolean isAsync(AnnotatedHandler handler) {
        return Stream.<AnnotatedElement>of(handler.method(), handler.beanClass())
                .map(element -> MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY))
                .anyMatch(annotations -> ASYNC_ANNOTATIONS.stream().anyMatch(annotations::isPresent));
    }

    private static @Nullable ResolvableType notWaitedFor(
            ResolvableType type, Collection<RequestMappingHandlerAdapter> adapters) {
        ResolvableType awaited = is(type, List.of(HttpEntity.class)) ? type.getGeneric() : type;
        boolean direct = awaited.equals(type);
        if (isWaitedFor(awaited, direct, adapters)) {
            return within(awaited, new HashSet<>());
        }
        return isAsynchronous(type) ? type : within(type, new HashSet<>());
    }

    private static boolean isWaitedFor(
            ResolvableType type, boolean direct, Collection<RequestMappingHandlerAdapter> adapters) {
        Class<?> resolved = type.resolve();
        if (resolved == null) {
            return false;
        }
        boolean reactive = !adapters.isEmpty()
                && adapters.stream()
                        .map(RequestMappingHandlerAdapter::getReactiveAdapterRegistry)
                        .allMatch(registry -> isReactive(registry, resolved));
        return reactive
                || (direct
                        ? is(type, WAITED_FOR)
                        : is(type, List.of(StreamingResponseBody.class, ResponseBodyEmitter.class)));
    }

    private static boolean isReactive(@Nullable ReactiveAdapterRegistry registry, Class<?> type) {
        return registry != null && registry.hasAdapters() && registry.getAdapter(type) != null;
    }

    private static @Nullable ResolvableType within(ResolvableType type, Set<ResolvableType> seen) {
        for (ResolvableType generic : type.getGenerics()) {
            if (isAsynchronous(generic)) {
                return generic;
            }
            ResolvableType deeper = seen.add(generic) ? within(generic, seen) : null;
            if (deeper != null) {
                return deeper;
            }
        }
        return null;
    }

    private static boolean isAsynchronous(ResolvableType type) {
        Class<?> resolved = type.resolve();
        return resolved != null
                && (is(type, ASYNCHRONOUS)
                        || ClassUtils.getAllInterfacesForClassAsSet(resolved).stream()
                                .anyMatch(each -> each.getName().equals(PUBLISHER)));
    }

    private static void checkView(ResolvableType type, HandlerMethod method, AnnotatedHandler handler) {
        ResolvableType answer =
                is(type, List.of(CompletionStage.class, Callable.class, DeferredResult.class, WebAsyncTask.class))
                        ? type.getGeneric()
                        : type;
        Class<?> resolved = answer.resolve(Object.class);
        boolean nothing = resolved == void.class || resolved == Void.class;
        if (isBody(method, handler) || is(answer, NO_VIEW_BY_NAME) || (nothing && saysNothing(method, handler))) {
            return;
        }
        throw new WebhookConfigurationException(
                handler + " is annotated with @WebhookEndpoint, and Spring MVC would look for a view after it ran, so"
                        + " that each delivery would fail or be answered with a page",
                "add @ResponseBody, make its class a @RestController, or return a ResponseEntity"
                        + (nothing ? ", or add @ResponseStatus(HttpStatus.NO_CONTENT) to the method" : "")
                        + "; where a view or a forward is meant, return a ModelAndView");
    }

    private static boolean isBody(HandlerMethod method, AnnotatedHandler handler) {
        return AnnotatedElementUtils.hasAnnotation(handler.beanClass(), ResponseBody.class)
                || AnnotatedElementUtils.hasAnnotation(method.getReturnType().getContainingClass(), ResponseBody.class)
                || method.getReturnType().hasMethodAnnotation(ResponseBody.class)
                || AnnotatedElementUtils.hasAnnotation(handler.method(), ResponseBody.class);
    }

    // With a status, or the response among its parameters, there is an answer without a view.
    private static boolean saysNothing(HandlerMethod method, AnnotatedHandler handler) {
        return method.hasMethodAnnotation(ResponseStatus.class)
                || AnnotatedElementUtils.hasAnnotation(handler.beanClass(), ResponseStatus.class)
                || Arrays.stream(method.getMethodParameters())
                        .map(MethodParameter::getParameterType)
                        .anyMatch(parameter -> ServletResponse.class.isAssignableFrom(parameter)
                                || OutputStream.class.isAssignableFrom(parameter)
                                || Writer.class.isAssignableFrom(parameter));
    }

    private static boolean hasOwnHandler(RequestMappingHandlerAdapter adapter, MethodParameter returnType) {
        List<HandlerMethodReturnValueHandler> handlers = adapter.getReturnValueHandlers();
        return handlers != null
                && handlers.stream()
                        .filter(handler -> handler.supportsReturnType(returnType))
                        .findFirst()
                        .filter(handler -> !handler.getClass().getName().startsWith("org.springframework.")
                                && !(handler instanceof ReturnedStages.Noting))
                        .isPresent();
    }

    private static boolean is(ResolvableType type, List<Class<?>> classes) {
        Class<?> resolved = type.resolve();
        return resolved != null && classes.stream().anyMatch(each -> each.isAssignableFrom(resolved));
    }
}
