package orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.Forgeries;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.FakeExtracta;
import dev.hookseal.testkit.extracta.JsonStyle;
import dev.hookseal.testkit.fake.Fake;
import dev.hookseal.testkit.fake.FakeProvider;
import dev.hookseal.testkit.fake.FakeProviders;
import dev.hookseal.testkit.formflow.FakeFormFlow;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import orders.testing.ShipmentKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FakeProviders.class)
class OrdersTest {
    @Fake
    static FakeFormFlow formFlow;

    @Fake
    static FakeExtracta extracta;

    @Fake("github")
    static FakeProvider gitHub;

    @Fake("stripe")
    static FakeProvider stripe;

    private static final FakeProvider shipments = FakeProvider.of(new ShipmentKit());

    private static EmbeddedServer server;
    private static Orders orders;

    @BeforeAll
    static void start() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.host", "127.0.0.1");
        properties.put("micronaut.server.port", -1);
        properties.putAll(formFlow.properties("formflow"));
        properties.putAll(extracta.properties("extracta"));
        properties.putAll(shipments.properties("shipments"));
        properties.putAll(gitHub.properties("github"));
        properties.putAll(stripe.properties("stripe"));
        server = ApplicationContext.run(EmbeddedServer.class, properties);
        orders = server.getApplicationContext().getBean(Orders.class);
        formFlow.subscribeToAll(uri("/formflow"));
        extracta.deliverTo(uri("/extracta"));
        shipments.deliverTo(uri("/shipments"));
        gitHub.deliverTo(uri("/github"));
        stripe.deliverTo(uri("/stripe"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void handlesADelivery() {
        FakeFormFlowEvent event = FormFlowEvents.extracted().identifiedBy("delivered");

        formFlow.deliver(event).assertAcknowledgedWithin(Duration.ofSeconds(5));

        assertEquals(1, orders.times(event.event().eventId()));
    }

    @Test
    void handlesARedeliveryOnce() {
        FakeFormFlowEvent event = FormFlowEvents.export().identifiedBy("redelivered");
        orders.fail(2);

        formFlow.deliver(event).assertAcknowledged();
        formFlow.deliverAtOnce(event, 8);

        assertEquals(1, orders.times(event.event().eventId()));
    }

    @Test
    void handlesWhatAProxyHasWrittenAgain() {
        extracta.deliverRewritten(
                        ExtractaEvents.processed()
                                .withFiles(ExtractaEvents.file().withFileId("rewritten")),
                        JsonStyle.PRETTY_PRINTED)
                .assertAcknowledged();

        assertEquals(1, orders.times("rewritten"));
    }

    @Test
    void rejectsForgeries() throws Exception {
        formFlow.deliverForged(FormFlowEvents.extracted().identifiedBy("forged"), Forgery.TAMPERED_BODY)
                .assertRejected();
        Forgeries.of(ExtractaEvents.processed().signedWith(extracta.secret())).assertRejectedBy(uri("/extracta"));
    }

    @Test
    void handlesADeliveryOfACustomProvider() throws Exception {
        FakeSampleEvent<?> event = shipments.sample("shipment.sent");

        shipments.deliver(event).assertAcknowledged();
        shipments.deliver(event).assertAcknowledged();

        assertEquals(1, orders.times("shipment-1"));
        Forgeries.of(shipments.sample("shipment.sent").signedWith(shipments.secrets()))
                .assertRejectedBy(uri("/shipments"));
    }

    @Test
    void handlesTheDeliveriesOfTheCatalog() throws Exception {
        gitHub.deliver(gitHub.sample("push")).assertAcknowledged();
        FakeSampleEvent<?> created = stripe.sample("setup_intent.created");
        stripe.deliver(created).assertAcknowledged();
        stripe.deliver(created).assertAcknowledged();

        assertEquals(1, orders.times("push"));
        assertEquals(1, orders.times("setup_intent.created"));
        Forgeries.of(gitHub.sample("push").signedWith(gitHub.secrets())).assertRejectedBy(uri("/github"));
        Forgeries.of(stripe.sample("setup_intent.created").signedWith(stripe.secrets()))
                .assertRejectedBy(uri("/stripe"));
    }

    private static URI uri(String path) {
        return server.getURI().resolve(path);
    }
}
