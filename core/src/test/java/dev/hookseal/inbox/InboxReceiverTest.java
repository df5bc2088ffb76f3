package dev.hookseal.inbox;

import static dev.hookseal.fixture.Deliveries.FORMFLOW_BODY;
import static dev.hookseal.fixture.Deliveries.NOW;
import static dev.hookseal.fixture.Deliveries.formFlow;
import static dev.hookseal.fixture.Deliveries.formFlowBody;
import static dev.hookseal.fixture.Deliveries.formFlowSettings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.request.WebhookResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a receiver gives an inbox, and what its sender is answered. */
class InboxReceiverTest {
    private final Set<String> keys = new HashSet<>();
    private final List<StoredDelivery> stored = new ArrayList<>();
    private final List<DeliveryOutcome> outcomes = new ArrayList<>();
    private final Inbox inbox = delivery -> {
        stored.add(delivery);
        return keys.add(delivery.key().value()) ? Acceptance.ACCEPTED : Acceptance.DUPLICATE;
    };

    private WebhookReceiver<FormFlowEvent> receiver(Inbox into, String... events) {
        return WebhookReceiver.builder(
                        new FormFlowProvider(), formFlowSettings().build())
                .inbox(into, Set.of(events))
                .observer(outcomes::add)
                .build();
    }

    private static WebhookResponse answer(WebhookReceiver<FormFlowEvent> receiver, WebhookRequest request) {
        return ((Decision.Answered<FormFlowEvent>) receiver.receive(request)).response();
    }

    @Test
    void answers202OnceTheDeliveryIsStored() {
        assertThat(answer(receiver(inbox), formFlow(FORMFLOW_BODY)).status()).isEqualTo(202);

        assertThat(stored).hasSize(1);
        assertThat(stored.get(0).eventName()).isEqualTo("extracted");
        assertThat(stored.get(0).content().bytes()).asString().isEqualTo(FORMFLOW_BODY);
        assertThat(outcomes).hasOnlyElementsOfType(DeliveryOutcome.Accepted.class);
    }

    @Test
    void answers200ToADuplicate() {
        WebhookReceiver<FormFlowEvent> receiver = receiver(inbox);
        answer(receiver, formFlow(FORMFLOW_BODY));

        assertThat(answer(receiver, formFlow(FORMFLOW_BODY)).status()).isEqualTo(200);
        assertThat(outcomes.get(1)).isInstanceOf(DeliveryOutcome.Duplicate.class);
    }

    @Test
    void answers503WhileTheInboxFails() {
        WebhookResponse response = answer(
                receiver(delivery -> {
                    throw new IllegalStateException("the database is gone");
                }),
                formFlow(FORMFLOW_BODY));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsKey("Retry-After");
        assertThat(outcomes).hasOnlyElementsOfType(DeliveryOutcome.Unavailable.class);
    }

    @Test
    void storesNothingThatIsNotGenuine() {
        WebhookResponse response = answer(receiver(inbox), Deliveries.extracta(FORMFLOW_BODY, FORMFLOW_BODY));

        assertThat(response.status()).isEqualTo(401);
        assertThat(stored).isEmpty();
    }

    @Test
    void leavesTheOtherEventsToAHandler() {
        WebhookReceiver<FormFlowEvent> receiver = receiver(inbox, "export");

        assertThat(receiver.receive(formFlow(FORMFLOW_BODY))).isInstanceOf(Decision.Admitted.class);
        assertThat(answer(receiver, formFlow(formFlowBody("export", NOW.toString())))
                        .status())
                .isEqualTo(202);
        assertThat(((Decision.Answered<FormFlowEvent>)
                                receiver.receive(formFlow(formFlowBody("submitted", NOW.toString())), Set.of("export")))
                        .response()
                        .status())
                .isEqualTo(200);
        assertThat(stored).hasSize(1);
    }

    @Test
    void givesADeliveryWithoutAKeyARandomOne() {
        var receiver = WebhookReceiver.builder(
                        new ExtractaProvider(), Deliveries.extractaSettings().build())
                .inbox(inbox, Set.of())
                .build();
        for (int i = 0; i < 2; i++) {
            receiver.receive(Deliveries.extracta(
                    Deliveries.extractaBody("extraction.processed", Deliveries.EXTRACTA_RESULT),
                    Deliveries.EXTRACTA_RESULT));
        }

        assertThat(keys).hasSize(2).allMatch(key -> key.startsWith("extracta:"));
        assertThat(stored.get(0).key().retention()).isEqualTo(StoredDelivery.RETENTION_OF_RANDOM_KEY);
    }

    @Test
    void mayBlock() {
        assertThat(receiver(inbox).mayBlock()).isTrue();
    }
}
