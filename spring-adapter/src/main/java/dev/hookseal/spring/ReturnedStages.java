package dev.hookseal.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.MethodParameter;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.DeferredResultMethodReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitterReturnValueHandler;

/** Has each RequestMappingHandlerAdapter tell what {@link CompletionStage} a handler has returned. */
final class ReturnedStages implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof RequestMappingHandlerAdapter adapter && adapter.getReturnValueHandlers() != null) {
            List<HandlerMethodReturnValueHandler> handlers = new ArrayList<>(adapter.getReturnValueHandlers());
            handlers.replaceAll(handler -> takesStages(handler) ? new Noting(handler) : handler);
            adapter.setReturnValueHandlers(handlers);
        }
        return bean;
    }

    // With Reactor a stage is a reactive type to Spring, and another one takes it.
    private static boolean takesStages(HandlerMethodReturnValueHandler handler) {
        return handler instanceof DeferredResultMethodReturnValueHandler
                || handler instanceof ResponseBodyEmitterReturnValueHandler;
    }

    /** Does what Spring MVC's own does. */
    record Noting(HandlerMethodReturnValueHandler handler) implements HandlerMethodReturnValueHandler {
        @Override
        public boolean supportsReturnType(MethodParameter returnType) {
            return handler.supportsReturnType(returnType);
        }

        @Override
        public void handleReturnValue(
                @Nullable Object value,
                MethodParameter returnType,
                ModelAndViewContainer container,
                NativeWebRequest request)
                throws Exception {
            handler.handleReturnValue(noted(value, request), returnType, container, request);
        }

        // With Reactor, Spring cancels a stage whose request has timed out, which stops no work: hence another stage.
        private static @Nullable Object noted(@Nullable Object value, NativeWebRequest request) {
            HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
            if (!(value instanceof CompletionStage<?> stage)
                    || servletRequest == null
                    || CurrentDelivery.find(servletRequest) == null) {
                return value;
            }
            AsyncTimeouts.returned(servletRequest, stage);
            return stage.thenApply(result -> result);
        }
    }
}
