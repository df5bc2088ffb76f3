package orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.testkit.Bend;
import dev.hookseal.testkit.ExtractaEvents;
import dev.hookseal.testkit.FakeFormFlowEvent;
import dev.hookseal.testkit.Forgeries;
import dev.hookseal.testkit.FormFlowEvents;
import dev.hookseal.testkit.JsonStyle;
import dev.hookseal.testkit.fake.FakeExtracta;
import dev.hookseal.testkit.fake.FakeFormFlow;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrdersTest {
    private static final FakeFormFlow FORM_FLOW = FakeFormFlow.start();
    private static final FakeExtracta EXTRACTA = FakeExtracta.create();

    @Autowired
    private Orders orders;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void secrets(DynamicPropertyRegistry registry) {
        FORM_FLOW.properties("formflow").forEach((name, value) -> registry.add(name, () -> value));
        EXTRACTA.properties("extracta").forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeEach
    void subscribe() {
        if (FORM_FLOW.subscriptions().isEmpty()) {
            FORM_FLOW.subscribeToAll(uri("/formflow"));
            EXTRACTA.deliverTo(uri("/extracta"));
        }
    }

    @AfterAll
    static void stop() {
        FORM_FLOW.close();
    }

    @Test
    void handlesADelivery() {
        FakeFormFlowEvent event = FormFlowEvents.extracted().identifiedBy("delivered");

        FORM_FLOW.deliver(event).assertAcknowledgedWithin(Duration.ofSeconds(5));

        assertThat(orders.times(event.event().eventId())).isOne();
    }

    @Test
    void handlesARedeliveryOnce() {
        FakeFormFlowEvent event = FormFlowEvents.export().identifiedBy("redelivered");
        orders.fail(2);

        FORM_FLOW.deliver(event).assertAcknowledged();
        FORM_FLOW.deliverAtOnce(event, 8);

        assertThat(orders.times(event.event().eventId())).isOne();
    }

    @Test
    void handlesWhatAProxyHasWrittenAgain() {
        EXTRACTA.deliverRewritten(
                        ExtractaEvents.processed().withFiles(ExtractaEvents.file().withFileId("rewritten")),
                        JsonStyle.PRETTY_PRINTED)
                .assertAcknowledged();

        assertThat(orders.times("rewritten")).isOne();
    }

    @Test
    void refusesForgeries() throws Exception {
        FORM_FLOW.deliverBent(FormFlowEvents.extracted().identifiedBy("forged"), Bend.TAMPERED_BODY)
                .assertRefused();
        Forgeries.of(ExtractaEvents.processed().signedWith(EXTRACTA.secret())).assertRefusedBy(uri("/extracta"));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
