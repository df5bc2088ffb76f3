package orders;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.net.URI;
import java.time.Duration;
import orders.testing.ShipmentKit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ExtendWith(FakeProviders.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
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

    @Autowired
    private Orders orders;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void secrets(DynamicPropertyRegistry registry) {
        formFlow.properties("formflow").forEach((name, value) -> registry.add(name, () -> value));
        extracta.properties("extracta").forEach((name, value) -> registry.add(name, () -> value));
        shipments.properties("shipments").forEach((name, value) -> registry.add(name, () -> value));
        gitHub.properties("github").forEach((name, value) -> registry.add(name, () -> value));
        stripe.properties("stripe").forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeEach
    void subscribe() {
        formFlow.subscribeToAll(uri("/formflow"));
        extracta.deliverTo(uri("/extracta"));
        shipments.deliverTo(uri("/shipments"));
        gitHub.deliverTo(uri("/github"));
        stripe.deliverTo(uri("/stripe"));
    }

    @Test
    void handlesADelivery() {
        FakeFormFlowEvent event = FormFlowEvents.extracted().identifiedBy("delivered");

        formFlow.deliver(event).assertAcknowledgedWithin(Duration.ofSeconds(5));

        assertThat(orders.times(event.event().eventId())).isOne();
    }

    @Test
    void handlesARedeliveryOnce() {
        FakeFormFlowEvent event = FormFlowEvents.export().identifiedBy("redelivered");
        orders.fail(2);

        formFlow.deliver(event).assertAcknowledged();
        formFlow.deliverAtOnce(event, 8);

        assertThat(orders.times(event.event().eventId())).isOne();
    }

    @Test
    void handlesWhatAProxyHasWrittenAgain() {
        extracta.deliverRewritten(
                        ExtractaEvents.processed()
                                .withFiles(ExtractaEvents.file().withFileId("rewritten")),
                        JsonStyle.PRETTY_PRINTED)
                .assertAcknowledged();

        assertThat(orders.times("rewritten")).isOne();
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

        assertThat(orders.times("shipment-1")).isOne();
        Forgeries.of(shipments.sample("shipment.sent").signedWith(shipments.secrets()))
                .assertRejectedBy(uri("/shipments"));
    }

    @Test
    void handlesTheDeliveriesOfTheCatalog() throws Exception {
        gitHub.deliver(gitHub.sample("push")).assertAcknowledged();
        FakeSampleEvent<?> created = stripe.sample("setup_intent.created");
        stripe.deliver(created).assertAcknowledged();
        stripe.deliver(created).assertAcknowledged();

        assertThat(orders.times("push")).isOne();
        assertThat(orders.times("setup_intent.created")).isOne();
        Forgeries.of(gitHub.sample("push").signedWith(gitHub.secrets())).assertRejectedBy(uri("/github"));
        Forgeries.of(stripe.sample("setup_intent.created").signedWith(stripe.secrets()))
                .assertRejectedBy(uri("/stripe"));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
