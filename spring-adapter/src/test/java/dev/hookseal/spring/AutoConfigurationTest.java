package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.adapter.ConfiguredEndpoints;
import dev.hookseal.delivery.DeliveryObserver;
import dev.hookseal.delivery.DeliveryOutcome;
import dev.hookseal.delivery.DeliveryStore;
import dev.hookseal.delivery.InMemoryDeliveryStore;
import dev.hookseal.delivery.MicrometerObserver;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.spring.app.Delivery;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
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
                        DeliveryOutcome.Kind.HANDLED, DeliveryOutcome.Kind.REPEATED, DeliveryOutcome.Kind.REFUSED);
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
                .run(context -> assertThat(context.getBean(ConfiguredEndpoints.class)
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

    private static WebApplicationContextRunner withMetrics() {
        return SpringMvc.with(Handler.class)
                .withConfiguration(AutoConfigurations.of(HooksealMetricsAutoConfiguration.class));
    }

    @Test
    void capturesAheadOfTheFiltersThatReadForms() {
        int hiddenMethodFilter = -10000;

        SpringMvc.with(Handler.class)
                .run(context -> assertThat(context.getBean("hooksealCaptureFilter", FilterRegistrationBean.class)
                                .getOrder())
                        .isLessThan(hiddenMethodFilter));
    }
}
