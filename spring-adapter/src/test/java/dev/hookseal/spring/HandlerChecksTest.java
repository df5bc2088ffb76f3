package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.JsonData;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.spring.app.Delivery;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Handlers that cannot receive, or whose failure nobody would see; and ways past verification. */
class HandlerChecksTest {

    @RestController
    static class AsyncMethod {
        @Async
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @Async
    @RestController
    static class AsyncClass {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        Future<String> received(FormFlowEvent event) {
            return CompletableFuture.completedFuture("");
        }
    }

    @RestController
    static class BareFuture {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        Future<String> received(FormFlowEvent event) {
            return CompletableFuture.completedFuture("");
        }
    }

    @RestController
    static class FutureInAnEntity {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        ResponseEntity<CompletableFuture<String>> received(FormFlowEvent event) {
            return ResponseEntity.ok(CompletableFuture.completedFuture(""));
        }
    }

    @RestController
    static class FuturesInAList {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        List<CompletableFuture<String>> received(FormFlowEvent event) {
            return List.of();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {AsyncMethod.class, AsyncClass.class, BareFuture.class, FuturesInAList.class})
    void rejectsWorkThatNobodyWaitsFor(Class<?> controller) {
        assertFailure(
                controller, controller.getSimpleName() + ".received", "acknowledge", "return a CompletableFuture");
    }

    // With Reactor, which is on the tests' class path, Spring MVC waits for it.
    @Test
    void rejectsAFutureInAnEntityWithoutReactor() throws NoSuchMethodException {
        Method method = FutureInAnEntity.class.getDeclaredMethod("received", FormFlowEvent.class);
        RequestMappingHandlerAdapter adapter = new RequestMappingHandlerAdapter();
        adapter.setReactiveAdapterRegistry(new ReactiveAdapterRegistry() {
            @Override
            public boolean hasAdapters() {
                return false;
            }
        });

        assertThatExceptionOfType(WebhookConfigurationException.class)
                .isThrownBy(() -> HandlerAnswers.check(
                        new HandlerMethod(new FutureInAnEntity(), method),
                        AnnotatedHandler.of(method, FutureInAnEntity.class),
                        List.of(adapter)))
                .withMessageContainingAll("FutureInAnEntity.received", "CompletableFuture", "does not wait");
    }

    @RestController
    static class WaitedFor {
        @WebhookEndpoint(value = "formflow", events = "extracted")
        @PostMapping("/stage")
        CompletionStage<ResponseEntity<String>> stage(FormFlowEvent event) {
            return CompletableFuture.completedFuture(ResponseEntity.ok(""));
        }

        @Async
        @WebhookEndpoint(value = "formflow", events = "export")
        @PostMapping("/async")
        CompletableFuture<String> async(FormFlowEvent event) {
            return CompletableFuture.completedFuture("");
        }

        @WebhookEndpoint(value = "formflow", events = "validation-success")
        @PostMapping("/callable")
        Callable<String> callable(FormFlowEvent event) {
            return () -> "";
        }

        @WebhookEndpoint(value = "formflow", events = "error-export")
        @PostMapping("/deferred")
        DeferredResult<List<String>> deferred(FormFlowEvent event) {
            return new DeferredResult<>();
        }
    }

    @Controller
    static class NamesNoView {
        @WebhookEndpoint(value = "formflow", events = "extracted")
        @PostMapping("/entity")
        ResponseEntity<String> entity(FormFlowEvent event) {
            return ResponseEntity.ok("");
        }

        @ResponseBody
        @WebhookEndpoint(value = "formflow", events = "export")
        @PostMapping("/body")
        String body(FormFlowEvent event) {
            return "";
        }

        @ResponseStatus(HttpStatus.NO_CONTENT)
        @WebhookEndpoint(value = "formflow", events = "validation-success")
        @PostMapping("/status")
        void status(FormFlowEvent event) {}

        @WebhookEndpoint(value = "formflow", events = "error-export")
        @PostMapping("/response")
        void response(FormFlowEvent event, HttpServletResponse response) {}

