package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.EndpointBinding;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.config.HandlersByEvent;
import dev.hookseal.spring.AnnotatedBeans.AnnotatedBean;
import dev.hookseal.spring.MappedEndpoints.Mapped;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Fails the start of an application in which an annotated handler would not be verified. It looks at what Spring MVC
 * really holds once it is set up, since what was registered may have been dropped on the way there.
 */
final class WebhookStartupCheck implements SmartInitializingSingleton, ApplicationListener<ContextRefreshedEvent> {
    private static final String OWN_SET_UP = "let the configuration that replaces Spring MVC's set-up, such as one that"
            + " extends WebMvcConfigurationSupport, implement WebMvcConfigurer instead, or extend"
            + " DelegatingWebMvcConfiguration";

    private final ConfigurableApplicationContext own;
    private final EndpointRegistry endpoints;
    private final WebhookInterceptor interceptor;
    private final MappedEndpoints mapped;
    // null without Spring Boot
    private final @Nullable BoundListeners listeners;
    private final HandlersByEvent handlers = new HandlersByEvent();

    WebhookStartupCheck(
            ConfigurableApplicationContext own,
            EndpointRegistry endpoints,
            WebhookInterceptor interceptor,
            MappedEndpoints mapped,
            @Nullable BoundListeners listeners) {
        this.own = own;
        this.endpoints = endpoints;
        this.interceptor = interceptor;
        this.mapped = mapped;
        this.listeners = listeners;
    }

    /** Checks before a server takes requests. */
    @Override
    public void afterSingletonsInstantiated() {
        check(own);
        if (listeners == null) {
            ListenerBeans.of(own.getBeanFactory()).stream().findFirst().ifPresent(listener -> {
                throw new WebhookConfigurationException(
                        listener + " is annotated with @WebhookListener, and nothing would call it without Spring Boot",
                        "use Spring Boot's auto-configuration, or add the listener to an InboxDispatcher of yours");
            });
        } else {
            listeners.checkBeans();
            listeners.addTo(handlers);
        }
    }

    /**
     * Checks that what is received has a handler or a listener, and that deliveries for listeners arrive. Not where a test
     * has left out beans of the application.
     */
    synchronized void checkReceivers() {
        handlers.check(endpoints.paths());
    }

