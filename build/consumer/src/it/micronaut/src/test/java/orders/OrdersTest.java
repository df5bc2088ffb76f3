package orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hookseal.testkit.Bend;
import dev.hookseal.testkit.ExtractaEvents;
import dev.hookseal.testkit.FakeFormFlowEvent;
import dev.hookseal.testkit.Forgeries;
import dev.hookseal.testkit.FormFlowEvents;
import dev.hookseal.testkit.JsonStyle;
import dev.hookseal.testkit.fake.FakeExtracta;
import dev.hookseal.testkit.fake.FakeFormFlow;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OrdersTest {
    private static final FakeFormFlow FORM_FLOW = FakeFormFlow.start();
    private static final FakeExtracta EXTRACTA = FakeExtracta.create();

    private static EmbeddedServer server;
    private static Orders orders;

    @BeforeAll
    static void start() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.host", "127.0.0.1");
        properties.put("micronaut.server.port", -1);
        properties.putAll(FORM_FLOW.properties("formflow"));
        properties.putAll(EXTRACTA.properties("extracta"));
        server = ApplicationContext.run(EmbeddedServer.class, properties);
        orders = server.getApplicationContext().getBean(Orders.class);
        FORM_FLOW.subscribeToAll(uri("/formflow"));
        EXTRACTA.deliverTo(uri("/extracta"));
    }

    @AfterAll
    static void stop() {
        server.close();
        FORM_FLOW.close();
    }

    @Test
    void handlesADelivery() {
        FakeFormFlowEvent event = FormFlowEvents.extracted().identifiedBy("delivered");

        FORM_FLOW.deliver(event).assertAcknowledgedWithin(Duration.ofSeconds(5));

        assertEquals(1, orders.times(event.event().eventId()));
    }

    @Test
    void handlesARedeliveryOnce() {
        FakeFormFlowEvent event = FormFlowEvents.export().identifiedBy("redelivered");
        orders.fail(2);

        FORM_FLOW.deliver(event).assertAcknowledged();
        FORM_FLOW.deliverAtOnce(event, 8);

        assertEquals(1, orders.times(event.event().eventId()));
    }

    @Test
    void handlesWhatAProxyHasWrittenAgain() {
        EXTRACTA.deliverRewritten(
                        ExtractaEvents.processed().withFiles(ExtractaEvents.file().withFileId("rewritten")),
                        JsonStyle.PRETTY_PRINTED)
                .assertAcknowledged();

        assertEquals(1, orders.times("rewritten"));
    }

    @Test
    void refusesForgeries() throws Exception {
        FORM_FLOW.deliverBent(FormFlowEvents.extracted().identifiedBy("forged"), Bend.TAMPERED_BODY)
                .assertRefused();
        Forgeries.of(ExtractaEvents.processed().signedWith(EXTRACTA.secret())).assertRefusedBy(uri("/extracta"));
    }

    private static URI uri(String path) {
        return server.getURI().resolve(path);
    }
}
