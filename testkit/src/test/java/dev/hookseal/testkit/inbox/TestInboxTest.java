package dev.hookseal.testkit.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.ParkException;
import dev.hookseal.inbox.WebhookHandler;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import dev.hookseal.testkit.inbox.TestDelivery.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestInboxTest {
    private static final SigningSecret SECRET = SigningSecret.ofUtf8("a secret of the tests, long enough");
    private static final String KEY = "formflow:extracted:1";

    private final TestInbox inbox = new TestInbox(3);
    private final WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(
                    new FormFlowProvider(),
                    EndpointSettings.builder("formflow").secret(SECRET).build())
            .inbox(inbox, Set.of())
            .build();
    private final List<Integer> attempts = new ArrayList<>();

    private int deliver(String id) {
        return ((Decision.Answered<FormFlowEvent>) receiver.receive(FormFlowEvents.extracted()
                        .withEventId(id)
                        .signedWith(SECRET)
                        .toWebhookRequest()))
                .response()
                .status();
    }

    private InboxDispatcher listener(WebhookHandler<FormFlowEvent> handler) {
        return InboxDispatcher.builder()
                .listener("formflow", receiver::restore, Set.of(), (webhook, attempt) -> {
                    attempts.add(attempt.number());
                    handler.handle(webhook, attempt);
                })
                .build();
    }

    private InboxDispatcher fails() {
        return listener((webhook, attempt) -> {
            throw new IllegalStateException("fails");
        });
    }

    private InboxDispatcher succeeds() {
        return listener((webhook, attempt) -> {});
    }

    @Test
    void handlesWhatWasAcceptedOnce() {
        assertThat(deliver("1")).isEqualTo(202);
        assertThat(deliver("1")).isEqualTo(200);
        inbox.assertAccepted(1);

        assertThat(inbox.runDue(succeeds())).isEqualTo(1);
        assertThat(inbox.runDue(succeeds())).isZero();

        inbox.assertHandledOnce(KEY);
        assertThat(deliver("1")).isEqualTo(200);
    }

    @Test
    void triesAgainOnceTheTimeHasCome() {
        deliver("1");
        inbox.runDue(fails());

        inbox.advance(Duration.ofSeconds(4));
        assertThat(inbox.runDue(succeeds())).isZero();
        inbox.advance(Duration.ofSeconds(1));
        assertThat(inbox.runDue(succeeds())).isEqualTo(1);

        assertThat(attempts).containsExactly(1, 2);
        inbox.assertHandledOnce(KEY);
    }

    @Test
    void parksAfterTheLastAttemptAndRunsAgain() {
        deliver("1");

        assertThat(inbox.runAll(fails())).isEqualTo(3);
        inbox.assertParkedAfter(3, KEY);
        assertThat(inbox.delivery(KEY).failure()).hasMessage("fails");
        assertThat(inbox.rerun(KEY)).isTrue();
        assertThat(inbox.rerun(KEY)).isFalse();
        assertThat(inbox.runAll(succeeds())).isEqualTo(1);

        assertThat(attempts).containsExactly(1, 2, 3, 1);
        inbox.assertHandledOnce(KEY);
    }

    @Test
    void showsWhatTheGuideShows() {
        InboxDispatcher dispatcher = fails();
        deliver("1");

        inbox.assertAccepted(1);
        inbox.runAll(dispatcher);

        inbox.assertParkedAfter(3, KEY);
        assertThat(inbox.delivery(KEY).failure()).hasMessage("fails");
        assertThat(inbox.rerun(KEY)).isTrue();
    }

    @Test
    void parksAtOnceIfTheListenerSaysSo() {
        deliver("1");

        inbox.runDue(listener((webhook, attempt) -> {
            throw new ParkException("pointless");
        }));

        inbox.assertParkedAfter(1, KEY);
    }

    @Test
    void discards() {
        deliver("1");

        assertThat(inbox.discard(KEY)).isTrue();
        assertThat(inbox.discard(KEY)).isFalse();

        assertThat(inbox.runDue(succeeds())).isZero();
        assertThat(inbox.delivery(KEY).state()).isEqualTo(State.DISCARDED);
    }

    @Test
    void saysWhatHasNoListener() {
        deliver("1");
        InboxDispatcher none = InboxDispatcher.builder().build();

        assertThat(inbox.runDue(none)).isZero();
        assertThat(inbox.delivery(KEY).attempts()).isZero();
        assertThatIllegalStateException()
                .isThrownBy(() -> inbox.runAll(none))
                .withMessageContaining("have no listener")
                .withMessageContaining(KEY);
    }

    @Test
    void assertionsSayWhatIsThere() {
        deliver("1");
        inbox.runDue(fails());

        assertThatThrownBy(() -> inbox.assertAccepted(2))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Accepted 1 deliveries instead of 2: [TestDelivery[key=formflow:extracted:1,");
        assertThatThrownBy(() -> inbox.assertHandledOnce(KEY))
                .hasMessageStartingWith("Handled 0 times instead of once: TestDelivery[")
                .hasRootCauseMessage("fails");
        assertThatThrownBy(() -> inbox.assertParkedAfter(1, KEY)).hasMessageStartingWith("Not parked after 1 attempts");
        assertThatThrownBy(() -> inbox.assertHandledOnce("other"))
                .hasMessage("No delivery other was accepted; there are [formflow:extracted:1]");
        assertThatIllegalArgumentException().isThrownBy(() -> new TestInbox(0));
    }
}
