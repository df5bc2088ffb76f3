package dev.hookseal.inbox;

import static dev.hookseal.fixture.Deliveries.FORMFLOW_BODY;
import static dev.hookseal.fixture.Deliveries.formFlow;
import static dev.hookseal.fixture.Deliveries.formFlowSettings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxDispatcherTest {
    private final WebhookReceiver<FormFlowEvent> receiver =
            WebhookReceiver.of(new FormFlowProvider(), formFlowSettings().build());
    private final List<String> handled = new ArrayList<>();
    private final InMemoryDeliveryStore store = new InMemoryDeliveryStore(Deliveries.CLOCK);
    private SignedContent content;

    @BeforeEach
    void verify() throws Exception {
        content = SignedContent.ofStored(
                WebhookVerifier.of(receiver.provider(), formFlowSettings().build())
                        .verify(formFlow(FORMFLOW_BODY))
                        .signedContent()
                        .toStored());
    }

    private InboxDispatcher dispatcher(WebhookHandler<FormFlowEvent> handler) {
        return InboxDispatcher.builder()
                .listener("formflow", receiver::restore, Set.of("extracted"), handler)
                .build();
    }

    private InboxDispatcher recording() {
        return dispatcher((webhook, attempt) -> handled.add(webhook.event().eventId()));
    }

    @Test
    void callsTheListenerOfTheEvent() throws Exception {
        InboxDispatcher dispatcher = InboxDispatcher.builder()
                .listener("formflow", receiver::restore, Set.of("export"), (webhook, attempt) -> handled.add("export"))
                .listener(
                        "formflow",
                        receiver::restore,
                        Set.of("extracted"),
                        (webhook, attempt) -> handled.add("extracted"))
                .build();

        dispatcher.dispatch(content, Attempt.of(1, 1, content.verifiedAt()));

        assertThat(handled).containsExactly("extracted");
        assertThat(dispatcher.endpoints()).containsExactly("formflow");
    }

    @Test
    void saysThatThereIsNoListener() {
        InboxDispatcher none = InboxDispatcher.builder()
                .listener("formflow", receiver::restore, Set.of("export"), (webhook, attempt) -> {})
                .build();

        assertThatThrownBy(() -> none.prepare(content)).isInstanceOf(NoListenerException.class);
        assertThatThrownBy(() -> InboxDispatcher.builder().build().prepare(content))
                .isInstanceOf(NoListenerException.class);
    }

    @Test
    void rejectsTwoListenersOfAnEvent() {
        InboxDispatcher.Builder builder = InboxDispatcher.builder()
                .listener("formflow", receiver::restore, Set.of("extracted"), (webhook, attempt) -> {});

        assertThatThrownBy(() -> builder.transactionalListener(
                        "formflow", receiver::restore, Set.of(), (webhook, attempt) -> {}))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage("Endpoint formflow has two listeners for the same event: name other events for one of them,"
                        + " or call both from one listener");
    }

    @Test
    void dispatchesOnceByTheStore() throws Exception {
        InboxDispatcher dispatcher = recording();

        assertThat(dispatcher.dispatchOnce(content, store)).isTrue();
        assertThat(dispatcher.dispatchOnce(content, store)).isFalse();

        assertThat(handled).hasSize(1);
    }

    @Test
    void dispatchesAgainWhatFailed() throws Exception {
        InboxDispatcher fails = dispatcher((webhook, attempt) -> {
            throw new StackOverflowError();
        });

        assertThatThrownBy(() -> fails.dispatchOnce(content, store)).isInstanceOf(StackOverflowError.class);

        assertThat(recording().dispatchOnce(content, store)).isTrue();
    }

    @Test
    void dispatchesNothingThatAnotherConsumerHandles() throws Exception {
        store.claim(receiver.restore(content).deliveryKey(), Duration.ofMinutes(5));

        assertThatThrownBy(() -> recording().dispatchOnce(content, store))
                .isInstanceOf(DeliveryInProgressException.class)
                .hasMessageStartingWith("Delivery formflow:");
        assertThat(handled).isEmpty();
    }

    @Test
    void warnsOfAHandlerThatOutlivesItsLease() throws Exception {
        try (CapturedLog log = CapturedLog.of(InboxDispatcher.class)) {
            InboxDispatcher slow = dispatcher((webhook, attempt) -> {
                DeliveryClaim claim = store.claim(webhook.deliveryKey(), Duration.ofMinutes(5));
                assertThat(claim).isInstanceOf(DeliveryClaim.InProgress.class);
            });
            slow.dispatchOnce(content, new LeaseOver(store));

            assertThat(log.text()).contains("took longer than PT5M: it may have been handled twice");
        }
    }

    /** A store whose leases are over before anything completes. */
    private record LeaseOver(InMemoryDeliveryStore store) implements DeliveryStore {
        @Override
        public DeliveryClaim claim(DeliveryKey key, Duration lease) {
            return store.claim(key, lease);
        }

        @Override
        public boolean complete(DeliveryKey key, UUID token) {
            return false;
        }

        @Override
        public boolean release(DeliveryKey key, UUID token) {
            return false;
        }
    }

    @Test
    void dispatchesEveryDeliveryWithoutAKey() throws Exception {
        WebhookReceiver<ExtractaEvent> extracta = WebhookReceiver.of(
                new ExtractaProvider(), Deliveries.extractaSettings().build());
        SignedContent withoutKey = WebhookVerifier.of(
                        extracta.provider(), Deliveries.extractaSettings().build())
                .verify(Deliveries.extracta(
                        Deliveries.extractaBody("extraction.processed", Deliveries.EXTRACTA_RESULT),
                        Deliveries.EXTRACTA_RESULT))
                .signedContent();
        InboxDispatcher dispatcher = InboxDispatcher.builder()
                .listener("extracta", extracta::restore, Set.of(), (webhook, attempt) -> handled.add("extracta"))
                .build();

        assertThat(dispatcher.dispatchOnce(withoutKey, store)).isTrue();
        assertThat(dispatcher.dispatchOnce(withoutKey, store)).isTrue();

        assertThat(handled).hasSize(2);
    }

    @Test
    void anAttemptKnowsItsPlace() {
        Attempt last = Attempt.of(3, 3, Instant.EPOCH).withStopping(() -> true);

        assertThat(last.isLast()).isTrue();
        assertThat(last.isStopping()).isTrue();
        assertThat(Attempt.of(1, 3, Instant.EPOCH).isLast()).isFalse();
        assertThatIllegalStateException().isThrownBy(last::connection).withMessageContaining("@Transactional");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Attempt.of(4, 3, Instant.EPOCH))
                .withMessageStartingWith("Attempt 4 of 3");
    }
}
