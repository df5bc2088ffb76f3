package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookListener;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.testkit.inbox.TestInbox;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.atomic.AtomicInteger;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Before;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.EnableAspectJAutoProxy;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.mock.web.MockHttpServletResponse;

/** The kinds of beans that have listeners, and how each is called. */
class ListenerBeansTest {
    private static final String PATH = "/webhooks/formflow";
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final AtomicInteger ADVISED = new AtomicInteger();
    private static final AtomicInteger MADE = new AtomicInteger();

    private final TestInbox inbox = new TestInbox();

    @BeforeEach
    void reset() {
        CALLS.set(0);
        ADVISED.set(0);
        MADE.set(0);
    }

    private WebApplicationContextRunner with(Class<?>... beans) {
        return SpringMvc.with(beans)
                .withConfiguration(AutoConfigurations.of(HooksealInboxAutoConfiguration.class))
                .withPropertyValues("hookseal.endpoints.formflow.path=" + PATH)
                .withBean(Inbox.class, () -> inbox);
    }

    private static MockHttpServletResponse send(ApplicationContext context, Delivery delivery) throws Exception {
        return SpringMvc.mockMvc(context).perform(delivery.to(PATH)).andReturn().getResponse();
    }

    private void handlesADelivery(ApplicationContext context) throws Exception {
        assertThat(send(context, Delivery.formFlow("1")).getStatus()).isEqualTo(202);
        assertThat(send(context, Delivery.formFlow("1")).getStatus()).isEqualTo(200);
        assertThat(CALLS).hasValue(0);

        inbox.runDue(context.getBean(InboxDispatcher.class));

        inbox.assertHandledOnce("formflow:extracted:1");
        assertThat(CALLS).hasValue(1);
    }

    static class Listener {
        Listener() {
            MADE.incrementAndGet();
        }

        @WebhookListener("formflow")
        void received(FormFlowEvent event) {
            CALLS.incrementAndGet();
        }
    }

    @Lazy
    static class LazyListener extends Listener {}

    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    static class Prototype extends Listener {}

    @Scope(value = ConfigurableBeanFactory.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class ScopedProxy extends Listener {}

    interface Declares {
        @WebhookListener("formflow")
        void received(FormFlowEvent event);
    }

    static class Implements implements Declares {
        @Override
        public void received(FormFlowEvent event) {
            CALLS.incrementAndGet();
        }
    }

    abstract static class Generic<E> {
        @WebhookListener("formflow")
        public void received(VerifiedWebhook<E> webhook, Attempt attempt) {
            handle(webhook.event());
        }

        abstract void handle(E event);
    }

    static class OfAGeneric extends Generic<FormFlowEvent> {
        @Override
        void handle(FormFlowEvent event) {
            CALLS.incrementAndGet();
        }
    }

    interface GenericInterface<E> {
        @WebhookListener("formflow")
        void received(E event);
    }

    static class OfAGenericInterface implements GenericInterface<FormFlowEvent> {
        @Override
        public void received(FormFlowEvent event) {
            CALLS.incrementAndGet();
        }
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @WebhookListener(value = "formflow", events = "extracted")
    @interface OnExtracted {}

    static class OwnAnnotation {
        @OnExtracted
        void received(FormFlowEvent event) {
            CALLS.incrementAndGet();
        }
    }

    @Configuration
    static class InConfiguration {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {
            CALLS.incrementAndGet();
        }
    }

    static class Factory implements FactoryBean<Listener> {
        @Override
        public Listener getObject() {
            return new Listener();
        }

        @Override
        public Class<?> getObjectType() {
            return Listener.class;
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Listener.class,
                LazyListener.class,
                Prototype.class,
                ScopedProxy.class,
                Implements.class,
                OfAGeneric.class,
                OfAGenericInterface.class,
                OwnAnnotation.class,
                InConfiguration.class,
                Factory.class
            })
    void callsTheListenerOfABean(Class<?> bean) {
        with(bean).run(this::handlesADelivery);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Listener.class,
                LazyListener.class,
                Prototype.class,
                ScopedProxy.class,
                Implements.class,
                OfAGenericInterface.class,
                InConfiguration.class
            })
    void runsAnAspectAroundIt(Class<?> bean) {
        with(bean, Proxies.class).run(context -> {
            handlesADelivery(context);
            assertThat(ADVISED).hasValue(1);
        });
    }

    @Aspect
    static class Advice {
        @Before("execution(* *.received(..))")
        void before() {
            ADVISED.incrementAndGet();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAspectJAutoProxy
    static class Proxies {
        @Bean
        Advice advice() {
            return new Advice();
        }
    }

    @Test
    void makesALazyBeanForItsFirstDelivery() {
        with(LazyListener.class).run(context -> {
            send(context, Delivery.formFlow("1"));
            assertThat(MADE).hasValue(0);

            inbox.runDue(context.getBean(InboxDispatcher.class));

            assertThat(MADE).hasValue(1);
        });
    }

    static class Failing {
        @WebhookListener("formflow")
        void received(FormFlowEvent event, Attempt attempt) throws Exception {
            CALLS.incrementAndGet();
            throw attempt.number() == 1 ? new Exception("checked") : new IllegalStateException("not checked");
        }
    }

    @Test
    void throwsWhatTheListenerThrows() {
        with(Failing.class).run(context -> {
            send(context, Delivery.formFlow("1"));

            inbox.runDue(context.getBean(InboxDispatcher.class));

            assertThat(inbox.delivery("formflow:extracted:1").failure())
                    .isExactlyInstanceOf(Exception.class)
                    .hasMessage("checked");
        });
    }

    @Test
    void tellsTheSenderToComeAgainIfTheInboxOfTheApplicationFails() {
        Inbox broken = delivery -> {
            throw new IllegalStateException("The broker has not confirmed the delivery");
        };
        SpringMvc.with(Listener.class)
                .withConfiguration(AutoConfigurations.of(HooksealInboxAutoConfiguration.class))
                .withPropertyValues("hookseal.endpoints.formflow.path=" + PATH)
                .withBean(Inbox.class, () -> broken)
                .run(context -> {
                    MockHttpServletResponse response = send(context, Delivery.formFlow("1"));

                    assertThat(response.getStatus()).isEqualTo(503);
                    assertThat(response.getHeader("Retry-After")).isNotBlank();
                });
    }

    @Test
    void givesADisabledEndpointNoListener() {
        with(Listener.class)
                .withPropertyValues("hookseal.endpoints.formflow.enabled=false")
                .run(context -> {
                    assertThat(send(context, Delivery.formFlow("1")).getStatus())
                            .isEqualTo(404);
                    assertThat(context.getBean(InboxDispatcher.class).endpoints())
                            .isEmpty();
                });
    }
}
