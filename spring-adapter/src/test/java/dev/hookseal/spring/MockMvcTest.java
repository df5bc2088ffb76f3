package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.config.EndpointProperties;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.servlet.BodyCachingFilter;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.test.web.servlet.setup.StandaloneMockMvcBuilder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A MockMvc that a test builds itself: what it needs, and that nothing is open where it lacks that. */
class MockMvcTest {
    private final EndpointRegistry endpoints = endpoints();
    private final Handlers handlers = new Handlers();

    @RestController
    static class Handlers {
        private int calls;

        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        String received(FormFlowEvent event) {
            calls++;
            return "called with " + event.eventId();
        }

        @WebhookEndpoint("second")
        @PostMapping("/hooks/without-event")
        String received() {
            calls++;
            return "called";
        }

        @WebhookEndpoint("third")
        @PostMapping("/hooks/callable")
        Callable<String> later(FormFlowEvent event) {
            return () -> "called later with " + event.eventId();
        }
    }

    @Test
    void needsTheFilterTheInterceptorAndTheResolver() throws Exception {
        MockMvc mvc = standalone().addFilters(bodyCachingFilter()).build();

        assertThat(send(mvc, "/hooks", Delivery.formFlow("standalone")).getContentAsString())
                .isEqualTo("called with standalone");
        assertThat(send(mvc, "/hooks", Delivery.formFlow("standalone")).getContentAsString())
                .as("a repeat")
                .isEmpty();
        assertThat(send(mvc, "/hooks", Delivery.formFlow("forged", "extracted", "a guess"))
                        .getStatus())
                .isEqualTo(401);
        assertThat(handlers.calls).isOne();
    }

    @Test
    void dispatchesAnAsynchronousHandler() throws Exception {
        MockMvc mvc = standalone().addFilters(bodyCachingFilter()).build();
        Delivery delivery = Delivery.formFlow("later");

        MvcResult started = mvc.perform(delivery.to("/hooks/callable")).andReturn();
        MockHttpServletResponse response =
                mvc.perform(asyncDispatch(started)).andReturn().getResponse();

        assertThat(response.getContentAsString()).isEqualTo("called later with later");
        assertThat(mvc.perform(delivery.to("/hooks/callable"))
                        .andReturn()
                        .getRequest()
                        .isAsyncStarted())
                .as("a repeat reaches the handler")
                .isFalse();
    }

    @Test
    void withoutTheFilterFailsAndSaysWhatToAdd() {
        MockMvc mvc = standalone().build();

        assertThatThrownBy(() -> send(mvc, "/hooks/without-event", Delivery.formFlow("no filter")))
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("BodyCachingFilter", "addFilters(...)", "FilterRegistrationBean");
        assertThat(handlers.calls).isZero();
    }

    @Test
    void withoutTheInterceptorTheResolverGivesNoEvent() {
        MockMvc mvc = MockMvcBuilders.standaloneSetup(handlers)
                .setCustomArgumentResolvers(new WebhookArgumentResolver(endpoints))
                .addFilters(bodyCachingFilter())
                .build();

        assertThatThrownBy(() -> send(mvc, "/hooks?eventId=evil", Delivery.formFlow("no interceptor")))
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no verified delivery");
        assertThat(handlers.calls).isZero();
    }

    @RestController
    static class ModelController {
        @ModelAttribute("id")
        String id(FormFlowEvent event) {
            return event.eventId();
        }

        @PostMapping("/plain")
        String plain() {
            return "called";
        }
    }

    @Test
    void anEventElsewhereThanInAnAnnotatedHandlerIsNeverEmpty() {
        MockMvc mvc = MockMvcBuilders.standaloneSetup(new ModelController())
                .setCustomArgumentResolvers(new WebhookArgumentResolver(endpoints))
                .addInterceptors(new WebhookInterceptor(endpoints))
                .addFilters(bodyCachingFilter())
                .build();

        assertThatThrownBy(() -> send(mvc, "/plain", Delivery.formFlow("model")))
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no verified delivery");
    }

    @Test
    void onAnApplicationContextNeedsTheFilterAlone() {
        SpringMvc.with(Handlers.class).run(context -> {
            assertThat(send(SpringMvc.mockMvc(context), "/hooks", Delivery.formFlow("context"))
                            .getContentAsString())
                    .isEqualTo("called with context");
            MockMvc withoutFilter = MockMvcBuilders.webAppContextSetup(context).build();
            assertThatThrownBy(() -> send(withoutFilter, "/hooks", Delivery.formFlow("context")))
                    .rootCause()
                    .hasMessageContaining("addFilters(...)");
        });
    }

    private StandaloneMockMvcBuilder standalone() {
        return MockMvcBuilders.standaloneSetup(handlers)
                .addInterceptors(new WebhookInterceptor(endpoints))
                .setCustomArgumentResolvers(new WebhookArgumentResolver(endpoints));
    }

    private BodyCachingFilter bodyCachingFilter() {
        return new BodyCachingFilter(endpoints.receivers().values());
    }

    private static MockHttpServletResponse send(MockMvc mvc, String path, Delivery delivery) throws Exception {
        return mvc.perform(delivery.to(path)).andReturn().getResponse();
    }

    private static EndpointRegistry endpoints() {
        Clock clock = Clock.fixed(Instant.parse("2023-10-28T12:00:01Z"), ZoneOffset.UTC);
        EndpointProperties formFlow =
                EndpointProperties.of(Map.of("provider", "formflow", "secret", Delivery.FORMFLOW_SECRET));
        return EndpointRegistry.builder(Map.of("formflow", formFlow, "second", formFlow, "third", formFlow))
                .store(new InMemoryDeliveryStore(clock))
                .clock(clock)
                .build();
    }
}
