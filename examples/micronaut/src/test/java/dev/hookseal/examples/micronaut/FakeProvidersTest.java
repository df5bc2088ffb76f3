package dev.hookseal.examples.micronaut;

import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.FakeExtracta;
import dev.hookseal.testkit.extracta.JsonStyle;
import dev.hookseal.testkit.fake.FakeProviders;
import dev.hookseal.testkit.formflow.FakeFormFlow;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application as its providers see it: over HTTP, with the secrets that they hand out. */
@ExtendWith(FakeProviders.class)
class FakeProvidersTest {
    private static EmbeddedServer server;

    @BeforeAll
    static void start(FakeFormFlow formFlow, FakeExtracta extracta) {
        Map<String, Object> properties = new HashMap<>(formFlow.properties("formflow"));
        properties.putAll(formFlow.properties("submissions"));
        properties.putAll(extracta.properties("extracta"));
        properties.put("PORT", "-1");
        server = ApplicationContext.run(EmbeddedServer.class, properties);

        formFlow.subscribeToAll(server.getURI().resolve("/webhooks/formflow"));
        extracta.deliverTo(server.getURI().resolve("/webhooks/extracta"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void acknowledgesEachEventOfFormFlowInTime(FakeFormFlow formFlow) {
        FormFlowEvents.documented()
                .forEach(event -> formFlow.deliver(event.identifiedBy("in time"))
                        .assertAcknowledgedWithin(Duration.ofSeconds(5)));
    }

    @Test
    void acknowledgesEachEventOfExtractaWhoeverWroteIt(FakeExtracta extracta) {
        for (JsonStyle style : JsonStyle.values()) {
            ExtractaEvents.documented()
                    .forEach(event -> extracta.deliverRewritten(event, style).assertAcknowledgedAtOnce());
        }
    }

    @Test
    void rejectsWhatIsForged(FakeFormFlow formFlow) {
        for (Forgery forgery : Forgery.values()) {
            formFlow.deliverForged(FormFlowEvents.extracted().identifiedBy("forged"), forgery)
                    .assertRejected();
        }
    }
}
