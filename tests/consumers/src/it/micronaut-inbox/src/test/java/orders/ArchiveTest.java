package orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(FakeProviders.class)
class ArchiveTest {
    @Fake
    static FakeFormFlow formFlow;

    private static EmbeddedServer server;
    private static Archive archive;
    private static InboxOperations inbox;

    @BeforeAll
    static void start() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.host", "127.0.0.1");
        properties.put("micronaut.server.port", -1);
        properties.put("datasources.default.url", "jdbc:h2:file:./target/archive;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        properties.put("hookseal.store.initialize-schema", "always");
        properties.put("hookseal.inbox.backoff.initial", "1ms");
        properties.put("hookseal.endpoints.formflow.path", "/formflow");
        properties.putAll(formFlow.properties("formflow"));
        server = ApplicationContext.run(EmbeddedServer.class, properties);
        archive = server.getApplicationContext().getBean(Archive.class);
        inbox = server.getApplicationContext().getBean(InboxOperations.class);
        formFlow.subscribeToAll(server.getURI().resolve("/formflow"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void archivesOnceWhatIsDeliveredTwiceAndFailsFirst() throws Exception {
        String id = "fail-" + UUID.randomUUID();
        FakeFormFlowEvent event = FormFlowEvents.extracted().withEventId(id);

        formFlow.deliver(event).assertAcknowledgedWithin(Duration.ofSeconds(5));
        formFlow.deliver(event).assertAcknowledgedAtOnce();
        InboxEntry entry = await(id, InboxStatus.HANDLED);

        assertEquals(1, archive.times(id));
        assertNotNull(entry.handledAt());
        assertTrue(inbox.content(entry.key()).isEmpty());
    }

    @Test
    void parksAndRunsAgain() throws Exception {
        String id = "park-" + UUID.randomUUID();

        formFlow.deliver(FormFlowEvents.extracted().withEventId(id)).assertAcknowledgedAtOnce();
        InboxEntry entry = await(id, InboxStatus.PARKED);

        assertEquals(0, archive.times(id));
        assertTrue(entry.lastError().contains("there is no such submission"));
        assertTrue(inbox.as("a test").rerun(entry.key()));
    }

    @Test
    void storesNoForgery() {
        String id = "forged-" + UUID.randomUUID();

        formFlow.deliverForged(FormFlowEvents.extracted().withEventId(id), Forgery.TAMPERED_BODY)
                .assertRejected();

        assertTrue(find(id).isEmpty());
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
