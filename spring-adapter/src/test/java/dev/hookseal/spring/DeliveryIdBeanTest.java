package dev.hookseal.spring;

import static dev.hookseal.testkit.spring.WebhookRequestPostProcessors.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.config.EndpointDeliveryId;
import dev.hookseal.fixture.provider.CustomEvent;
import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.fixture.provider.HubProvider;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.testkit.FakeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A bean identifies the deliveries of an endpoint. */
class DeliveryIdBeanTest {
    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(HooksealAutoConfiguration.class))
            .withUserConfiguration(Handler.class, SpringMvc.Mvc.class)
            .withBean(HubProvider.class)
            .withPropertyValues("hookseal.endpoints.hub.secret=s");

    @RestController
    static class Handler {
        private final List<String> handled = new ArrayList<>();

        @WebhookEndpoint("hub")
        @PostMapping("/hub")
        void received(CustomEvent event) {
            handled.add(event.toJson().text("/id").orElseThrow());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Ids {
        @Bean
        EndpointDeliveryId<CustomEvent> hubIds() {
            return new EndpointDeliveryId<>(
                    "hub",
                    CustomEvent.class,
                    Duration.ofDays(1),
                    webhook -> webhook.event().toJson().text("/id").orElse(null));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class IdsOfAnUnknownEndpoint {
        @Bean
        EndpointDeliveryId<CustomEvent> hubIds() {
            return new EndpointDeliveryId<>("hubs", CustomEvent.class, Duration.ofDays(1), webhook -> "1");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class IdsOfOtherEvents {
        @Bean
        EndpointDeliveryId<FormFlowEvent> hubIds() {
            return new EndpointDeliveryId<>("hub", FormFlowEvent.class, Duration.ofDays(1), webhook -> "1");
        }
    }

    private static void send(MockMvc mvc, String id) throws Exception {
        mvc.perform(post("/hub")
                        .with(delivery(FakeEvent.sample(CustomKits.hub(), "order.paid")
                                .withId(id)
                                .signedWith("s"))))
                .andExpect(status().isOk());
    }

    @Test
    void theSecondDeliveryOfAnIdIsADuplicate() {
        application.withUserConfiguration(Ids.class).run(context -> {
            MockMvc mvc = SpringMvc.mockMvc(context);
            for (String id : List.of("a", "a", "b")) {
                send(mvc, id);
            }

            assertThat(context.getBean(Handler.class).handled).containsExactly("a", "b");
        });
    }

    @Test
    void withoutABeanEachDeliveryIsHandled() {
        application.run(context -> {
            MockMvc mvc = SpringMvc.mockMvc(context);
            for (String id : List.of("a", "a")) {
                send(mvc, id);
            }

            assertThat(context.getBean(Handler.class).handled).containsExactly("a", "a");
        });
    }

    @Test
    void aBeanForAnUnknownEndpointFailsTheStart() {
        application
                .withUserConfiguration(IdsOfAnUnknownEndpoint.class)
                .run(context -> SpringMvc.assertFailed(
                        context,
                        "There is an EndpointDeliveryId for endpoint hubs, which is not configured: use one of [hub]"));
    }

    @Test
    void aBeanForEventsOfAnotherProviderFailsTheStart() {
        application
                .withUserConfiguration(IdsOfOtherEvents.class)
                .run(context -> SpringMvc.assertFailed(
                        context,
                        "The EndpointDeliveryId of endpoint hub is for dev.hookseal.formflow.FormFlowEvent",
                        "its provider's events are dev.hookseal.fixture.provider.CustomEvent"));
    }
}
