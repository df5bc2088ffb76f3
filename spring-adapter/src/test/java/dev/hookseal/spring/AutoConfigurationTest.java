package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.adapter.ConfiguredEndpoints;
import dev.hookseal.delivery.DeliveryObserver;
import dev.hookseal.delivery.DeliveryOutcome;
import dev.hookseal.delivery.DeliveryStore;
import dev.hookseal.delivery.InMemoryDeliveryStore;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.spring.app.Delivery;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
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
    void capturesAheadOfTheFiltersThatReadForms() {
        int hiddenMethodFilter = -10000;

        SpringMvc.with(Handler.class)
                .run(context -> assertThat(context.getBean("hooksealCaptureFilter", FilterRegistrationBean.class)
                                .getOrder())
                        .isLessThan(hiddenMethodFilter));
    }
}
