package dev.hookseal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.database.PostgresServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** A store warns of a PostgreSQL that may lose in a crash what it has committed. */
@Tag("full")
class PostgreSqlDurabilityTest {
    private static PostgresServer server;

    @BeforeAll
    static void startServer() throws IOException {
        server = PostgresServer.durable();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    private static List<String> warningsAtTheStart(String url) {
        try (HikariDataSource pool = PostgresServer.pool(url);
                CapturedLog log = CapturedLog.ofHookseal()) {
            JdbcDeliveryStore.builder(pool)
                    .initializeSchema(InitializeSchema.ALWAYS)
                    .build()
                    .close();
            return log.messages(Level.WARN);
        }
    }

    @Test
    void saysNothingOfAServerThatWaitsForItsDisk() {
        assertThat(warningsAtTheStart(server.url())).isEmpty();
    }

    @Test
    void namesWhatIsOffForItsConnections() {
        assertThat(warningsAtTheStart(server.url() + "&options=-c%20synchronous_commit=off"))
                .containsExactly("The PostgreSQL at jdbc:postgresql://127.0.0.1:" + server.port()
                        + "/postgres has synchronous_commit off for this application: a crash of its server may make it"
                        + " forget deliveries which were handled. Set it to on");
    }

    @Test
    void namesWhatIsOffForTheServer() throws IOException {
        try (PostgresServer fast = PostgresServer.fast()) {
            assertThat(warningsAtTheStart(fast.url()))
                    .singleElement()
                    .asString()
                    .contains(" has fsync and full_page_writes and synchronous_commit off ");
        }
    }
}