        @WebhookEndpoint(value = "formflow", events = "error-processing")
        @PostMapping("/view")
        ModelAndView view(FormFlowEvent event) {
            return new ModelAndView("forward:/next");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {WaitedFor.class, NamesNoView.class, FutureInAnEntity.class})
    void leavesOtherAnswersAlone(Class<?> controller) {
        SpringMvc.with(controller).run(context -> assertThat(context).hasNotFailed());
    }

    @Controller
    static class NothingAtAll {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @Controller
    static class NameOfAView {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        String received(FormFlowEvent event) {
            return "ok";
        }
    }

    @Controller
    static class Model {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        Map<String, String> received(FormFlowEvent event) {
            return Map.of();
        }
    }

    @Controller
    static class LaterName {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        CompletionStage<String> received(FormFlowEvent event) {
            return CompletableFuture.completedFuture("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {NothingAtAll.class, NameOfAView.class, Model.class, LaterName.class})
    void rejectsAHandlerForWhichAViewWouldBeLookedFor(Class<?> controller) {
        assertFailure(controller, controller.getSimpleName() + ".received", "view", "@ResponseBody");
    }

    record Wrapped(String name, FormFlowEvent event) {}

    record WrappedTwice(Wrapped inner) {}

    static class Settable {
        private VerifiedWebhook<FormFlowEvent> webhook;

        public void setWebhook(VerifiedWebhook<FormFlowEvent> webhook) {
            this.webhook = webhook;
        }

        VerifiedWebhook<FormFlowEvent> webhook() {
            return webhook;
        }
    }

    @RestController
    static class ListOfEvents {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(List<FormFlowEvent> events) {}
    }

    @RestController
    static class FutureEvent {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(CompletableFuture<FormFlowEvent> event) {}
    }

    @RestController
    static class ArrayOfEvents {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(FormFlowEvent[] events) {}
    }

    @RestController
    static class RecordWithEvent {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(Wrapped wrapped) {}
    }

    @RestController
    static class RecordOfRecordWithoutAnnotation {
        @PostMapping("/hooks")
        void received(WrappedTwice wrapped) {}
    }

    @RestController
    static class BeanWithProof {
        @PostMapping("/hooks")
        void received(Settable settable) {}
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ListOfEvents.class,
                FutureEvent.class,
                ArrayOfEvents.class,
                RecordWithEvent.class,
                RecordOfRecordWithoutAnnotation.class,
                BeanWithProof.class
            })
    void rejectsAnEventThatNothingVerifiedWouldFillIn(Class<?> controller) {
        assertFailure(controller, controller.getSimpleName() + ".received", "nothing verified", "plain");
    }

    @RestController
    static class Data {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(JsonData data) {}
    }

    @Test
    void rejectsJsonDataAsAParameter() {
        assertFailure(Data.class, "Data.received", JsonData.class.getName(), "take the event");
    }

    @RestController
    static class TwoHandlers {
        @WebhookEndpoint(value = "formflow", events = "extracted")
        @PostMapping("/hooks")
        void extracted(FormFlowEvent event) {}

        @WebhookEndpoint(value = "formflow", events = "export")
        @PostMapping("/hooks")
        void export(FormFlowEvent event) {}
    }

    @Test
    void saysHowTwoEventsAtOneUrlAreDone() {
        assertFailure(TwoHandlers.class, "TwoHandlers.", "/hooks", "one URL has one handler", "event.type()");
    }

    @RestController
    static class Choosy {
        @WebhookEndpoint("formflow")
        @PostMapping(path = "/hooks", consumes = "application/json", produces = "application/json")
        Map<String, String> received(FormFlowEvent event) {
            return Map.of("id", event.eventId());
        }

        @GetMapping("/other")
        String other() {
            return "other";
        }
    }

