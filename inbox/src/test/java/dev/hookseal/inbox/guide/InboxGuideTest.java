package dev.hookseal.inbox.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.jdbc.InboxEntry;
import dev.hookseal.inbox.jdbc.InboxFilter;
import dev.hookseal.inbox.jdbc.InboxOperations;
import dev.hookseal.inbox.jdbc.InboxStatus;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.InMemoryDeliveryStore;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;

/** What docs/inbox.md shows works. */
class InboxGuideTest {
    private static final SigningSecret SECRET = SigningSecret.ofUtf8("a secret of the tests, long enough");
    private final EndpointSettings settings =
            EndpointSettings.builder("formflow").secret(SECRET).build();

    private static WebhookRequest request() {
        return FormFlowEvents.extracted().withEventId("1").signedWith(SECRET).toWebhookRequest();
    }

    private static int status(Decision<FormFlowEvent> decision) {
        return ((Decision.Answered<FormFlowEvent>) decision).response().status();
    }

    @Test
    void inCode() throws Exception {
        DataSource dataSource =
                JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");
        try (Connection connection = dataSource.getConnection()) {
            connection.createStatement().execute("create table submission (id varchar(100) primary key)");
        }

        try (InboxInCode application = new InboxInCode(dataSource, settings)) {
            assertThat(status(application.receiver().receive(request()))).isEqualTo(202);

            InboxOperations operations = InboxOperations.of(application.inbox());
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (operations.count(InboxFilter.of(InboxStatus.HANDLED)) == 0 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
        }

        try (Connection connection = dataSource.getConnection();
                ResultSet row = connection.createStatement().executeQuery("select count(*) from submission")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void operations() throws Exception {
        DataSource dataSource =
                JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");
        try (InboxInCode application = new InboxInCode(dataSource, settings)) {
            InboxOperations operations = InboxOperations.of(application.inbox()).as("alice");

            InboxFilter timedOut =
                    InboxFilter.of(InboxStatus.PARKED).endpoint("formflow").errorContains("timed out");
            for (InboxEntry entry : operations.list(timedOut, null, 100)) {
                System.out.println(entry.key() + ": " + entry.lastError());
            }
            int again = operations.rerun(timedOut);

            assertThat(again).isZero();
        }
    }

    @Test
    void onKafka() throws Exception {
        MockProducer<String, byte[]> broker =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(new FormFlowProvider(), settings)
                .inbox(new KafkaInbox(broker), Set.of())
                .build();
        List<String> handled = new ArrayList<>();
        InboxDispatcher dispatcher = InboxDispatcher.builder()
                .listener(
                        "formflow",
                        receiver::restore,
                        Set.of(),
                        (webhook, attempt) -> handled.add(webhook.event().eventId()))
                .build();
        KafkaConsumerOfWebhooks consumer =
                new KafkaConsumerOfWebhooks(dispatcher, new InMemoryDeliveryStore(Clock.systemUTC()));

        assertThat(status(receiver.receive(request()))).isEqualTo(202);
        assertThat(status(receiver.receive(request()))).isEqualTo(202);
        for (ProducerRecord<String, byte[]> sent : broker.history()) {
            consumer.consume(new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value()));
        }

        assertThat(broker.history()).extracting(ProducerRecord::topic).containsOnly("webhooks.formflow");
        assertThat(handled).containsExactly("1");
    }

    @Test
    void aBrokerThatFailsIsA503() {
        MockProducer<String, byte[]> broker =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        broker.sendException = new IllegalStateException("no broker");
        WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(new FormFlowProvider(), settings)
                .inbox(new KafkaInbox(broker), Set.of())
                .build();

        assertThat(status(receiver.receive(request()))).isEqualTo(503);
    }
}