    /** Checks child contexts too, such as the one of another DispatcherServlet: their events arrive here. */
    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        ApplicationContext context = event.getApplicationContext();
        if (!context.equals(own) && context instanceof ConfigurableApplicationContext child) {
            check(child);
            checkListeners(child.getBeanFactory());
        }
    }

    // A child context may be set up by another thread.
    private synchronized void check(ConfigurableApplicationContext context) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        Collection<RequestMappingHandlerAdapter> adapters = BeanFactoryUtils.beansOfTypeIncludingAncestors(
                        context, RequestMappingHandlerAdapter.class)
                .values();
        Set<AnnotatedHandler> checked = new HashSet<>();
        List<Mapped> found = new ArrayList<>();
        for (RequestMappingInfoHandlerMapping mapping :
                context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
            mapping.getHandlerMethods().forEach((info, method) -> {
                AnnotatedHandler handler = handler(method, beans);
                EndpointBinding<?> binding = interceptor.bindings().of(method, handler.beanClass());
                checkPath(info, handler, binding);
                if (binding != null) {
                    checkMapping(mapping, handler);
                    checkMethods(info, handler);
                    adapters.forEach(adapter -> checkAdapter(adapter, method, handler));
                    HandlerAnswers.check(method, handler, adapters);
                    handlers.add(binding, handler.qualifiedName());
                    checked.add(handler);
                    found.add(new Mapped(mapping, info, binding));
                }
            });
        }
        context.getBeansOfType(AbstractUrlHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMap().forEach((path, handler) -> checkPath(path, handler)));
        mapped.add(context, found);
        AnnotatedBeans.of(beans).forEach(bean -> checkReached(bean, checked));
    }

    private void checkListeners(ConfigurableListableBeanFactory child) {
        ListenerBeans.of(child).stream()
                .filter(listener -> child.containsLocalBean(listener.bean()))
                .findFirst()
                .ifPresent(listener -> {
                    throw new WebhookConfigurationException(
                            listener + " is annotated with @WebhookListener, and bean " + listener.bean()
                                    + " is in the context of another DispatcherServlet, where nothing would call it",
                            "move it to the context of the application");
                });
    }

    private static AnnotatedHandler handler(HandlerMethod method, ConfigurableListableBeanFactory beans) {
        Class<?> target = method.getBean() instanceof String name ? AnnotatedBeans.targetClass(beans, name) : null;
        return AnnotatedHandler.of(method.getMethod(), target == null ? method.getBeanType() : target);
    }

    private void checkMapping(AbstractHandlerMapping mapping, AnnotatedHandler handler) {
        Stream<?> held = Stream.ofNullable(mapping.getAdaptedInterceptors())
                .flatMap(Arrays::stream)
                .map(each -> each instanceof MappedInterceptor mapped ? mapped.getInterceptor() : each);
        if (held.noneMatch(interceptor::equals)) {
            throw new WebhookConfigurationException(
                    handler + " is annotated with @WebhookEndpoint, and nothing would verify its deliveries, since "
                            + mapping.getClass().getName() + " does not hold the WebhookInterceptor",
                    OWN_SET_UP);
        }
    }

    /** Checks that a POST to the path of an endpoint with listeners is not meant for this handler. */
    private void checkPath(RequestMappingInfo info, AnnotatedHandler handler, @Nullable EndpointBinding<?> binding) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        if (methods.isEmpty() || methods.contains(RequestMethod.POST)) {
            info.getDirectPaths().forEach(path -> {
                // the check of handlers by event says more about one of the same endpoint
                if (binding == null || !path.equals(endpoints.paths().get(binding.endpoint()))) {
                    checkPath(path, handler);
                }
            });
        }
    }

    private void checkPath(String path, Object handler) {
        endpoints.paths().forEach((endpoint, received) -> {
            if (received.equals(path)) {
                throw new WebhookConfigurationException(
                        "hookseal.endpoints." + endpoint + ".path is " + path + ", and " + handler
                                + " is mapped to the same path",
                        "change one of them: Hookseal itself receives at the path of an endpoint");
            }
        });
    }

    private static void checkMethods(RequestMappingInfo info, AnnotatedHandler handler) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        if (!methods.isEmpty() && !methods.contains(RequestMethod.POST)) {
            throw new WebhookConfigurationException(
                    handler + " is annotated with @WebhookEndpoint and mapped to " + methods
                            + " alone, so that it could never receive a delivery, which is a POST",
                    "map it with @PostMapping, or annotate other methods of its class instead of the class");
        }
    }

    /** Checks that the first resolver that takes the parameter is ours, or something else would make the event. */
    private void checkAdapter(RequestMappingHandlerAdapter adapter, HandlerMethod method, AnnotatedHandler handler) {
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (!endpoints.needsVerification(parameter.getParameterType())) {
                continue;
            }
            HandlerMethodArgumentResolver first = firstResolver(adapter, parameter);
            if (!(first instanceof WebhookArgumentResolver)) {
                throw new WebhookConfigurationException(
                        handler + " has a parameter of type "
                                + parameter.getParameterType().getName() + ", which "
                                + (first == null ? "nothing" : first.getClass().getSimpleName())
                                + " would fill in, and not the WebhookArgumentResolver",
                        "remove annotations from the parameter; if it has none, the resolver is missing, and then "
                                + OWN_SET_UP);
            }
        }
    }

    private static @Nullable HandlerMethodArgumentResolver firstResolver(
            RequestMappingHandlerAdapter adapter, MethodParameter parameter) {
        List<HandlerMethodArgumentResolver> resolvers = adapter.getArgumentResolvers();
        return resolvers == null
                ? null
                : resolvers.stream()
                        .filter(each -> each.supportsParameter(parameter))
                        .findFirst()
                        .orElse(null);
    }

    private static void checkReached(AnnotatedBean bean, Set<AnnotatedHandler> checked) {
        if (bean.methods().isEmpty()) {
            if (checked.stream().noneMatch(handler -> handler.beanClass() == bean.type())) {
                throw notReached(bean.type().getName());
            }
            return;
        }
        for (Method method : bean.methods()) {
            AnnotatedHandler handler = AnnotatedHandler.of(method, bean.type());
            if (!checked.contains(handler)) {
                throw notReached(handler.toString());
            }
        }
    }

    private static WebhookConfigurationException notReached(String what) {
        return new WebhookConfigurationException(
                what + " is annotated with @WebhookEndpoint, and Spring MVC does not know it as"
                        + " a handler method, so nothing would verify its deliveries",
                AnnotatedBeans.REMEDY);
    }
}
