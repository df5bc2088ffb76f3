package dev.hookseal.spring;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookProviders;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Hides events in what springdoc generates, where they would be shown as parameters of the query. */
@AutoConfiguration
@ConditionalOnClass(SpringDocUtils.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class HooksealSpringdocAutoConfiguration {

    /** Called by the container. */
    public HooksealSpringdocAutoConfiguration() {}

    @Bean
    static SmartInitializingSingleton hooksealHiddenParameters(ObjectProvider<WebhookProvider<?>> providers) {
        return () -> {
            SpringDocUtils springdoc = SpringDocUtils.getConfig();
            springdoc.addRequestWrapperToIgnore(VerifiedWebhook.class);
            WebhookProviders.load().forEach(provider -> springdoc.addRequestWrapperToIgnore(provider.eventClass()));
            providers.forEach(provider -> springdoc.addRequestWrapperToIgnore(provider.eventClass()));
        };
    }
}
