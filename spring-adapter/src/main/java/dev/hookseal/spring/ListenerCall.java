package dev.hookseal.spring;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.WebhookHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Calls a listener on its bean, which is fetched for each delivery, as a lazy one or one of another scope has to be. It
 * goes through the bean's proxy, so that the application's advice runs.
 *
 * @param <E> the type of the events
 */
final class ListenerCall<E> implements WebhookHandler<E> {
    private final BeanFactory beans;
    private final ListenerMethod listener;
    private final ListenerParameters parameters;

    ListenerCall(BeanFactory beans, ListenerMethod listener, ListenerParameters parameters) {
        this.beans = beans;
        this.listener = listener;
        this.parameters = parameters;
    }

    @Override
    public void handle(VerifiedWebhook<E> webhook, Attempt attempt) throws Exception {
        Object bean = beans.getBean(listener.bean());
        Method method = on(bean, listener);
        ReflectionUtils.makeAccessible(method);
        try {
            method.invoke(bean, parameters.arguments(webhook, attempt));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /**
     * Returns the method as the bean, or the proxy in front of it, can be called.
     *
     * @throws WebhookConfigurationException if the proxy does not have it, or would run it on itself
     */
    static Method on(Object bean, ListenerMethod listener) {
        Method method = listener.handler().method();
        if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(method.getModifiers())) {
            throw new WebhookConfigurationException(
                    listener + " is annotated with @WebhookListener and final, and its bean has a proxy, which cannot"
                            + " pass a call of a final method on to it",
                    "remove final; in Kotlin, use the compiler plugin \"spring\" or open the method");
        }
        if (!AopUtils.isJdkDynamicProxy(bean)) {
            return method;
        }
        // not by its parameters, which an interface with type variables has not
        return Arrays.stream(bean.getClass().getInterfaces())
                .flatMap(each -> Arrays.stream(each.getMethods()))
                .filter(each -> AopUtils.getMostSpecificMethod(
                                each, listener.handler().beanClass())
                        .equals(method))
                .findFirst()
                .orElseThrow(() -> new WebhookConfigurationException(
                        listener
                                + " is annotated with @WebhookListener, and the proxy of its bean does not have it, since"
                                + " it has the interfaces of the class alone",
                        "declare the method in one of these interfaces, or have the class proxied, as Spring Boot does"
                                + " unless spring.aop.proxy-target-class=false is set"));
    }
}
