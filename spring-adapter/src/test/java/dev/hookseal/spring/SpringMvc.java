package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.fixture.CustomProvider;
import dev.hookseal.servlet.BodyCachingFilter;
import dev.hookseal.spring.app.Delivery;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Small contexts with the auto-configuration, Spring MVC, some endpoints, and what a test adds. */
final class SpringMvc {
    private SpringMvc() {}

    static WebApplicationContextRunner with(Class<?>... beans) {
        return withoutMvc(beans).withUserConfiguration(Mvc.class);
    }

    /** Leaves Spring MVC to the test. */
    static WebApplicationContextRunner withoutMvc(Class<?>... beans) {
        return new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(HooksealAutoConfiguration.class))
                .withPropertyValues(
                        "hookseal.endpoints.formflow.secret=" + Delivery.FORMFLOW_SECRET,
                        "hookseal.endpoints.second.provider=formflow",
                        "hookseal.endpoints.second.secret=" + Delivery.FORMFLOW_SECRET,
                        "hookseal.endpoints.third.provider=formflow",
                        "hookseal.endpoints.third.secret=" + Delivery.FORMFLOW_SECRET,
                        "hookseal.endpoints.acme.secret=" + Delivery.ACME_SECRET)
                .withBean(CustomProvider.class)
                .withBean(Clock.class, () -> Clock.fixed(Instant.parse("2023-10-28T12:00:01Z"), ZoneOffset.UTC))
                .withUserConfiguration(beans);
    }

    static MockMvc mockMvc(ApplicationContext context) {
        return MockMvcBuilders.webAppContextSetup((WebApplicationContext) context)
                .addFilters(bodyCachingFilter(context))
                .build();
    }

    static BodyCachingFilter bodyCachingFilter(ApplicationContext context) {
        return new BodyCachingFilter(
                context.getBean(EndpointRegistry.class).receivers().values());
    }

    /** What stopped the start says all of this. */
    static void assertFailed(ApplicationContextAssertProvider<?> context, String... messageParts) {
        Throwable failure = context.getStartupFailure();
        assertThat(failure).as("failure of the start").isNotNull();
        assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContainingAll(messageParts);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    static class Mvc {
        @Bean
        String unrelated() {
            return "a bean of a class of the Java platform";
        }
    }
}
