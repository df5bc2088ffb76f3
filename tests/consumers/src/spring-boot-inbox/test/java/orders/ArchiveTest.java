package orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.inbox.jdbc.InboxEntry;
import dev.hookseal.inbox.jdbc.InboxFilter;
import dev.hookseal.inbox.jdbc.InboxOperations;
import dev.hookseal.inbox.jdbc.InboxStatus;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.fake.Fake;
import dev.hookseal.testkit.fake.FakeProviders;
import dev.hookseal.testkit.formflow.FakeFormFlow;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@Timeout(60)
@ExtendWith(FakeProviders.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ArchiveTest {
    @Fake
    static FakeFormFlow formFlow;

    @Autowired
    private Archive archive;

    @Autowired
    private InboxOperations inbox;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void secrets(DynamicPropertyRegistry registry) {
        formFlow.properties("formflow").forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeEach
    void subscribe() {
        formFlow.subscribeToAll(URI.create("http://127.0.0.1:" + port + "/formflow"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "flush"})
    void archivesOnceWhatIsDeliveredTwiceAndFailsFirst(String how) {
        String id = how + "-" + UUID.randomUUID();
        FakeFormFlowEvent event = FormFlowEvents.extracted().withEventId(id);

        formFlow.deliver(event).assertAcknowledgedWithin(Duration.ofSeconds(5));
        formFlow.deliver(event).assertAcknowledgedAtOnce();
        InboxEntry entry = await(id, InboxStatus.HANDLED);

        assertThat(archive.times(id)).isOne();
        assertThat(entry.handledAt()).isNotNull();
        assertThat(entry.lastError()).isNotNull();
        assertThat(inbox.content(entry.key()))
                .as("a handled delivery's content")
                .isEmpty();
    }

    @Test
    void parksAndRunsAgain() {
        String id = "park-" + UUID.randomUUID();

        formFlow.deliver(FormFlowEvents.extracted().withEventId(id)).assertAcknowledgedAtOnce();
        InboxEntry entry = await(id, InboxStatus.PARKED);

        assertThat(archive.times(id)).isZero();
        assertThat(entry.lastError()).contains("there is no such submission");
        assertThat(inbox.as("a test").rerun(entry.key())).isTrue();
    }

    @Test
    void storesNoForgery() {
        String id = "forged-" + UUID.randomUUID();

        formFlow.deliverForged(FormFlowEvents.extracted().withEventId(id), Forgery.TAMPERED_BODY)
                .assertRejected();

        assertThat(find(id)).isEmpty();
    }

    private InboxEntry await(String eventId, InboxStatus status) {
        while (true) {
            for (InboxEntry entry : find(eventId)) {
                if (entry.status() == status) {
                    return entry;
                }
            }
            Thread.onSpinWait();
        }
    }

    private List<InboxEntry> find(String eventId) {
        return inbox.list(InboxFilter.ALL, null, 1_000).stream()
                .filter(entry -> entry.key().endsWith(eventId))
                .toList();
    }
}
