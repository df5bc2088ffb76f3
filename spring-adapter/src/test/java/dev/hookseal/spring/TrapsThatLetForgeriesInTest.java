package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.fixture.CustomProvider;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.spring.app.Delivery;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.annotation.AliasFor;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurationSupport;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Six ways in which a Spring application may end up with a handler that nothing verifies. Each is shut. */
class TrapsThatLetForgeriesInTest {

    /** With no resolver there, Spring makes records from request parameters. */
    @Nested
    class EventsFromRequestParameters {
        private final MockMvc withoutResolver =
                MockMvcBuilders.standaloneSetup(new Handlers()).build();

        @RestController
        static class Handlers {
            record Lookalike(String eventId) {}

            @PostMapping("/lookalike")
            String lookalike(Lookalike event) {
                return event.eventId();
            }

            @PostMapping("/formflow")
            String formFlow(FormFlowEvent event) {
                return event.eventId();
            }

            @PostMapping("/extracta")
            String extracta(ExtractaEvent event) {
                return event.unsignedTypeName();
            }

            @PostMapping("/proof")
            String proof(VerifiedWebhook<FormFlowEvent> webhook) {
                return webhook.endpoint();
            }
        }

        @Test
        void thatIsHowItWouldHappen() throws Exception {
            MockHttpServletResponse response = withoutResolver
                    .perform(post("/lookalike?eventId=evil"))
                    .andReturn()
                    .getResponse();

            assertThat(response.getContentAsString()).isEqualTo("evil");
        }

        @ParameterizedTest
        @ValueSource(strings = {"formflow", "extracta", "proof"})
        void makeNoEventAndNoProof(String path) {
            assertThatThrownBy(() -> withoutResolver.perform(
                            post("/" + path + "?eventId=evil&unsignedTypeName=evil&endpoint=evil&event.eventId=evil")))
                    .rootCause()
                    .hasMessageContaining("constructor found for interface dev.hookseal");
        }

        @ParameterizedTest
        @ValueSource(classes = {FormFlowEvent.class, ExtractaEvent.class, VerifiedWebhook.class})
        void cannotBehindAProxyEither(Class<?> type) {
            assertThatThrownBy(() -> Proxy.newProxyInstance(
                            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> "evil"))
                    .isInstanceOf(IllegalArgumentException.class);
            Object proxy = ProxyFactory.getProxy(type, (MethodInterceptor) invocation -> "evil");
            assertThat(type.isInstance(proxy)).isFalse();
        }

        @RestController
        static class OwnEvent {
            @WebhookEndpoint("acme")
            @PostMapping("/acme")
            String acme(CustomProvider.Event event) {
                return event.text();
            }
        }

        @Test
        void areNotAskedForAnEventThatIsARecordOfTheApplication() {
            SpringMvc.with(OwnEvent.class).run(context -> {
                MockMvc mvc = SpringMvc.mockMvc(context);

                assertThat(answer(mvc, Delivery.acme("text/plain", "signed"), "/acme?text=evil"))
                        .isEqualTo("signed");
                assertThat(mvc.perform(post("/acme?text=evil"))
                                .andReturn()
                                .getResponse()
                                .getStatus())
                        .isEqualTo(401);
            });
        }
    }

    /** A condition on the secret would switch verification off where the secret is missing. */
    @Nested
    class AMissingSecret {

        @RestController
        static class Handler {
            @WebhookEndpoint("extracta")
            @PostMapping("/hooks")
            String received(@RequestBody String body) {
                return "called";
            }
        }

        @Test
        void failsTheStartWithThePropertyToSet() {
            SpringMvc.with(Handler.class)
                    .run(context -> SpringMvc.assertFailed(context, "set hookseal.endpoints.extracta.secret"));
        }

        @Test
        void failsTheStartAlsoWhereOtherSettingsOfTheEndpointAreThere() {
            SpringMvc.with(Handler.class)
                    .withPropertyValues("hookseal.endpoints.extracta.lease=1m")
                    .run(context -> SpringMvc.assertFailed(context, "set hookseal.endpoints.extracta.secret"));
        }
    }

