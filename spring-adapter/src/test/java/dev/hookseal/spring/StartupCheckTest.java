package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.fixture.CustomProvider;
import dev.hookseal.formflow.FormFlowEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.Supplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** What fails the start of an application, and what it is told. */
class StartupCheckTest {

    @Test
    void startsWithoutAnyHandlerAndWithoutAnyEndpoint() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(HooksealAutoConfiguration.class))
                .withUserConfiguration(SpringMvc.Mvc.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @RestController
    static class UnknownEndpoint {
        @WebhookEndpoint("orders")
        @PostMapping("/hooks")
        void received() {}
    }

    @Test
    void rejectsAnEndpointThatIsNotConfigured() {
        assertFailure(
                SpringMvc.with(UnknownEndpoint.class),
                "UnknownEndpoint.received",
                "set hookseal.endpoints.orders.secret");
    }

    @RestController
    static class FormFlowHandler {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "${FORMFLOW_SECRET}"})
    void rejectsASecretThatIsNone(String secret) {
        assertFailure(
                SpringMvc.with(FormFlowHandler.class)
                        .withPropertyValues("hookseal.endpoints.formflow.secret=" + secret),
                "hookseal.endpoints.formflow.secret",
                secret.isBlank() ? "is empty" : "FORMFLOW_SECRET");
    }

    @Test
    void rejectsAWrongEndpointEvenIfNoHandlerUsesIt() {
        assertFailure(
                SpringMvc.with().withPropertyValues("hookseal.endpoints.unused.secret=s"),
                "set hookseal.endpoints.unused.provider");
    }

    @Test
    void rejectsAPropertyThatIsMisspelt() {
        assertFailure(
                SpringMvc.with()
                        .withPropertyValues(
                                "hookseal.endpoints.formflow.secret=s", "hookseal.endpoints.formflow.tolerence=5m"),
                "hookseal.endpoints.formflow.tolerence");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret.extracted", "secrets", "secert", "replay-window", "max-body-size"})
    void showsNoValueThatMayBeASecretInAnyOfTheExceptions(String property) {
        String secret = property.startsWith("sec") ? "s3cr3t" : "${UNSET:s3cr3t}";

        SpringMvc.with()
                .withPropertyValues("hookseal.endpoints.formflow." + property + "=" + secret)
                .run(context -> assertThat(context.getStartupFailure())
                        .isNotNull()
                        .hasStackTraceContaining("hookseal.endpoints.formflow." + property)
                        .extracting(Throwables::getStackTrace, InstanceOfAssertFactories.STRING)
                        .doesNotContain("s3cr3t"));
    }

    @RestController
    static class ImpossibleEvent {
        @WebhookEndpoint(value = "formflow", events = "exported")
        @PostMapping("/hooks")
        void received() {}
    }

    @Test
    void rejectsAnEventThatTheProviderDoesNotSend() {
        assertFailure(SpringMvc.with(ImpossibleEvent.class), "ImpossibleEvent.received", "\"exported\"", "export");
    }

    @RestController
    static class OtherProvidersEvent {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(ExtractaEvent event) {}
    }

    @RestController
    static class ProofOfOtherProvidersEvent {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(VerifiedWebhook<ExtractaEvent> webhook) {}
    }

    @ParameterizedTest
    @ValueSource(classes = {OtherProvidersEvent.class, ProofOfOtherProvidersEvent.class})
    void rejectsAParameterForEventsOfAnotherProvider(Class<?> controller) {
        assertFailure(
                SpringMvc.with(controller),
                controller.getSimpleName() + ".received",
                ExtractaEvent.class.getName(),
                FormFlowEvent.class.getName());
    }

    @RestController
    static class EventWithoutAnnotation {
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @RestController
    static class ProofWithoutAnnotation {
        @PostMapping("/hooks")
        void received(VerifiedWebhook<FormFlowEvent> webhook) {}
    }

    @RestController
    static class OwnEventWithoutAnnotation {
        @PostMapping("/hooks")
        void received(@RequestBody CustomProvider.Event event) {}
    }

    @ParameterizedTest
    @ValueSource(
            classes = {EventWithoutAnnotation.class, ProofWithoutAnnotation.class, OwnEventWithoutAnnotation.class})
    void rejectsAnEventWithoutTheAnnotation(Class<?> controller) {
        assertFailure(
                SpringMvc.with(controller), controller.getSimpleName() + ".received", "annotate", "@WebhookEndpoint");
    }

    @RestController
    static class OptionalEvent {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(Optional<FormFlowEvent> event) {}
    }

    @RestController
    static class SuppliedProof {
        @PostMapping("/hooks")
        void received(Supplier<Optional<VerifiedWebhook<FormFlowEvent>>> webhook) {}
    }

    @ParameterizedTest
    @ValueSource(classes = {OptionalEvent.class, SuppliedProof.class})
    void rejectsAnEventInsideAnotherType(Class<?> controller) {
        assertFailure(SpringMvc.with(controller), controller.getSimpleName() + ".received", "plain");
    }

    @RestController
    static class SelfBound {
        @PostMapping("/hooks")
        <T extends Comparable<T>> void received(T value) {}
    }

    @Test
    void leavesATypeThatIsBoundByItselfAlone() {
        SpringMvc.with(SelfBound.class).run(context -> assertThat(context).hasNotFailed());
    }

    @RestController
    static class EventFromParameters {
        @WebhookEndpoint("acme")
        @PostMapping("/hooks")
        void received(@ModelAttribute CustomProvider.Event event) {}
    }

    @RestController
    static class EventFromBody {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(@RequestBody FormFlowEvent event) {}
    }

    @ParameterizedTest
    @ValueSource(classes = {EventFromParameters.class, EventFromBody.class})
    void rejectsAnEventThatSomethingElseWouldMake(Class<?> controller) {
        assertFailure(
                SpringMvc.with(controller), controller.getSimpleName() + ".received", "remove annotations from the");
    }

    @RestController
    static class Invoices {
        @WebhookEndpoint("formflow")
        @PostMapping("/invoices")
        void received(FormFlowEvent event) {}
    }

    @RestController
    static class Archive {
        @WebhookEndpoint(
                value = "FormFlow",
                events = {"export", "extracted"})
        @PostMapping("/archive")
        void received(FormFlowEvent event) {}
    }

    @WebhookEndpoint("formflow")
    @RestController
    static class TwoMethods {
        @PostMapping("/one")
        void one(FormFlowEvent event) {}

        @PostMapping("/other")
        void other(FormFlowEvent event) {}
    }

    @RestController
    static class Overloaded {
        @WebhookEndpoint("formflow")
        @PostMapping("/one")
        void received(FormFlowEvent event) {}

        @WebhookEndpoint("formflow")
        @PostMapping("/other")
        void received(VerifiedWebhook<FormFlowEvent> webhook) {}
    }

    @Test
    void rejectsTwoHandlersOfOneEndpointThatCanGetTheSameEvent() {
        assertFailure(
                SpringMvc.with(Invoices.class, Archive.class),
                "Invoices.received(FormFlowEvent)",
                "Archive.received(FormFlowEvent)",
                "both handlers of endpoint formflow for the events [export, extracted]",
                "the second one would never run",
                "use two endpoints with the same provider");
        assertFailure(SpringMvc.with(TwoMethods.class), "TwoMethods.one(", "TwoMethods.other(", "every event");
        assertFailure(SpringMvc.with(Overloaded.class), "(FormFlowEvent)", "(VerifiedWebhook)", "both handlers");
    }

    @RestController
    static class DisjointEvents {
        @WebhookEndpoint(value = "formflow", events = "extracted")
        @PostMapping("/extracted")
        void extracted(FormFlowEvent event) {}

        @WebhookEndpoint(value = "formflow", events = "export")
        @PostMapping("/exports")
        void export(FormFlowEvent event) {}

        @WebhookEndpoint("second")
        @PostMapping("/second")
        void second(FormFlowEvent event) {}
    }

    @WebhookEndpoint("formflow")
    @RequestMapping({"/hooks", "/old/hooks"})
    @RestController
    static class FourPaths {
        @PostMapping({"/formflow", "/form-flow"})
        void received(FormFlowEvent event) {}
    }

    interface Mapped {
        @PostMapping({"/mapped", "/old/mapped"})
        void received(FormFlowEvent event);
    }

    @RestController
    static class OfAnInterface implements Mapped {
        @Override
        @WebhookEndpoint("formflow")
        public void received(FormFlowEvent event) {}
    }

    @RestController
    @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class ScopedHandler {
        @WebhookEndpoint("formflow")
        @PostMapping({"/scoped", "/old/scoped"})
        void received(FormFlowEvent event) {}
    }

    @ParameterizedTest
    @ValueSource(classes = {DisjointEvents.class, FourPaths.class, OfAnInterface.class, ScopedHandler.class})
    void leavesOneHandlerAtSeveralPathsAndDisjointEventsAlone(Class<?> controller) {
        SpringMvc.with(controller).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void takesAControllerThatParentAndChildHaveBothForOneHandler() {
        SpringMvc.with(FourPaths.class).run(context -> {
            try (AnnotationConfigWebApplicationContext child = child(context, FourPaths.class)) {
                assertThatCode(child::refresh).doesNotThrowAnyException();
            }
        });
    }

    @Test
    void rejectsTwoHandlersInParentAndChild() {
        SpringMvc.with(FourPaths.class).run(context -> {
            try (AnnotationConfigWebApplicationContext child = child(context, Invoices.class)) {
                assertThatThrownBy(child::refresh).hasMessageContainingAll("FourPaths", "Invoices", "both handlers");
            }
        });
    }

    @RestController
    static class Getting {
        @WebhookEndpoint("formflow")
        @GetMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @RestController
    static class Putting {
        @WebhookEndpoint("formflow")
        @RequestMapping(
                path = "/hooks",
                method = {RequestMethod.PUT, RequestMethod.PATCH})
        void received(FormFlowEvent event) {}
    }

    @WebhookEndpoint("formflow")
    @RestController
    static class WithStatusPage {
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}

        @GetMapping("/status")
        String status() {
            return "up";
        }
    }

    @ParameterizedTest
    @CsvSource({"Getting.received, GET", "Putting.received, PUT", "WithStatusPage.status, GET"})
    void rejectsAHandlerThatNoPostReaches(String handler, String method) throws ClassNotFoundException {
        Class<?> controller =
                Class.forName(StartupCheckTest.class.getName() + "$" + handler.substring(0, handler.indexOf('.')));

        assertFailure(
                SpringMvc.with(controller), handler, method, "could never receive a delivery", "with @PostMapping");
    }

    @RestController
    static class AnyMethod {
        @WebhookEndpoint("formflow")
        @RequestMapping("/any")
        void any(FormFlowEvent event) {}

        @WebhookEndpoint("second")
        @RequestMapping(
                path = "/some",
                method = {RequestMethod.GET, RequestMethod.POST})
        void some(FormFlowEvent event) {}
    }

    @Test
    void leavesAHandlerThatAPostReachesAlone() {
        SpringMvc.with(AnyMethod.class).run(context -> assertThat(context).hasNotFailed());
    }

    @Component
    static class NoController {
        @WebhookEndpoint("formflow")
        void received(FormFlowEvent event) {}
    }

    @RestController
    static class NoRequestMapping {
        @WebhookEndpoint("formflow")
        void received(FormFlowEvent event) {}

        @PostMapping("/other")
        void other() {}
    }

    @WebhookEndpoint("formflow")
    static class AnnotatedRequestHandler implements HttpRequestHandler {
        @Override
        public void handleRequest(HttpServletRequest request, HttpServletResponse response) {}
    }

    @Lazy
    @Component
    static class LazyBean extends Untouchable {
        @WebhookEndpoint("formflow")
        void received(FormFlowEvent event) {}
    }

    @Scope("prototype")
    @Component
    static class PrototypeBean extends Untouchable {
        @WebhookEndpoint("formflow")
        void received(FormFlowEvent event) {}
    }

    abstract static class Untouchable {
        Untouchable() {
            throw new AssertionError("It has to be found without being made");
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                NoController.class,
                NoRequestMapping.class,
                AnnotatedRequestHandler.class,
                LazyBean.class,
                PrototypeBean.class
            })
    void rejectsAnAnnotatedBeanThatSpringMvcDoesNotKnowAsAHandler(Class<?> bean) {
        assertFailure(
                SpringMvc.with(bean),
                bean.getSimpleName(),
                "WebhookHandlerFilter",
                "WebhookFilter",
                "nothing would verify");
    }

    @Test
    void checksAlsoWhereEveryBeanIsLazy() {
        assertFailure(
                SpringMvc.with(UnknownEndpoint.class)
                        .withInitializer(context ->
                                context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor())),
                "set hookseal.endpoints.orders.secret");
    }

    @Test
    void checksChildContextsToo() {
        SpringMvc.with().run(context -> {
            try (AnnotationConfigWebApplicationContext child = child(context, UnknownEndpoint.class)) {
                assertThatThrownBy(child::refresh).hasMessageContaining("set hookseal.endpoints.orders.secret");
            }
        });
    }

    @Test
    void rejectsAnAnnotatedBeanInAWebFluxApplication() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(HooksealAutoConfiguration.class, HooksealReactiveAutoConfiguration.class))
                .withUserConfiguration(FormFlowHandler.class)
                .run(context ->
                        SpringMvc.assertFailed(context, "FormFlowHandler", "WebFlux", "spring-boot-starter-web"));
    }

    @Test
    void leavesAWebFluxApplicationWithoutAnnotatedBeansAlone() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(HooksealAutoConfiguration.class, HooksealReactiveAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void leavesAnApplicationWithoutAWebServerAlone() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(HooksealAutoConfiguration.class, HooksealReactiveAutoConfiguration.class))
                .withUserConfiguration(FormFlowHandler.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static AnnotationConfigWebApplicationContext child(WebApplicationContext parent, Class<?> controller) {
        AnnotationConfigWebApplicationContext child = new AnnotationConfigWebApplicationContext();
        child.setParent(parent);
        child.setServletContext(parent.getServletContext());
        child.register(SpringMvc.Mvc.class, controller);
        return child;
    }

    private static void assertFailure(WebApplicationContextRunner application, String... messageParts) {
        application.run(context -> SpringMvc.assertFailed(context, messageParts));
    }
}
