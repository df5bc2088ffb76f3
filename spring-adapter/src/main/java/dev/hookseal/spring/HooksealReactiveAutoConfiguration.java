package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Fails the start of a WebFlux application with annotated handlers or listeners, which nothing here would call. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public class HooksealReactiveAutoConfiguration {
    private static final String ACTION = "use spring-boot-starter-web, or set spring.main.web-application-type=servlet";

    /** Called by the container. */
    public HooksealReactiveAutoConfiguration() {}

    @Bean
    static SmartInitializingSingleton hooksealReactiveCheck(ConfigurableListableBeanFactory beans) {
        return () -> {
            AnnotatedBeans.of(beans).stream().findFirst().ifPresent(bean -> {
                throw new WebhookConfigurationException(
                        bean.type().getName()
                                + " is annotated with @WebhookEndpoint, and this is a WebFlux application,"
                                + " where nothing would verify its deliveries: hookseal-spring is for Spring MVC",
                        ACTION);
            });
            ListenerBeans.of(beans).stream().findFirst().ifPresent(listener -> {
                throw new WebhookConfigurationException(
                        listener
                                + " is annotated with @WebhookListener, and this is a WebFlux application, where nothing"
                                + " would receive its deliveries: hookseal-spring is for Spring MVC",
                        ACTION);
            });
        };
    }
}
