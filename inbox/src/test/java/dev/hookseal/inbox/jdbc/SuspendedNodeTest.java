package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.FormFlowSender;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.fixture.database.Sql;
import java.sql.PreparedStatement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process is suspended while it handles a delivery, and goes on when another one has handled it. */
@Tag("full")
@Tag("one-jdk")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGSTOP")
class SuspendedNodeTest {
    private static final String HEARTBEATS_MISSED =
            "select extract(epoch from clock_timestamp() - last_heartbeat) * 1000 / " + InboxNode.HEARTBEAT.toMillis()
                    + " from hookseal_inbox where picked";

    @Test
    void cannotCompleteWhatAnotherOneHasHandled() throws Exception {
        try (PostgresServer server = PostgresServer.durable();
                HikariDataSource direct = PostgresServer.pool(server.url())) {
            NodeProcess.createTable(direct);
            try (NodeProcess suspended = NodeProcess.start("suspended", NodeProcess.Settings.of(server.url()))) {
                new FormFlowSender(InboxNode.SECRET, InboxNode.PATH).send(suspended.port(), "stuck-1");
                suspended.awaitStuck();
                signal("-STOP", suspended);
                while (Sql.number(direct, HEARTBEATS_MISSED) < 5) {
                    Thread.onSpinWait();
                }
                try (InboxNode other = InboxNode.start(
                        direct,
                        InboxNode.Listener.transactional((webhook, attempt) -> {
                            try (PreparedStatement insert = attempt.connection()
                                    .prepareStatement("insert into handled (event_id, node) values (?, 'other')")) {
                                insert.setString(1, webhook.event().eventId());
                                insert.executeUpdate();
                            }
                        }),
                        workers -> {})) {
                    while (Sql.number(direct, NodeProcess.OPEN) > 0) {
                        Thread.onSpinWait();
                    }
                    assertThat(other.workers().isRunning()).isTrue();
                }
                signal("-CONT", suspended);
                suspended.goOn();
                suspended.awaitResult(AttemptResult.LOST);
            }

            assertThat(Sql.text(direct, "select string_agg(node, ',') from handled"))
                    .isEqualTo("other");
            assertThat(Sql.number(direct, "select count(*) from hookseal_inbox where inbox_status = 2 and crashes = 1"))
                    .isEqualTo(1);
        }
    }

    private static void signal(String signal, NodeProcess node) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, String.valueOf(node.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