    /** A slice leaves out every auto-configuration that does not say it belongs there; WebMvcTestSliceTest runs one. */
    @Nested
    class ASliceTest {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureWebMvc",
                    "org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureWebMvc"
                })
        void takesTheAutoConfigurationInBoot3AndInBoot4(String slice) throws IOException {
            try (InputStream in =
                    HooksealAutoConfiguration.class.getResourceAsStream("/META-INF/spring/" + slice + ".imports")) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip())
                        .isEqualTo(HooksealAutoConfiguration.class.getName());
            }
        }
    }

    /** The handlers of a RouterFunction know no annotations; RouterFunctionsOverHttpTest shows what they have instead. */
    @Nested
    class ARouterFunction {

        @Configuration(proxyBeanMethods = false)
        static class Routes {
            @Bean
            RouteHandler handler() {
                return new RouteHandler();
            }

            @Bean
            RouterFunction<ServerResponse> routes(RouteHandler handler) {
                return RouterFunctions.route().POST("/hooks", handler::received).build();
            }
        }

        static class RouteHandler {
            @WebhookEndpoint("formflow")
            ServerResponse received(ServerRequest request) {
                return ServerResponse.ok().build();
            }
        }

        @Test
        void withAnAnnotatedHandlerFailsTheStart() {
            SpringMvc.with(Routes.class)
                    .run(context ->
                            SpringMvc.assertFailed(context, "RouteHandler.received", "add a WebhookHandlerFilter"));
        }
    }

    /** An application that sets Spring MVC up itself drops every WebMvcConfigurer, and nobody says so. */
    @Nested
    class AnOwnWebMvcConfigurationSupport {

        @Configuration
        static class OwnSetUp extends WebMvcConfigurationSupport {}

        @RestController
        static class WithEvent {
            @WebhookEndpoint("formflow")
            @PostMapping("/hooks")
            String received(FormFlowEvent event) {
                return "called";
            }
        }

        @RestController
        static class WithoutEvent {
            @WebhookEndpoint("formflow")
            @PostMapping("/hooks")
            String received(@RequestBody String body) {
                return "called";
            }
        }

        @Test
        void failsTheStartWhereItDropsTheResolver() {
            SpringMvc.withoutMvc(OwnSetUp.class, WithEvent.class)
                    .run(context -> SpringMvc.assertFailed(
                            context, "WithEvent.received", "WebMvcConfigurationSupport", "WebMvcConfigurer"));
        }

        @Test
        void verifiesWhereItNeedsNoResolver() {
            SpringMvc.withoutMvc(OwnSetUp.class, WithoutEvent.class)
                    .run(context -> assertVerified(context, "/hooks", "own-set-up"));
        }

        @Configuration
        static class OwnMapping extends WebMvcConfigurationSupport {
            @Override
            protected RequestMappingHandlerMapping createRequestMappingHandlerMapping() {
                return new RequestMappingHandlerMapping() {
                    @Override
                    protected void detectMappedInterceptors(List<HandlerInterceptor> interceptors) {}
                };
            }
        }

        @Test
        void failsTheStartWhereItDropsTheInterceptor() {
            SpringMvc.withoutMvc(OwnMapping.class, WithoutEvent.class)
                    .run(context -> SpringMvc.assertFailed(
                            context, "WithoutEvent.received", "does not hold the WebhookInterceptor"));
        }
    }

    /** The annotation may stand elsewhere than on the method that Spring MVC calls. */
    @Nested
    class APlaceOfTheAnnotation {

        interface Contract {
            @WebhookEndpoint("formflow")
            @PostMapping("/of-interface")
            String received(FormFlowEvent event);
        }

        @RestController
        static class OfInterface implements Contract {
            @Override
            public String received(FormFlowEvent event) {
                return "called";
            }
        }

        abstract static class Base<E> {
            @WebhookEndpoint("formflow")
            @PostMapping("/of-superclass")
            String received(E event) {
                return "called";
            }
        }

        @RestController
        static class OfSuperclass extends Base<FormFlowEvent> {}

        @RestController
        static class OfOverriddenMethod extends Base<FormFlowEvent> {
            @Override
            @PostMapping("/of-overridden-method")
            String received(FormFlowEvent event) {
                return "called";
            }
        }

        @Retention(RetentionPolicy.RUNTIME)
        @WebhookEndpoint("formflow")
        @RequestMapping(method = RequestMethod.POST)
        @interface FormFlowHook {
            @AliasFor(annotation = RequestMapping.class, attribute = "path")
            String value();
        }

        @RestController
        static class OfAnnotation {
            @FormFlowHook("/of-annotation")
            String received(FormFlowEvent event) {
                return "called";
            }
        }

        @WebhookEndpoint("formflow")
        @RestController
        static class OfClass {
            @PostMapping("/of-class")
            String received(FormFlowEvent event) {
                return "called";
            }
        }

        @WebhookEndpoint("acme")
        @RestController
        static class OfMethodAndClass {
            @WebhookEndpoint("formflow")
            @PostMapping("/of-method-and-class")
            String received(FormFlowEvent event) {
                return "called";
            }
        }

        @WebhookEndpoint("formflow")
        interface Typed {}

        @RestController
        static class OfInterfaceType implements Typed {
            @PostMapping("/of-interface-type")
            String received(FormFlowEvent event) {
                return "called";
            }
        }

        @RestController
        @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
        static class ScopedProxy {
            @WebhookEndpoint("formflow")
            @PostMapping("/scoped-proxy")
            String received(FormFlowEvent event) {
                return "called";
            }
        }

        @Retention(RetentionPolicy.RUNTIME)
        @interface Advised {}

        @Advised
        @RestController
        static class CglibProxy {
            @WebhookEndpoint("formflow")
            @PostMapping("/cglib-proxy")
            public String received(FormFlowEvent event) {
                return "called";
            }
        }

        @Controller
        @RequestMapping
        interface Proxied {
            @PostMapping("/jdk-proxy")
            @ResponseBody
            String received(@RequestBody String body);
        }

        @Advised
        static class JdkProxy implements Proxied {
            @WebhookEndpoint("second")
            @Override
            public String received(String body) {
                return "called";
            }
        }

        @Controller
        @RequestMapping
        interface ProxiedByClass {
            @PostMapping("/jdk-proxy-of-class")
            @ResponseBody
            String received(FormFlowEvent event);
        }

        @Advised
        @WebhookEndpoint("formflow")
        static class JdkProxyOfClass implements ProxiedByClass {
            @Override
            public String received(FormFlowEvent event) {
                return "called";
            }
        }

        @Configuration(proxyBeanMethods = false)
        static class Proxies {
            @Bean
            static DefaultAdvisorAutoProxyCreator autoProxies() {
                return new DefaultAdvisorAutoProxyCreator();
            }

            @Bean
            static Advisor advisor() {
                return new DefaultPointcutAdvisor(
                        AnnotationMatchingPointcut.forClassAnnotation(Advised.class),
                        (MethodInterceptor) invocation -> invocation.proceed());
            }
        }

        @ParameterizedTest
        @ValueSource(
                classes = {
                    OfInterface.class,
                    OfSuperclass.class,
                    OfOverriddenMethod.class,
                    OfAnnotation.class,
                    OfClass.class,
                    OfMethodAndClass.class,
                    OfInterfaceType.class,
                    ScopedProxy.class,
                    CglibProxy.class,
                    JdkProxy.class,
                    JdkProxyOfClass.class
                })
        void isFound(Class<?> controller) {
            String path = controller
                    .getSimpleName()
                    .replaceAll("(?<=.)([A-Z])", "-$1")
                    .toLowerCase(Locale.ROOT);

            SpringMvc.with(controller, Proxies.class)
                    .run(context -> assertVerified(context, "/" + path, controller.getSimpleName()));
        }

        @Test
        void isFoundBehindTheProxiesThatTheirNamesSay() {
            SpringMvc.with(CglibProxy.class, JdkProxy.class, Proxies.class).run(context -> {
                assertThat(context.getBean(CglibProxy.class).getClass()).isNotEqualTo(CglibProxy.class);
                assertThat(Proxy.isProxyClass(context.getBean(Proxied.class).getClass()))
                        .isTrue();
            });
        }

        interface NoController {
            @PostMapping("/unmapped")
            @ResponseBody
            String received(FormFlowEvent event);
        }

        @Advised
        @WebhookEndpoint("formflow")
        @RestController
        static class UnmappedJdkProxy implements NoController {
            @Override
            public String received(FormFlowEvent event) {
                return "called";
            }
        }

        @Test
        void onAControllerThatItsProxyHidesFailsTheStart() {
            SpringMvc.with(UnmappedJdkProxy.class, Proxies.class)
                    .run(context -> SpringMvc.assertFailed(context, "UnmappedJdkProxy", "Spring MVC does not know it"));
        }
    }

    /** A genuine delivery reaches the handler, a forged one does not. */
    private static void assertVerified(ApplicationContext context, String path, String eventId) throws Exception {
        MockMvc mvc = SpringMvc.mockMvc(context);

        assertThat(answer(mvc, Delivery.formFlow(eventId), path)).isEqualTo("called");
        assertThat(answer(mvc, Delivery.formFlow(eventId + "-forged", "extracted", "a guess"), path))
                .isEqualTo("{\"title\":\"Unauthorized\",\"status\":401}");
    }

    private static String answer(MockMvc mvc, Delivery delivery, String path) throws Exception {
        return mvc.perform(delivery.to(path)).andReturn().getResponse().getContentAsString();
    }
}
