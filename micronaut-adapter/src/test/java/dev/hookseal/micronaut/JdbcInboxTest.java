package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookListener;
import dev.hookseal.config.EndpointBinding;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.ParkException;
import dev.hookseal.inbox.jdbc.InboxCount;
import dev.hookseal.inbox.jdbc.InboxOperations;
import dev.hookseal.inbox.jdbc.InboxWorkers;
import dev.hookseal.inbox.jdbc.JdbcInbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The inbox on a data source of the application: its listeners run once the sender has been answered. */
class JdbcInboxTest {
    private static final String SPEC = "jdbc-inbox";
    private static final String PATH = "/webhooks/formflow";

    private final JdbcDataSource dataSource = new JdbcDataSource();

    @BeforeEach
    void create() throws SQLException {
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        execute("create table orders (id varchar(100) primary key)");
    }

    @AfterEach
    void shutDown() throws SQLException {
        execute("shutdown");
    }

    private Server start(Map<String, Object> properties, Object... more) {
        return start(SPEC, properties, more);
    }

    private Server start(String spec, Map<String, Object> properties, Object... more) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("hookseal.endpoints.formflow.path", PATH);
        all.put("hookseal.inbox.backoff.initial", "1ms");
        all.put("hookseal.inbox.poll-interval", "10ms");
        Object[] beans = new Object[more.length + 1];
        beans[0] = dataSource;
        System.arraycopy(more, 0, beans, 1, more.length);
        return Server.start(spec, all, beans);
    }

    @Requires(property = "spec", value = SPEC)
    @Singleton
    static class Orders {
        final BlockingQueue<String> attempts = new LinkedBlockingQueue<>();
        final CountDownLatch mayEnd = new CountDownLatch(1);

        @WebhookListener(value = "formflow", events = "extracted")
        @Transactional
        void extracted(FormFlowEvent event, Attempt attempt) throws Exception {
            try (var insert = attempt.connection().prepareStatement("insert into orders values (?)")) {
                insert.setString(1, event.eventId());
                insert.executeUpdate();
            }
            attempts.add(event.eventId() + " " + attempt.number());
            if (event.eventId().startsWith("slow")) {
                mayEnd.await();
            } else if (event.eventId().startsWith("long")) {
                while (!attempt.isStopping()) {
                    Thread.onSpinWait();
                }
            } else if (event.eventId().startsWith("fails") && attempt.number() < 3) {
                throw new IOException("not yet");
            }
        }

        @WebhookListener(value = "formflow", events = "export")
        void exported(FormFlowEvent event) {
            attempts.add(event.eventId());
            throw new ParkException("no such order");
        }

        String next() throws InterruptedException {
            return String.valueOf(attempts.poll(1, TimeUnit.MINUTES));
        }
    }

    @Test
    void acceptsADeliveryAndHandlesItOnce() throws Exception {
        try (Server server = start(Map.of())) {
            Orders orders = server.bean(Orders.class);
            assertThat(server.bean(Inbox.class)).isInstanceOf(JdbcInbox.class);

            assertThat(server.send(PATH, Delivery.of("slow-1")).statusCode()).isEqualTo(202);
            assertThat(orders.next()).isEqualTo("slow-1 1");
            assertThat(server.send(PATH, Delivery.of("slow-1")).statusCode()).isEqualTo(200);
            orders.mayEnd.countDown();
            assertThat(server.send(PATH, Delivery.of("e-2")).statusCode()).isEqualTo(202);
            assertThat(orders.next()).isEqualTo("e-2 1");
        }

        assertThat(handled()).isEqualTo(2);
        assertThat(count("orders")).isEqualTo(2);
    }

    @Test
    void callsAListenerThatThrowsAgainAndRollsBackWhatItWrote() throws Exception {
        try (Server server = start(Map.of())) {
            server.send(PATH, Delivery.of("fails-1"));
            Orders orders = server.bean(Orders.class);

            assertThat(orders.next()).isEqualTo("fails-1 1");
            assertThat(orders.next()).isEqualTo("fails-1 2");
            assertThat(orders.next()).isEqualTo("fails-1 3");
        }

        assertThat(handled()).isEqualTo(1);
        assertThat(count("orders")).isEqualTo(1);
    }

    @Test
    void saysAtTheStartWhatEachListenerGuarantees() {
        try (CapturedLog log = CapturedLog.of(EndpointBinding.class);
                Server server = start(Map.of())) {
            assertThat(log.messages())
                    .contains(
                            "formflow export: Orders.exported, completes after it: at least once",
                            "formflow extracted: Orders.extracted, completes in its transaction");
            assertThat(server.bean(InboxWorkers.class).isRunning()).isTrue();
        }
    }

    @Test
    void onlyAcceptsWithoutWorkers() throws Exception {
        try (Server server = start(Map.of("hookseal.inbox.workers", 0))) {
            assertThat(server.send(PATH, Delivery.of("e-1")).statusCode()).isEqualTo(202);

            assertThat(server.bean(InboxOperations.class).counts())
                    .extracting(InboxCount::state)
                    .containsExactly(InboxCount.State.WAITING);
            assertThat(server.bean(InboxWorkers.class).isRunning()).isFalse();
            assertThat(server.bean(Orders.class).attempts).isEmpty();
        }
        try (Server other = start(Map.of())) {
            assertThat(other.bean(Orders.class).next()).isEqualTo("e-1 1");
        }
    }

    @Test
    void waitsAtItsEndForTheListenersThatRun() throws Exception {
        try (Server server = start(Map.of())) {
            server.send(PATH, Delivery.of("long-1"));
            assertThat(server.bean(Orders.class).next()).isEqualTo("long-1 1");
        }

        assertThat(handled()).isEqualTo(1);
    }

    @Test
    void countsAttemptsAndParkedDeliveries() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        try (Server server = start(Map.of(), registry)) {
            server.send(PATH, Delivery.of("e-1", "export", Server.NOW.toString()));
            assertThat(server.bean(Orders.class).next()).isEqualTo("e-1");
        }

        assertThat(registry.get("hookseal.inbox.attempts")
                        .tags("endpoint", "formflow", "result", "parked")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("hookseal.inbox.accept")
                        .tags("result", "accepted")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.find("hookseal.inbox.deliveries").gauges()).isNotEmpty();
    }

    @Requires(property = "spec", value = "jdbc-inbox-own")
    @Singleton
    static class Own {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    @Test
    void givesWayToAnInboxOfTheApplication() throws Exception {
        MemoryInbox own = new MemoryInbox();
        try (Server server = start("jdbc-inbox-own", Map.of(), own)) {
            assertThat(server.bean(Inbox.class)).isSameAs(own);
            assertThat(server.has(JdbcInbox.class)).isFalse();
            assertThat(server.has(InboxWorkers.class)).isFalse();
            assertThat(server.send(PATH, Delivery.of("e-1")).statusCode()).isEqualTo(202);
        }
    }

    @Test
    void failsTheStartWithoutItsTable() {
        assertThatThrownBy(() ->
                        start(Map.of("hookseal.store.type", "memory", "hookseal.store.initialize-schema", "never")))
                .hasStackTraceContaining("hookseal_inbox is missing");
    }

    @Test
    void isNotOpenedWithoutListeners() throws Exception {
        try (Server server = Server.start("jdbc-inbox-none", Map.of("hookseal.store.type", "memory"), dataSource)) {
            assertThat(server.has(JdbcInbox.class)).isTrue();
        }
        assertThat(count("information_schema.tables where table_name = 'HOOKSEAL_INBOX'"))
                .isZero();
    }

    private long handled() throws SQLException {
        return count("hookseal_inbox where inbox_status = 2");
    }

    private long count(String from) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("select count(*) from " + from)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }
}
