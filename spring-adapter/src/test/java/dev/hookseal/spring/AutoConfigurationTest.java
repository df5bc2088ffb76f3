package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.config.EndpointSecrets;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.client.FormFlowSubscriptions;
import dev.hookseal.formflow.client.SubscribedSecrets;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.MicrometerObserver;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What of the application's own is taken up. */
class AutoConfigurationTest {

    @RestController
    static class Handler {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @Test
    void tellsTheApplicationsObservers() {
        List<DeliveryOutcome.Kind> heard = new CopyOnWriteArrayList<>();

        SpringMvc.with(Handler.class)
                .withBean(DeliveryObserver.class, () -> outcome -> heard.add(outcome.kind()))
                .run(context -> {
                    MockMvc mvc = SpringMvc.mockMvc(context);
                    mvc.perform(Delivery.formFlow("observed").to("/hooks"));
                    mvc.perform(Delivery.formFlow("observed").to("/hooks"));
                    mvc.perform(
                            Delivery.formFlow("forged", "extracted", "a guess").to("/hooks"));
                });

        assertThat(heard)
                .containsExactly(
                        DeliveryOutcome.Kind.HANDLED, DeliveryOutcome.Kind.DUPLICATE, DeliveryOutcome.Kind.REJECTED);
    }

    @RestController
    static class OwnSecretsHandler {
        @WebhookEndpoint("own")
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @Test
    void asksTheApplicationsSourceForSecretsAtEachDelivery() {
        AtomicReference<String> secret = new AtomicReference<>("the first one");
        SecretSource source = eventType -> List.of(SigningSecret.ofUtf8(secret.get()));

        SpringMvc.with(OwnSecretsHandler.class)
                .withPropertyValues("hookseal.endpoints.own.provider=formflow")
                .withBean(EndpointSecrets.class, () -> new EndpointSecrets("own", source))
                .run(context -> {
                    MockMvc mvc = SpringMvc.mockMvc(context);
                    mvc.perform(Delivery.formFlow("first", "extracted", "the first one")
                                    .to("/hooks"))
                            .andExpect(status().isOk());
                    secret.set("the next one");
                    mvc.perform(Delivery.formFlow("late", "extracted", "the first one")
                                    .to("/hooks"))
                            .andExpect(status().isUnauthorized());
                    mvc.perform(Delivery.formFlow("next", "extracted", "the next one")
                                    .to("/hooks"))
                            .andExpect(status().isOk());
                });
    }

    @Test
    void doesNotStartWithSecretsFromTwoPlaces() {
        SpringMvc.with(Handler.class)
                .withBean(
                        EndpointSecrets.class,
                        () -> new EndpointSecrets("formflow", SecretSource.of(SigningSecret.ofUtf8("own"))))
                .run(context -> SpringMvc.assertFailed(
                        context, "properties below hookseal.endpoints.formflow", "EndpointSecrets"));
    }

    /** What docs/subscriptions.md shows. */
    @Configuration(proxyBeanMethods = false)
    static class SecretsOfSubscriptions {
        @Bean
        SubscribedSecrets subscribedSecrets(@Value("${formflow.access-token}") String token) {
            URI endpoint = URI.create("https://orders.example/webhooks/formflow");
            FormFlowSubscriptions subscriptions = FormFlowSubscriptions.builder(URI.create("https://formflow.example"))
                    .accessToken(() -> token)
                    .build();
            return SubscribedSecrets.builder(subscriptions, endpoint).build();
        }

        @Bean
        EndpointSecrets formflowSecrets(SubscribedSecrets secrets) {
            return new EndpointSecrets("formflow", secrets);
        }
    }

    @Test
    void takesTheSecretsOfSubscriptions() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(HooksealAutoConfiguration.class))
                .withUserConfiguration(Handler.class, SecretsOfSubscriptions.class, SpringMvc.Mvc.class)
                .withPropertyValues("formflow.access-token=t")
                .run(context -> assertThat(context.getBean(EndpointRegistry.class)
                                .receivers()
                                .get("formflow")
                                .settings()
                                .secrets())
                        .isSameAs(context.getBean(SubscribedSecrets.class)));
    }

