package dev.hookseal.spring;

import dev.hookseal.config.EndpointBinding;
import dev.hookseal.config.EndpointRegistry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.ExceptionHandlerExceptionResolver;

/**
 * Webhooks in Spring MVC. Spring Boot takes it by itself; without Boot it is imported beside {@code @EnableWebMvc} into
 * the context of the DispatcherServlet, which then needs a {@link EndpointRegistry} bean, and the servlet adapter's
 * {@code BodyCachingFilter} in front of the DispatcherServlet.
 */
@Configuration(proxyBeanMethods = false)
public class HooksealMvcConfiguration {

    /** Called by the container. */
    public HooksealMvcConfiguration() {}

    @Bean
    WebhookInterceptor hooksealInterceptor(EndpointRegistry endpoints) {
        return new WebhookInterceptor(endpoints);
    }

    // Handler mappings look for beans of this type themselves, also where a configuration class of the application
    // takes the place of the one that asks WebMvcConfigurers for interceptors; and they put them first.
    @Bean
    MappedInterceptor hooksealMappedInterceptor(WebhookInterceptor interceptor) {
        return new MappedInterceptor((String[]) null, interceptor);
    }

    @Bean
    MappedEndpoints hooksealMappedEndpoints(WebhookInterceptor interceptor, ObjectProvider<BoundListeners> listeners) {
        return new MappedEndpoints(interceptor.bindings(), byPath(listeners.getIfAvailable()));
    }

    private static Map<String, EndpointBinding<?>> byPath(@Nullable BoundListeners listeners) {
        return listeners == null ? Map.of() : listeners.byPath();
    }

    @Bean
    WebhookHandlerMapping hooksealHandlerMapping(MappedEndpoints endpoints) {
        return new WebhookHandlerMapping(endpoints);
    }

    @Bean
    WebhookHandlerAdapter hooksealHandlerAdapter(WebhookInterceptor interceptor) {
        return new WebhookHandlerAdapter(interceptor.bindings());
    }

    @Bean
    WebhookExceptionResolver hooksealExceptionResolver() {
        return new WebhookExceptionResolver();
    }

    @Bean
    WebhookBodyCheck hooksealBodyCheck() {
        return new WebhookBodyCheck();
    }

    @Bean
    static BeanPostProcessor hooksealReturnedStages() {
        return new ReturnedStages();
    }

    @Bean
    static BeanPostProcessor hooksealOneHandlerCheck(ConfigurableListableBeanFactory beans) {
        return new OneHandlerCheck(beans);
    }

    @Bean
    WebMvcConfigurer hooksealArgumentResolver(EndpointRegistry endpoints, WebhookExceptionResolver exceptionResolver) {
        return new WebMvcConfigurer() {
            @Override
            public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
                for (int i = resolvers.size(); i > 0; i--) {
                    if (resolvers.get(i - 1) instanceof ExceptionHandlerExceptionResolver) {
                        resolvers.add(i, exceptionResolver);
                    }
                }
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(0, new WebhookArgumentResolver(endpoints));
            }
        };
    }

    @Bean
    WebhookStartupCheck hooksealStartupCheck(
            ConfigurableApplicationContext context,
            EndpointRegistry endpoints,
            WebhookInterceptor interceptor,
            MappedEndpoints mapped,
            ObjectProvider<BoundListeners> listeners) {
        return new WebhookStartupCheck(context, endpoints, interceptor, mapped, listeners.getIfAvailable());
    }
}
