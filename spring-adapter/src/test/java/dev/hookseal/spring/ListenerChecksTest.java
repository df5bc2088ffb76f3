package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.WebhookListener;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.testkit.inbox.TestInbox;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.FixedValue;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Before;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.EnableAspectJAutoProxy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.mock.web.MockServletContext;
import org.springframework.scheduling.annotation.Async;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import reactor.core.publisher.Mono;

/** What a listener cannot be: the start fails, and says what to change. */
class ListenerChecksTest {

    private static WebApplicationContextRunner with(Class<?>... beans) {
        return SpringMvc.with(beans)
                .withConfiguration(AutoConfigurations.of(HooksealInboxAutoConfiguration.class))
                .withBean(Inbox.class, () -> new TestInbox());
    }

    private static WebApplicationContextRunner withPath(Class<?>... beans) {
        return with(beans).withPropertyValues("hookseal.endpoints.formflow.path=/webhooks/formflow");
    }

    private static void assertFails(WebApplicationContextRunner application, String... messageParts) {
        application.run(context -> SpringMvc.assertFailed(context, messageParts));
    }

    private static void assertStarts(WebApplicationContextRunner application) {
        application.run(context -> assertThat(context).hasNotFailed());
    }

    static class Listener {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class ExtractedListener {
        @WebhookListener(value = "formflow", events = "extracted")
        void extracted(FormFlowEvent event) {}
    }

    static class Stage {
        @WebhookListener("formflow")
        CompletionStage<Void> received(FormFlowEvent event) {
            throw new AssertionError();
        }
    }

    static class Reactive {
        @WebhookListener("formflow")
        Mono<Void> received(FormFlowEvent event) {
            throw new AssertionError();
        }
    }

    static class Text {
        @WebhookListener("formflow")
        String received(FormFlowEvent event) {
            throw new AssertionError();
        }
    }

    @SuppressWarnings("UnusedMethod") // found by its annotation
    static class Private {
        @WebhookListener("formflow")
        @SuppressWarnings("UnusedVariable")
        private void received(FormFlowEvent event) {}
    }

    static class Static {
        @WebhookListener("formflow")
        static void received(FormFlowEvent event) {}
    }

    static class Asynchronous {
        @Async
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    @Async
    static class AsynchronousClass {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    static class Both {
        @WebhookEndpoint("formflow")
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    @RestController
    @WebhookEndpoint("formflow")
    static class Mapped {
        @WebhookListener("formflow")
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    static class Nothing {
        @WebhookListener("formflow")
        void received() {}
    }

    static class AttemptAlone {
        @WebhookListener("formflow")
        void received(Attempt attempt) {}
    }

    static class More {
        @WebhookListener("formflow")
        void received(FormFlowEvent event, String more) {}
    }

    static class EventAndProof {
        @WebhookListener("formflow")
        void received(FormFlowEvent event, VerifiedWebhook<FormFlowEvent> webhook) {}
    }

    static class TwoAttempts {
        @WebhookListener("formflow")
        void received(FormFlowEvent event, Attempt one, Attempt other) {}
    }

    static class OtherEvent {
        @WebhookListener("formflow")
        void received(ExtractaEvent event) {}
    }

    static class OtherProof {
        @WebhookListener("formflow")
        void received(VerifiedWebhook<ExtractaEvent> webhook) {}
    }

    static class UnknownEndpoint {
        @WebhookListener("orders")
        void received(FormFlowEvent event) {}
    }

