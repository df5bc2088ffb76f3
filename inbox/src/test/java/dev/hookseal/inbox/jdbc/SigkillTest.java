package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.fixture.database.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes are ended by SIGKILL while they accept, handle and complete deliveries, on databases that write as in
 * production. The system properties {@code hookseal.kill.deliveries}, {@code hookseal.kill.kills} and {@code
 * hookseal.kill.seed} make another run of it.
 */
@Tag("full")
@Tag("one-jdk")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SigkillTest {
    private static final int DELIVERIES = Integer.getInteger("hookseal.kill.deliveries", 1_000);
    private static final int KILLS = Integer.getInteger("hookseal.kill.kills", 10);
    private static final long SEED = Long.getLong("hookseal.kill.seed", System.nanoTime());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void losesNothingOnPostgreSqlWithTwoNodes(boolean transactional) throws Exception {
        try (PostgresServer server = PostgresServer.durable();
                HikariDataSource direct = PostgresServer.pool(server.url())) {
            NodeProcess.createTable(direct);
            SigkillRun run = new SigkillRun(settings(server.url(), transactional), 2, direct, SEED);

            SigkillRun.Counts counts = run.run(DELIVERIES, KILLS);

            assertNothingIsLost("PostgreSQL", transactional, counts, direct);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void losesNothingOnAnH2FileWithOneNode(boolean transactional) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("inbox") + ";WRITE_DELAY=0";
        JdbcDataSource direct = new JdbcDataSource();
        direct.setURL(url);
        NodeProcess.createTable(direct);
        SigkillRun run = new SigkillRun(settings(url, transactional), 1, direct, SEED);

        SigkillRun.Counts counts = run.run(DELIVERIES, KILLS);

        assertNothingIsLost("H2", transactional, counts, direct);
    }

    private static NodeProcess.Settings settings(String url, boolean transactional) {
        // a delivery that happens to run in several processes when they are killed is not at fault
        NodeProcess.Settings settings = NodeProcess.Settings.of(url).maxCrashes(KILLS + 1);
        return transactional ? settings : settings.plain();
    }

    private static void assertNothingIsLost(
            String database, boolean transactional, SigkillRun.Counts counts, DataSource direct) throws SQLException {
        int handled = Sql.number(direct, "select count(*) from handled");
        System.out.println(database + ", " + (transactional ? "transactional" : "plain") + " listener, seed " + SEED
                + ": " + counts.acknowledged().size() + " deliveries acknowledged, " + counts.sentTwice()
                + " of them sent twice, answers by status " + counts.answers() + "; killed " + KILLS + " times "
                + counts.kills() + ", " + Sql.text(direct, "select sum(crashes) from hookseal_inbox")
                + " deliveries taken from dead processes; handled and not completed at a kill: "
                + counts.between().size() + "; handled twice: " + counts.doubled());

        assertThat(counts.acknowledged()).hasSize(DELIVERIES);
        assertThat(Sql.number(direct, "select count(*) from hookseal_inbox")).isEqualTo(DELIVERIES);
        assertThat(Sql.number(direct, "select count(*) from hookseal_inbox where inbox_status = 2"))
                .isEqualTo(DELIVERIES);
        assertThat(counts.handled().keySet()).isEqualTo(counts.acknowledged());
        assertThat(counts.handled().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(handled);
        for (Trap.Part part : Trap.Part.values()) {
            assertThat(counts.kills().entrySet().stream()
                            .filter(kills -> kills.getKey().startsWith(part.name()))
                            .mapToInt(Map.Entry::getValue)
                            .sum())
                    .as("kills within %s", part)
                    .isGreaterThanOrEqualTo(KILLS / 5);
        }
        if (transactional) {
            assertThat(counts.between()).isEmpty();
            assertThat(counts.doubled()).isEmpty();
        } else {
            assertThat(counts.between()).containsAll(counts.doubled());
        }
    }
}