    @Test
    void neitherContentTypeNorAcceptTurnADeliveryAway() {
        SpringMvc.with(Choosy.class).run(context -> {
            MockMvc mvc = SpringMvc.mockMvc(context);
            for (String contentType : List.of("application/json", "text/plain", "no type", "")) {
                Delivery genuine = Delivery.formFlow("choosy " + contentType);
                Delivery typed = new Delivery(genuine.header(), genuine.signature(), contentType, genuine.body());

                MockHttpServletResponse response = answer(mvc, typed.to("/hooks"), "Accept", "text/html");

                assertThat(response.getStatus()).as(contentType).isEqualTo(200);
                assertThat(response.getContentAsString()).contains("choosy " + contentType);
            }
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class GlobalCors implements WebMvcConfigurer {
        @Override
        public void addCorsMappings(CorsRegistry registry) {
            registry.addMapping("/**").allowedMethods("*");
        }
    }

    @Test
    void rejectsAPreflightThoughTheApplicationAllowsEveryOrigin() {
        SpringMvc.with(Choosy.class, GlobalCors.class).run(context -> {
            MockMvc mvc = SpringMvc.mockMvc(context);

            MockHttpServletResponse response = preflight(mvc, "/hooks", "POST");
            assertThat(response.getStatus()).isEqualTo(405);
            assertThat(response.getHeader("Allow")).isEqualTo("POST");

            assertThat(preflight(mvc, "/other", "GET").getStatus()).isEqualTo(200);
        });
    }

    private static MockHttpServletResponse preflight(MockMvc mvc, String path, String method) throws Exception {
        RequestBuilder options = context -> {
            MockHttpServletRequest request = new MockHttpServletRequest(context, "OPTIONS", path);
            request.addHeader("Origin", "https://attacker.example");
            request.addHeader("Access-Control-Request-Method", method);
            return request;
        };
        return mvc.perform(options).andReturn().getResponse();
    }

    private static MockHttpServletResponse answer(MockMvc mvc, RequestBuilder delivery, String header, String value)
            throws Exception {
        RequestBuilder withHeader = context -> {
            MockHttpServletRequest request = delivery.buildRequest(context);
            request.addHeader(header, value);
            return request;
        };
        return mvc.perform(withHeader).andReturn().getResponse();
    }

    /** An annotated method that an own mapping gives, without any interceptor. */
    @Configuration(proxyBeanMethods = false)
    static class OwnMapping {
        @Bean
        HandlerMapping doors(Choosy choosy) throws NoSuchMethodException {
            Method method = Choosy.class.getDeclaredMethod("received", FormFlowEvent.class);
            return new Unintercepted(new HandlerMethod(choosy, method));
        }
    }

    record Unintercepted(HandlerMethod method) implements HandlerMapping, Ordered {
        @Override
        public HandlerExecutionChain getHandler(HttpServletRequest request) {
            return request.getRequestURI().equals("/door") ? new HandlerExecutionChain(method) : null;
        }

        @Override
        public int getOrder() {
            return 0;
        }
    }

    /** An annotated handler whose class nothing tells before it is made. */
    @Configuration(proxyBeanMethods = false)
    static class LazyHandler {
        @Bean
        @Lazy
        HttpRequestHandler hidden() {
            return new Hidden();
        }

        @Bean
        SimpleUrlHandlerMapping doors() {
            SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping(Map.of("/door", "hidden"), 0);
            mapping.setLazyInitHandlers(true);
            return mapping;
        }
    }

    static class Hidden implements HttpRequestHandler {
        @WebhookEndpoint("formflow")
        @Override
        public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("called");
        }
    }

    @Test
    void anAnnotatedMethodOfAnOwnMappingDoesNotRunUnverified() {
        SpringMvc.with(Choosy.class, OwnMapping.class).run(context -> assertClosed(SpringMvc.mockMvc(context)));
    }

    @Test
    void anAnnotatedHandlerThatIsMadeLateDoesNotRunUnverified() {
        SpringMvc.with(LazyHandler.class).run(context -> assertClosed(SpringMvc.mockMvc(context)));
    }

    private static void assertClosed(MockMvc mvc) {
        for (String secret : List.of(Delivery.FORMFLOW_SECRET, "a guess")) {
            assertThatThrownBy(() -> mvc.perform(
                            Delivery.formFlow("door", "extracted", secret).to("/door")))
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .rootCause()
                    .hasMessageContaining("@WebhookEndpoint")
                    .hasMessageContaining("nothing has verified");
        }
    }

    private static void assertFailure(Class<?> controller, String... messageParts) {
        SpringMvc.with(controller).run(context -> SpringMvc.assertFailed(context, messageParts));
    }
}
