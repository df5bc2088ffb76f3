package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;

/** Fails the start for a listener that a worker could not call, or whose end would not tell how its work ended. */
final class ListenerCheck {
    private static final List<String> SCOPES_OF_REQUESTS = List.of("request", "session", "websocket");
    private static final String CONTINUATION = "kotlin.coroutines.Continuation";

    private ListenerCheck() {}

    /**
     * Checks the method and the scope of its bean, before the bean is made.
     *
     * @throws WebhookConfigurationException if it cannot be a listener
     */
    static void check(ListenerMethod listener, ConfigurableListableBeanFactory beans) {
        Method method = listener.handler().method();
        if (AnnotatedHandler.find(method) != null
                || AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class)) {
            throw failure(
                    listener,
                    "is a controller method as well",
                    "remove @WebhookListener to answer once the work is done, or the mapping and @WebhookEndpoint to work"
                            + " after the answer");
        }
        if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())) {
            throw failure(
                    listener,
                    "is " + (Modifier.isStatic(method.getModifiers()) ? "static" : "private")
                            + ", so that a proxy around its bean would be left out",
                    "make it an instance method that is not private");
        }
        checkEnd(listener, method);
        String scope = scope(listener.bean(), beans);
        if (scope != null && SCOPES_OF_REQUESTS.contains(scope)) {
            throw failure(
                    listener,
                    "is a method of bean " + listener.bean() + " with the scope " + scope
                            + ", and a worker has neither a request nor a session",
                    "move it to a bean without a scope");
        }
    }

    private static void checkEnd(ListenerMethod listener, Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length > 0 && parameters[parameters.length - 1].getName().equals(CONTINUATION)) {
            throw failure(listener, "is a suspend function", "remove suspend, and use runBlocking within it if needed");
        }
        if (method.getReturnType() != void.class) {
            throw failure(
                    listener,
                    "returns " + method.getGenericReturnType().getTypeName()
                            + ", for which nothing would wait: a failure in it would be lost",
                    "return void, once the work is done");
        }
        if (HandlerAnswers.isAsync(listener.handler())) {
            throw failure(
                    listener,
                    "is annotated with @Async, so that a delivery would count as handled before it is, and a failure would"
                            + " be lost",
                    "remove @Async: a worker calls it, and the sender has had its answer");
        }
    }

    private static @Nullable String scope(String bean, ConfigurableListableBeanFactory beans) {
        String target = ScopedProxyUtils.getTargetBeanName(bean);
        for (ConfigurableListableBeanFactory each = beans; each != null; each = parent(each)) {
            for (String name : List.of(target, bean)) {
                if (each.containsBeanDefinition(name)) {
                    return each.getMergedBeanDefinition(name).getScope();
                }
            }
        }
        return ConfigurableBeanFactory.SCOPE_SINGLETON;
    }

    private static @Nullable ConfigurableListableBeanFactory parent(ConfigurableListableBeanFactory beans) {
        return beans.getParentBeanFactory() instanceof ConfigurableListableBeanFactory parent ? parent : null;
    }

    private static WebhookConfigurationException failure(ListenerMethod listener, String what, String action) {
        return new WebhookConfigurationException(listener + " is annotated with @WebhookListener and " + what, action);
    }
}
