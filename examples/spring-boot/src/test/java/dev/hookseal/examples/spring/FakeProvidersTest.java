package dev.hookseal.examples.spring;

import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.FakeExtracta;
import dev.hookseal.testkit.extracta.JsonStyle;
import dev.hookseal.testkit.fake.Fake;
import dev.hookseal.testkit.fake.FakeProviders;
import dev.hookseal.testkit.formflow.FakeFormFlow;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The application as its providers see it: over HTTP, with the secrets that they hand out. */
@ExtendWith(FakeProviders.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FakeProvidersTest {
    @Fake
    static FakeFormFlow formFlow;

    @Fake
    static FakeExtracta extracta;

    @DynamicPropertySource
    static void secrets(DynamicPropertyRegistry registry) {
        formFlow.properties("formflow").forEach((name, value) -> registry.add(name, () -> value));
        extracta.properties("extracta").forEach((name, value) -> registry.add(name, () -> value));
    }

    @Autowired
    private Handled handled;

    @BeforeEach
    void subscribe(@LocalServerPort int port) {
        URI application = URI.create("http://127.0.0.1:" + port);
        formFlow.subscribeToAll(application.resolve("/webhooks/formflow"));
        extracta.deliverTo(application.resolve("/webhooks/extracta"));
    }

    /** Counts what the handlers were given. */
    @TestConfiguration
    static class Handled implements DeliveryObserver {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void observe(DeliveryOutcome outcome) {
            if (outcome.kind() == DeliveryOutcome.Kind.HANDLED) {
                count.incrementAndGet();
            }
        }

        int times() {
            return count.get();
        }
    }

    @Test
    void acknowledgesEachEventOfFormFlowInTime() {
        FormFlowEvents.documented()
                .forEach(event -> formFlow.deliver(event.identifiedBy("in time"))
                        .assertAcknowledgedWithin(Duration.ofSeconds(5)));
    }

    @Test
    void acknowledgesEachEventOfExtractaWhoeverWroteIt() {
        for (JsonStyle style : JsonStyle.values()) {
            ExtractaEvents.documented()
                    .forEach(event -> extracta.deliverRewritten(event, style).assertAcknowledgedAtOnce());
        }
    }

    @Test
    void handlesAnEventThatComesEightTimesAtOnceOnce() {
        int before = handled.times();

        formFlow.deliverAtOnce(FormFlowEvents.export().identifiedBy("at once"), 8)
                .assertHandledOnce(() -> handled.times() - before);
    }

    @Test
    void rejectsWhatIsForged() {
        for (Forgery forgery : Forgery.values()) {
            formFlow.deliverForged(FormFlowEvents.extracted().identifiedBy("forged"), forgery)
                    .assertRejected();
        }
    }
}
