package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.FormFlowSender;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.fixture.database.Sql;
import dev.hookseal.formflow.FormFlowProvider;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deliveries that no listener survives are parked, and the others are handled. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PoisonTest {
    private static final int OTHERS = 30;
    private static final int ATTEMPTS = 3;

    private final FormFlowSender sender = new FormFlowSender(InboxNode.SECRET, InboxNode.PATH);
    private final Set<String> handled = ConcurrentHashMap.newKeySet();

    @Test
    void oneThatThrowsAndOneOfTheMaximumSizeAreParkedAndOthersGoOn() throws Exception {
        int maximum = new FormFlowProvider().defaultMaxBodyBytes();
        try (PostgresServer server = PostgresServer.fast();
                HikariDataSource pool = PostgresServer.pool(server.url());
                InboxNode node = InboxNode.start(
                        pool,
                        InboxNode.Listener.plain((webhook, attempt) -> {
                            if (webhook.event().eventId().startsWith("poison")) {
                                throw new StackOverflowError("for ever");
                            }
                            handled.add(webhook.event().eventId());
                        }),
                        workers -> workers.workers(2)
                                .retries(new RetryPolicy(
                                        ATTEMPTS, Duration.ofMillis(10), 2, Duration.ofMillis(20), 3)))) {
            assertThat(sender.send(node.port(), "poison-throws").status()).isEqualTo(202);
            assertThat(sender.sendLarge(node.port(), "poison-large", maximum).status())
                    .isEqualTo(202);
            assertThat(sender.sendLarge(node.port(), "too-large", maximum + 1).status())
                    .isEqualTo(413);
            sendOthers(node.port());

            awaitNothingOpen(pool);

            assertThat(handled).hasSize(OTHERS);
            InboxOperations operations = InboxOperations.of(node.inbox());
            assertThat(operations.list(InboxFilter.of(InboxStatus.PARKED), null, 10))
                    .extracting(InboxEntry::key)
                    .containsExactlyInAnyOrder("formflow:extracted:poison-throws", "formflow:extracted:poison-large");
            assertThat(operations.list(InboxFilter.of(InboxStatus.PARKED), null, 10))
                    .allSatisfy(entry -> {
                        assertThat(entry.failures()).isEqualTo(ATTEMPTS);
                        assertThat(entry.crashes()).isZero();
                        assertThat(entry.lastError()).isEqualTo("java.lang.StackOverflowError: for ever");
                    });
            assertThat(operations
                            .content("formflow:extracted:poison-large")
                            .orElseThrow()
                            .bytes())
                    .hasSize(maximum);
        }
    }

    @Test
    @Tag("full")
    @Tag("one-jdk")
    void oneThatKillsItsProcessIsParkedAndOthersGoOn() throws Exception {
        try (PostgresServer server = PostgresServer.fast();
                HikariDataSource pool = PostgresServer.pool(server.url())) {
            NodeProcess.createTable(pool);
            NodeProcess.Settings settings =
                    NodeProcess.Settings.of(server.url()).maxCrashes(3);
            for (int i = 1; i <= 3; i++) {
                try (NodeProcess node = NodeProcess.start("killed-" + i, settings)) {
                    if (i == 1) {
                        sender.send(node.port(), "deadly-1");
                    }
                    node.awaitEnd();
                }
            }
            try (NodeProcess node = NodeProcess.start("survivor", settings)) {
                sendOthers(node.port());
                awaitNothingOpen(pool);
                assertThat(node.isAlive()).isTrue();
            }

            assertThat(Sql.text(
                            pool,
                            "select inbox_status || ' ' || crashes || ' ' || last_error from hookseal_inbox"
                                    + " where task_instance = 'formflow:extracted:deadly-1'"))
                    .isEqualTo("1 3 The process died while it handled this delivery, for the last of 3 times");
            assertThat(Sql.number(pool, "select count(*) from handled")).isEqualTo(OTHERS);
        }
    }

    private void sendOthers(int port) throws Exception {
        for (int i = 0; i < OTHERS; i++) {
            assertThat(sender.send(port, "other-" + i).status()).isEqualTo(202);
        }
    }

    private static void awaitNothingOpen(HikariDataSource pool) throws Exception {
        while (Sql.number(pool, NodeProcess.OPEN) > 0) {
            Thread.onSpinWait();
        }
    }
}