    @Test
    void remembersDeliveriesInMemoryUnlessTheApplicationHasAStore() {
        SpringMvc.with(Handler.class)
                .run(context ->
                        assertThat(context.getBean(DeliveryStore.class)).isInstanceOf(InMemoryDeliveryStore.class));

        DeliveryStore own = new InMemoryDeliveryStore(Clock.systemUTC(), 1);
        SpringMvc.with(Handler.class)
                .withBean(DeliveryStore.class, () -> own)
                .run(context -> assertThat(context.getBean(DeliveryStore.class)).isSameAs(own));
    }

    @Test
    void goesByTheSystemsClockWhereTheApplicationHasSeveral() {
        SpringMvc.with(Handler.class)
                .withBean("other", Clock.class, Clock::systemDefaultZone)
                .run(context -> assertThat(context.getBean(EndpointRegistry.class)
                                .receivers()
                                .get("formflow")
                                .settings()
                                .clock())
                        .isEqualTo(Clock.systemUTC()));
    }

    @Test
    void countsWhereTheApplicationHasARegistry() {
        MeterRegistry registry = new SimpleMeterRegistry();

        withMetrics()
                .withBean(MeterRegistry.class, () -> registry)
                .run(context -> SpringMvc.mockMvc(context)
                        .perform(Delivery.formFlow("counted").to("/hooks")));

        assertThat(registry.get("hookseal.deliveries")
                        .tag("outcome", "handled")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void countsOnceWhereTheApplicationHasAnObserverOfItsOwn() {
        MeterRegistry registry = new SimpleMeterRegistry();
        MicrometerObserver own = new MicrometerObserver(registry);

        withMetrics()
                .withBean(MeterRegistry.class, () -> registry)
                .withBean(MicrometerObserver.class, () -> own)
                .run(context -> {
                    SpringMvc.mockMvc(context).perform(Delivery.formFlow("once").to("/hooks"));
                    assertThat(context.getBean(MicrometerObserver.class)).isSameAs(own);
                });

        assertThat(registry.get("hookseal.deliveries").counter().count()).isEqualTo(1);
    }

    @Test
    void worksWithoutMicrometerAndWithoutARegistryAndWithSeveral() {
        WebApplicationContextRunner withoutMicrometer =
                withMetrics().withClassLoader(new FilteredClassLoader("io.micrometer.core"));
        WebApplicationContextRunner withSeveral = withMetrics()
                .withBean("one", MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean("other", MeterRegistry.class, SimpleMeterRegistry::new);

        for (WebApplicationContextRunner runner : List.of(withoutMicrometer, withMetrics(), withSeveral)) {
            runner.run(context -> {
                assertThat(context).hasNotFailed().doesNotHaveBean(DeliveryObserver.class);
                assertThat(SpringMvc.mockMvc(context)
                                .perform(Delivery.formFlow("unobserved").to("/hooks"))
                                .andReturn()
                                .getResponse()
                                .getStatus())
                        .isEqualTo(200);
            });
        }
    }

    @Test
    void worksWithoutSpringdoc() {
        SpringMvc.with(Handler.class)
                .withConfiguration(AutoConfigurations.of(HooksealSpringdocAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("org.springdoc"))
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(HooksealSpringdocAutoConfiguration.class));
    }

    @Test
    void keepsNoRejectedDeliveriesWhereTheDirectoryIsBlank() {
        SpringMvc.with(Handler.class)
                .withPropertyValues("hookseal.rejected.keep=")
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static WebApplicationContextRunner withMetrics() {
        return SpringMvc.with(Handler.class)
                .withConfiguration(AutoConfigurations.of(HooksealMetricsAutoConfiguration.class));
    }

    @Test
    void capturesAheadOfTheFiltersThatReadForms() {
        int hiddenMethodFilter = -10000;

        SpringMvc.with(Handler.class)
                .run(context -> assertThat(context.getBean("hooksealBodyCachingFilter", FilterRegistrationBean.class)
                                .getOrder())
                        .isLessThan(hiddenMethodFilter));
    }
}