    static class UnknownEvent {
        @WebhookListener(value = "formflow", events = "exported")
        void received(FormFlowEvent event) {}
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Stage             | returns java.util.concurrent.CompletionStage | return void
            Reactive          | returns reactor.core.publisher.Mono          | return void
            Text              | returns java.lang.String                     | return void
            Private           | is private                                   | not private
            Static            | is static                                    | an instance method
            Asynchronous      | with @Async                                  | remove @Async
            AsynchronousClass | with @Async                                  | remove @Async
            Both              | is a controller method as well               | remove @WebhookListener
            Mapped            | is a controller method as well               | the mapping
            Nothing           | its parameters are ()                        | the event or a VerifiedWebhook
            AttemptAlone      | its parameters are (Attempt)                 | the event or a VerifiedWebhook
            More              | its parameters are (FormFlowEvent, String)   | the event or a VerifiedWebhook
            EventAndProof     | (FormFlowEvent, VerifiedWebhook)             | one of the two
            TwoAttempts       | (FormFlowEvent, Attempt, Attempt)            | if wanted an Attempt
            OtherEvent        | and those of endpoint formflow are           | @WebhookListener
            OtherProof        | and those of endpoint formflow are           | @WebhookListener
            UnknownEndpoint   | @WebhookListener("orders")                   | set hookseal.endpoints.orders.secret
            UnknownEvent      | does not send the event "exported"           | correct it to one of
            """)
    void namesWhatIsWrongWithTheMethod(String listener, String description, String action)
            throws ClassNotFoundException {
        Class<?> type = Class.forName(ListenerChecksTest.class.getName() + "$" + listener);

        assertFails(withPath(type), listener + ".received", description, action);
    }

    /** A suspend function has a last parameter of this type, and returns an object. */
    @Test
    void rejectsASuspendFunctionOfKotlin() {
        var continuation = new ByteBuddy()
                .makeInterface()
                .name("kotlin.coroutines.Continuation")
                .make();
        Class<?> listener = new ByteBuddy()
                .subclass(Object.class)
                .name("dev.hookseal.spring.Suspending")
                .defineMethod("received", Object.class, Visibility.PUBLIC)
                .withParameters(
                        TypeDescription.ForLoadedType.of(FormFlowEvent.class), continuation.getTypeDescription())
                .intercept(FixedValue.nullValue())
                .annotateMethod(AnnotationDescription.Builder.ofType(WebhookListener.class)
                        .define("value", "formflow")
                        .build())
                .require(continuation)
                .make()
                .load(ListenerChecksTest.class.getClassLoader())
                .getLoaded();

        assertFails(withPath(listener), "Suspending.received", "is a suspend function", "remove suspend");
    }

    @Test
    void rejectsAListenerWithoutAnInbox() {
        assertFails(
                SpringMvc.with(Listener.class)
                        .withConfiguration(AutoConfigurations.of(HooksealInboxAutoConfiguration.class))
                        .withClassLoader(new FilteredClassLoader("dev.hookseal.inbox.jdbc")),
                "Listener.received",
                "there is no inbox",
                "add hookseal-inbox, or define an Inbox bean");
    }

    @Test
    void rejectsAListenerWithSeveralInboxes() {
        assertFails(
                withPath(Listener.class).withBean("another", Inbox.class, () -> new TestInbox()),
                "several Inbox beans",
                "another",
                "@Primary");
    }

    @Test
    void needsNoInboxWithoutAListener() {
        assertStarts(SpringMvc.with().withConfiguration(AutoConfigurations.of(HooksealInboxAutoConfiguration.class)));
    }

    static class SecondListener {
        @WebhookListener(
                value = "formflow",
                events = {"export", "extracted"})
        void received(FormFlowEvent event) {}
    }

    @Test
    void rejectsTwoListenersOfTheSameEvent() {
        assertFails(
                withPath(ExtractedListener.class, SecondListener.class),
                "ExtractedListener.extracted",
                "SecondListener.received",
                "event extracted",
                "call both pieces of work from one listener");
    }

    @Test
    void rejectsTwoBeansOfTheClassOfAListener() {
        assertFails(
                withPath(Listener.class).withBean("another", Listener.class),
                "Listener.received",
                "two beans of its class",
                "another");
    }

    @RestController
    static class Controller {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @RestController
    static class ExtractedController {
        @WebhookEndpoint(value = "formflow", events = "extracted")
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @Test
    void rejectsAListenerAndAControllerOfTheSameEvent() {
        assertFails(
                with(ExtractedListener.class, ExtractedController.class),
                "ExtractedListener.extracted",
                "ExtractedController.received",
                "event extracted");
        assertFails(with(Listener.class, Controller.class), "Listener.received", "Controller.received");
    }

    @Test
    void allowsAControllerForTheEventsWithoutAListener() {
        assertStarts(with(ExtractedListener.class, Controller.class));
    }

    @Test
    void rejectsAListenerWhoseDeliveriesNothingReceives() {
        assertFails(
                with(Listener.class), "Listener.received", "nothing receives", "set hookseal.endpoints.formflow.path");
    }

    @Test
    void rejectsAPathWithoutAListener() {
        assertFails(
                withPath(), "hookseal.endpoints.formflow.path is /webhooks/formflow", "@WebhookListener(\"formflow\")");
    }

    /** As in {@code @WebMvcTest}, which has neither this configuration nor the listeners of services. */
    @Test
    void leavesATestThatHasNotAllBeansAlone() {
        assertStarts(
                SpringMvc.with(Controller.class).withPropertyValues("hookseal.endpoints.second.path=/webhooks/second"));
    }

    @Test
    void rejectsAPathBesideAControllerOfTheEndpoint() {
        assertFails(
                withPath(ExtractedListener.class, Controller.class),
                "hookseal.endpoints.formflow.path is set",
                "Controller.received");
    }

    @RestController
    static class SamePath {
        @PostMapping("/webhooks/formflow")
        String received() {
            return "";
        }
    }

    @RestController
    static class SamePathOfAnotherEndpoint {
        @WebhookEndpoint("second")
        @PostMapping("/webhooks/formflow")
        void received(FormFlowEvent event) {}
    }

    static class SamePathInUrlMapping {
        @Bean("/webhooks/formflow")
        HttpRequestHandler handler() {
            return (request, response) -> {};
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {SamePath.class, SamePathOfAnotherEndpoint.class, SamePathInUrlMapping.class})
    void rejectsAnotherHandlerAtThePath(Class<?> other) {
        assertFails(
                withPath(Listener.class, other),
                "hookseal.endpoints.formflow.path is /webhooks/formflow",
                "is mapped to the same path");
    }

    @RestController
    static class OtherMethod {
        @GetMapping("/webhooks/formflow")
        String page() {
            return "";
        }

        @PostMapping("/webhooks/{other}")
        String other() {
            return "";
        }
    }

    @Test
    void allowsAHandlerThatCouldNotGetADeliveryOfThePath() {
        assertStarts(withPath(Listener.class, OtherMethod.class));
    }

    @Scope(WebApplicationContext.SCOPE_REQUEST)
    static class OfARequest extends Listener {}

    @Scope(value = WebApplicationContext.SCOPE_SESSION, proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class OfASession extends Listener {}

    @ParameterizedTest
    @ValueSource(classes = {OfARequest.class, OfASession.class})
    void rejectsABeanThatAWorkerCannotHave(Class<?> bean) {
        assertFails(
                withPath(bean),
                bean.getSimpleName() + ".received",
                "with the scope",
                "move it to a bean without a scope");
    }

    @Aspect
    static class Around {
        @Before("@annotation(dev.hookseal.WebhookListener)")
        void before() {}
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAspectJAutoProxy
    static class Proxies {
        @Bean
        Around around() {
            return new Around();
        }
    }

    static class Final {
        @WebhookListener("formflow")
        final void received(FormFlowEvent event) {}
    }

    @Test
    void rejectsAFinalMethodBehindAProxyAlone() {
        assertStarts(withPath(Final.class));
        // a method of the proxied class that is not final, since advice is for those alone
        assertFails(
                withPath(Final.class).withUserConfiguration(Proxies.class).withBean(Everywhere.class),
                "Final.received",
                "a final method",
                "remove final");
    }

    @Aspect
    static class Everywhere {
        @Before("within(dev.hookseal.spring.ListenerChecksTest.Final)")
        void before() {}
    }

    interface Other {
        void other();
    }

    static class WithInterface implements Other {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}

        @Override
        public void other() {}
    }

    @Test
    void rejectsAProxyWithoutTheMethod() {
        assertFails(
                withPath(WithInterface.class).withUserConfiguration(Proxies.class),
                "WithInterface.received",
                "the proxy of its bean does not have it",
                "declare the method in one of these interfaces");
    }

    static class Hidden {
        // after the registry, as everything is in a server, which makes its filters first
        @Bean
        Other other(EndpointRegistry endpoints) {
            return new WithInterface();
        }
    }

    @Test
    void rejectsABeanWhoseTypeDoesNotTell() {
        assertFails(
                withPath(Hidden.class),
                "WithInterface.received",
                "showed only once bean other had been made",
                WithInterface.class.getName());
    }

    @Test
    void rejectsAListenerInTheContextOfAnotherServlet() {
        withPath(ExtractedListener.class).run(context -> {
            AnnotationConfigWebApplicationContext child = new AnnotationConfigWebApplicationContext();
            child.setParent(context);
            child.setServletContext(context.getServletContext());
            child.register(SpringMvc.Mvc.class, SecondListener.class);
            try (child) {
                assertThatThrownBy(child::refresh)
                        .isInstanceOf(WebhookConfigurationException.class)
                        .hasMessageContainingAll("SecondListener.received", "another DispatcherServlet");
            }
        });
    }

    @Test
    void rejectsAListenerWithoutSpringBoot() {
        Consumer<AnnotationConfigWebApplicationContext> start = context -> {
            context.setServletContext(new MockServletContext());
            context.register(
                    SpringMvc.Mvc.class, HooksealMvcConfiguration.class, EndpointsInCode.class, Listener.class);
            context.refresh();
        };
        try (AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext()) {
            assertThatThrownBy(() -> start.accept(context))
                    .isInstanceOf(WebhookConfigurationException.class)
                    .hasMessageContainingAll("Listener.received", "without Spring Boot", "InboxDispatcher");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class EndpointsInCode {
        @Bean
        EndpointRegistry endpoints() {
            return EndpointRegistry.builder(Map.of()).build();
        }
    }

    @Test
    void rejectsAListenerInAWebFluxApplication() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(HooksealReactiveAutoConfiguration.class))
                .withUserConfiguration(Listener.class)
                .run(context -> SpringMvc.assertFailed(context, "Listener.received", "WebFlux"));
    }
}
