package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import io.micronaut.aop.Around;
import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** None of these handlers takes an event: nothing but the annotation protects them. */
class AnnotationPlacesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "method",
                "class",
                "interface-method",
                "interface-method-mapped",
                "interface",
                "superclass-method",
                "overridden-method",
                "superclass",
                "meta",
                "meta-class",
                "meta-interface",
                "around",
                "around-class"
            })
    void isFoundWhereverItStands(String place) throws Exception {
        String path = "/places/" + place;
        Delivery delivery = Delivery.of(place);

        try (Server server = Server.start("places-" + place)) {
            assertThat(server.send(path, delivery.withSignature("00".repeat(32)))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(server.send(path, delivery).statusCode()).isEqualTo(200);
            assertThat(server.send(path, delivery).body()).isEmpty();
        }
    }

    @Requires(property = "spec", value = "places-method")
    @Controller("/places/method")
    static class OnMethod {
        @WebhookEndpoint("formflow")
        @Post
        String handle(@Body String body) {
            return "handled";
        }
    }

    @Requires(property = "spec", value = "places-class")
    @Controller("/places/class")
    @WebhookEndpoint("formflow")
    static class OnClass {
        @Post
        String handle(@Body String body) {
            return "handled";
        }
    }

    interface AnnotatedMethod {
        @WebhookEndpoint("formflow")
        String handle(@Body String body);
    }

    @Requires(property = "spec", value = "places-interface-method")
    @Controller("/places/interface-method")
    static class OnInterfaceMethod implements AnnotatedMethod {
        @Post
        @Override
        public String handle(String body) {
            return "handled";
        }
    }

    interface MappedMethod {
        @WebhookEndpoint("formflow")
        @Post
        String handle(@Body String body);
    }

    @Requires(property = "spec", value = "places-interface-method-mapped")
    @Controller("/places/interface-method-mapped")
    static class OnMappedInterfaceMethod implements MappedMethod {
        @Override
        public String handle(String body) {
            return "handled";
        }
    }

    @WebhookEndpoint("formflow")
    interface AnnotatedInterface {
        String handle(String body);
    }

    @Requires(property = "spec", value = "places-interface")
    @Controller("/places/interface")
    static class OnInterface implements AnnotatedInterface {
        @Post
        @Override
        public String handle(@Body String body) {
            return "handled";
        }
    }

    static class Base {
        @WebhookEndpoint("formflow")
        @Post
        String handle(@Body String body) {
            return "handled";
        }
    }

    @Requires(property = "spec", value = "places-superclass-method")
    @Controller("/places/superclass-method")
    static class OnSuperclassMethod extends Base {}

    @Requires(property = "spec", value = "places-overridden-method")
    @Controller("/places/overridden-method")
    static class OnOverriddenMethod extends Base {
        @Post
        @Override
        String handle(@Body String body) {
            return "handled";
        }
    }

    @WebhookEndpoint("formflow")
    static class AnnotatedBase {}

    @Requires(property = "spec", value = "places-superclass")
    @Controller("/places/superclass")
    static class OnSuperclass extends AnnotatedBase {
        @Post
        String handle(@Body String body) {
            return "handled";
        }
    }

    @WebhookEndpoint("formflow")
    @Retention(RetentionPolicy.RUNTIME)
    @interface OurHook {}

    @WebhookEndpoint("formflow")
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @interface OurInheritedHook {}

    @Requires(property = "spec", value = "places-meta")
    @Controller("/places/meta")
    static class Meta {
        @OurHook
        @Post
        String handle(@Body String body) {
            return "handled";
        }
    }

    @Requires(property = "spec", value = "places-meta-class")
    @Controller("/places/meta-class")
    @OurHook
    static class MetaOnClass {
        @Post
        String handle(@Body String body) {
            return "handled";
        }
    }

    interface MetaMethod {
        @OurInheritedHook
        String handle(@Body String body);
    }

    @Requires(property = "spec", value = "places-meta-interface")
    @Controller("/places/meta-interface")
    static class MetaOnInterface implements MetaMethod {
        @Post
        @Override
        public String handle(String body) {
            return "handled";
        }
    }

    @Around
    @Retention(RetentionPolicy.RUNTIME)
    @interface Advised {}

    @Requires(property = "spec", pattern = "places-around.*")
    @InterceptorBean(Advised.class)
    static class Advice implements MethodInterceptor<Object, Object> {
        @Override
        public @Nullable Object intercept(MethodInvocationContext<Object, Object> context) {
            return context.proceed();
        }
    }

    @Requires(property = "spec", value = "places-around")
    @Controller("/places/around")
    static class Proxied {
        @Advised
        @WebhookEndpoint("formflow")
        @Post
        String handle(@Body String body) {
            return "handled";
        }
    }

    @Requires(property = "spec", value = "places-around-class")
    @Controller("/places/around-class")
    @Advised
    @WebhookEndpoint("formflow")
    static class ProxiedClass {
        @Post
        String handle(@Body String body) {
            return "handled";
        }
    }
}
