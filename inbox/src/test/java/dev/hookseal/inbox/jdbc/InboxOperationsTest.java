package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.ParkException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InboxOperationsTest {
    private static final SigningSecret SECRET = SigningSecret.ofUtf8("a secret of the tests, long enough");

    /** An inbox with a parked, a failed and a handled delivery, and one that waits. */
    private static final class Filled implements AutoCloseable {
        private final DataSource dataSource;
        private final JdbcContractInbox node;
        private final InboxOperations operations;

        Filled(TestDatabase database) throws Exception {
            dataSource = database.empty();
            node = new JdbcContractInbox(dataSource);
            operations = InboxOperations.of((JdbcInbox) node.inbox());
            WebhookReceiver<FormFlowEvent> receiver = receiver("formflow");
            WebhookReceiver<FormFlowEvent> other = receiver("other");
            deliver(receiver, "parked");
            deliver(receiver, "failed");
            deliver(receiver, "handled");
            node.runDue(InboxDispatcher.builder()
                    .listener("formflow", receiver::restore, Set.of(), (webhook, attempt) -> {
                        switch (webhook.event().eventId()) {
                            case "parked" -> throw new ParkException("100% timed_out\u0000 \uD800 \uD83D\uDE00");
                            case "failed" -> throw new IllegalStateException("x".repeat(5_000));
                            default -> {}
                        }
                    })
                    .build());
            deliver(receiver, "waiting");
            deliver(other, "elsewhere");
        }

        private WebhookReceiver<FormFlowEvent> receiver(String endpoint) {
            EndpointSettings settings =
                    EndpointSettings.builder(endpoint).secret(SECRET).build();
            return WebhookReceiver.builder(new FormFlowProvider(), settings)
                    .deliveryId(webhook -> webhook.event().eventId(), Duration.ofDays(3))
                    .inbox(node.inbox(), Set.of())
                    .build();
        }

        private static void deliver(WebhookReceiver<FormFlowEvent> receiver, String id) {
            receiver.receive(FormFlowEvents.extracted()
                    .withEventId(id)
                    .signedWith(SECRET)
                    .toWebhookRequest());
        }

        private List<String> keys(InboxFilter filter) {
            return operations.list(filter, null, 1_000).stream()
                    .map(InboxEntry::key)
                    .toList();
        }

        @Override
        public void close() {
            node.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsByEndpointAndState(TestDatabase database) throws Exception {
        try (Filled inbox = new Filled(database)) {
            TreeMap<String, Long> counts = new TreeMap<>();
            inbox.operations.counts().forEach(count -> {
                counts.put(count.endpoint() + " " + count.state().tag(), count.number());
                assertThat(count.oldest())
                        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            });

            assertThat(counts)
                    .isEqualTo(new TreeMap<>(Map.of(
                            "formflow parked", 1L,
                            "formflow retrying", 1L,
                            "formflow waiting", 1L,
                            "other waiting", 1L)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsWhatAFilterIsFor(TestDatabase database) throws Exception {
        try (Filled inbox = new Filled(database)) {
            assertThat(inbox.keys(InboxFilter.ALL))
                    .containsExactly(
                            "formflow:parked",
                            "formflow:failed",
                            "formflow:handled",
                            "formflow:waiting",
                            "other:elsewhere");
            assertThat(inbox.keys(InboxFilter.of(InboxStatus.PARKED))).containsExactly("formflow:parked");
            assertThat(inbox.keys(InboxFilter.ALL.endpoint("other"))).containsExactly("other:elsewhere");
            assertThat(inbox.keys(InboxFilter.ALL.event("export"))).isEmpty();
            assertThat(inbox.keys(InboxFilter.ALL.errorContains("100% timed_out")))
                    .containsExactly("formflow:parked");
            assertThat(inbox.keys(InboxFilter.ALL.errorContains("1%out"))).isEmpty();
            assertThat(inbox.keys(InboxFilter.ALL.errorContains("timedXout"))).isEmpty();
            Instant parkedAt =
                    inbox.operations.show("formflow:parked").orElseThrow().acceptedAt();
            assertThat(inbox.keys(InboxFilter.ALL.acceptedBefore(parkedAt))).isEmpty();
            assertThat(inbox.keys(InboxFilter.ALL.acceptedFrom(parkedAt))).hasSize(5);
            assertThat(inbox.operations.count(InboxFilter.ALL.endpoint("formflow")))
                    .isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesMeetEveryDeliveryOnce(TestDatabase database) throws Exception {
        try (Filled inbox = new Filled(database)) {
            List<String> keys = new ArrayList<>();
            InboxEntry last = null;
            for (List<InboxEntry> page = inbox.operations.list(InboxFilter.ALL, null, 2);
                    !page.isEmpty();
                    page = inbox.operations.list(InboxFilter.ALL, last, 2)) {
                page.forEach(entry -> keys.add(entry.key()));
                last = page.get(page.size() - 1);
            }

            assertThat(keys).isEqualTo(inbox.keys(InboxFilter.ALL));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> inbox.operations.list(InboxFilter.ALL, null, 0))
                    .withMessage("The limit is 0, and must be from 1 to 1000");
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsWhatHasBecomeOfADelivery(TestDatabase database) throws Exception {
        try (Filled inbox = new Filled(database)) {
            InboxEntry parked = inbox.operations.show("formflow:parked").orElseThrow();
            assertThat(parked.status()).isEqualTo(InboxStatus.PARKED);
            assertThat(parked.failures()).isEqualTo(1);
            assertThat(parked.lastError())
                    .isEqualTo(ParkException.class.getName() + ": 100% timed_out    \uD83D\uDE00");
            assertThat(parked.lastFailureAt()).isNotNull();
            assertThat(parked.dueAt()).isNull();

            InboxEntry failed = inbox.operations.show("formflow:failed").orElseThrow();
            assertThat(failed.status()).isEqualTo(InboxStatus.OPEN);
            assertThat(failed.dueAt())
                    .isBetween(
                            Instant.now().plus(Duration.ofMinutes(4)),
                            Instant.now().plus(Duration.ofMinutes(11)));
            assertThat(failed.lastError()).hasSize(2_000).endsWith("x…");

            InboxEntry handled = inbox.operations.show("formflow:handled").orElseThrow();
            assertThat(handled.handledAt()).isNotNull();
            assertThat(handled.isRunning()).isFalse();
            assertThat(inbox.operations.show("formflow:never")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsTheBodyOfWhatIsDoneWith(TestDatabase database) throws Exception {
        try (Filled inbox = new Filled(database)) {
            assertThat(inbox.operations.content("formflow:waiting")).isPresent();
            inbox.operations.discard("formflow:waiting");
            inbox.operations.erase("formflow:parked");

            for (String key : List.of("formflow:handled", "formflow:waiting", "formflow:parked")) {
                assertThat(inbox.operations.content(key)).as(key).isEmpty();
            }
            assertThat(inbox.operations.show("formflow:parked").orElseThrow().lastError())
                    .isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesWhatAFilterIsForAndLogsWhoDidIt(TestDatabase database) throws Exception {
        try (Filled inbox = new Filled(database);
                CapturedLog log = CapturedLog.of(InboxOperations.class)) {
            InboxOperations alice = inbox.operations.as("alice");

            assertThat(alice.rerun(InboxFilter.ALL.errorContains("timed"))).isEqualTo(1);
            assertThat(alice.rerun(InboxFilter.ALL.errorContains("timed"))).isZero();
            assertThat(alice.discard(InboxFilter.ALL.endpoint("other"))).isEqualTo(1);

            assertThat(log.messages())
                    .containsExactly(
                            "1 run again: parked deliveries of a filter, by alice",
                            "1 discarded: deliveries of a filter, by alice");
            assertThat(inbox.operations.show("formflow:parked").orElseThrow().status())
                    .isEqualTo(InboxStatus.OPEN);
        }
    }
}
