package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookListener;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.InboxDispatcher;
import io.micronaut.aop.Around;
import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.micronaut.context.LifeCycle;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Prototype;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Listeners are found on beans of any kind, each is called once for a delivery, and none is made before. */
class ListenerMethodsTest {
    private static final Map<String, String> EVENTS = new TreeMap<>(Map.of(
            "a-singleton", "Single.received",
            "a-prototype", "Proto.received",
            "a-context-bean", "Eager.received",
            "advice", "Advised.received",
            "class-advice", "AllAdvised.received",
            "a-factory", "Made.received",
            "a-superclass", "Sub.received",
            "an-interface", "Implementation.received",
            "a-replacement", "Replacement.received",
            "a-composed-annotation", "Composed.received"));

    private final MemoryInbox inbox = new MemoryInbox();

    @Test
    void areFoundOnBeansOfAnyKind() throws Exception {
        Map<String, Object> properties = new HashMap<>();
        EVENTS.keySet().forEach(name -> {
            properties.put("hookseal.endpoints." + name + ".provider", "formflow");
            properties.put("hookseal.endpoints." + name + ".secret", Server.SECRET);
            properties.put("hookseal.endpoints." + name + ".path", "/webhooks/" + name);
        });
        try (Server server = Server.start("listener-methods", properties, inbox)) {
            assertThat(server.bean(ListenerMethods.class).all())
                    .extracting(ListenerMethod::name)
                    .containsExactlyInAnyOrderElementsOf(EVENTS.values());
            assertThat(server.seen()).containsExactly("made Eager");

            for (String name : EVENTS.keySet()) {
                assertThat(server.send("/webhooks/" + name, Delivery.of(name)).statusCode())
                        .as(name)
                        .isEqualTo(202);
                inbox.handleAll(server.bean(InboxDispatcher.class));
            }

            assertThat(server.seen())
                    .containsExactlyElementsOf(List.of(
                            "made Eager",
                            "a-composed-annotation",
                            "a-context-bean",
                            "a-factory",
                            "made Proto",
                            "a-prototype",
                            "destroyed Proto",
                            "a-replacement",
                            "made Single",
                            "a-singleton",
                            "a-superclass",
                            "before",
                            "advice",
                            "an-interface",
                            "before",
                            "class-advice"));
        }
    }

    @Requires(property = "spec", value = "listener-methods")
    @Singleton
    static class Single {
        private final Seen seen;

        Single(Seen seen) {
            this.seen = seen;
            seen.add("made Single");
        }

        @WebhookListener("a-singleton")
        void received(FormFlowEvent event) {
            seen.add(event.eventId());
        }
    }

    @Requires(property = "spec", value = "listener-methods")
    @Prototype
    static class Proto implements LifeCycle<Proto> {
        private final Seen seen;

        Proto(Seen seen) {
            this.seen = seen;
            seen.add("made Proto");
        }

        @WebhookListener("a-prototype")
        public void received(VerifiedWebhook<? extends FormFlowEvent> webhook, Attempt attempt) {
            seen.add(webhook.event().eventId());
        }

        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public Proto stop() {
            seen.add("destroyed Proto");
            return this;
        }
    }

    @Requires(property = "spec", value = "listener-methods")
    @Context
    static class Eager {
        private final Seen seen;

        Eager(Seen seen) {
            this.seen = seen;
            seen.add("made Eager");
        }

        @WebhookListener("a-context-bean")
        protected void received(VerifiedWebhook<?> webhook) {
            seen.add(((FormFlowEvent) webhook.event()).eventId());
        }
    }

    @Around
    @Retention(RetentionPolicy.RUNTIME)
    @interface Noted {}

    @Requires(property = "spec", value = "listener-methods")
    @Singleton
    @InterceptorBean(Noted.class)
    static class Noting implements MethodInterceptor<Object, Object> {
        private final Seen seen;

        Noting(Seen seen) {
            this.seen = seen;
        }

        @Override
        public @Nullable Object intercept(MethodInvocationContext<Object, Object> context) {
            seen.add("before");
            return context.proceed();
        }
    }

    @Requires(property = "spec", value = "listener-methods")
    @Singleton
    static class Advised {
        private final Seen seen;

        Advised(Seen seen) {
            this.seen = seen;
        }

        @WebhookListener("advice")
        @Noted
        void received(FormFlowEvent event) {
            seen.add(event.eventId());
        }
    }

    @Requires(property = "spec", value = "listener-methods")
    @Singleton
    @Noted
    static class AllAdvised {
        private final Seen seen;

        AllAdvised(Seen seen) {
            this.seen = seen;
        }

        @WebhookListener("class-advice")
        void received(FormFlowEvent event) {
            seen.add(event.eventId());
        }
    }

    // not a bean by itself
    static class Made {
        private final Seen seen;

        Made(Seen seen) {
            this.seen = seen;
        }

        @WebhookListener("a-factory")
        void received(FormFlowEvent event) {
            seen.add(event.eventId());
        }
    }

    @Requires(property = "spec", value = "listener-methods")
    @Factory
    static class Maker {
        @Singleton
        Made made(Seen seen) {
            return new Made(seen);
        }
    }

    abstract static class Base {
        @WebhookListener("a-superclass")
        void received(FormFlowEvent event) {
            handle(event);
        }

        abstract void handle(FormFlowEvent event);
    }

    @Requires(property = "spec", value = "listener-methods")
    @Singleton
    static class Sub extends Base {
        private final Seen seen;

        Sub(Seen seen) {
            this.seen = seen;
        }

        @Override
        void handle(FormFlowEvent event) {
            seen.add(event.eventId());
        }
    }

    interface Receiving<E> {
        @WebhookListener("an-interface")
        void received(E event);
    }

    @Requires(property = "spec", value = "listener-methods")
    @Singleton
    static class Implementation implements Receiving<FormFlowEvent> {
        private final Seen seen;

        Implementation(Seen seen) {
            this.seen = seen;
        }

        @Override
        public void received(FormFlowEvent event) {
            seen.add(event.eventId());
        }
    }

    @Requires(property = "spec", value = "listener-methods")
    @Singleton
    static class Replaced {
        @WebhookListener("a-replacement")
        void received(FormFlowEvent event) {
            throw new AssertionError("It is replaced");
        }
    }

    @Requires(property = "spec", value = "listener-methods")
    @Singleton
    @Replaces(Replaced.class)
    static class Replacement {
        private final Seen seen;

        Replacement(Seen seen) {
            this.seen = seen;
        }

        @WebhookListener("a-replacement")
        void received(FormFlowEvent event) {
            seen.add(event.eventId());
        }
    }

    @WebhookListener("a-composed-annotation")
    @Retention(RetentionPolicy.RUNTIME)
    @interface OwnListener {}

    @Requires(property = "spec", value = "listener-methods")
    @Singleton
    static class Composed {
        private final Seen seen;

        Composed(Seen seen) {
            this.seen = seen;
        }

        @OwnListener
        void received(FormFlowEvent event) {
            seen.add(event.eventId());
        }
    }
}
