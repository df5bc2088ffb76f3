package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.jdbc.InitializeSchema;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SigningSecret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboxWorkersTest {
    private final HikariDataSource pool = pool();
    private final JdbcInbox inbox = JdbcInbox.of(pool);
    private final WebhookReceiver<?> receiver = WebhookReceiver.of(
            new FormFlowProvider(),
            EndpointSettings.builder("formflow")
                    .secret(SigningSecret.ofUtf8("a secret of the tests, long enough"))
                    .build());
    private final InboxDispatcher dispatcher = InboxDispatcher.builder()
            .listener("formflow", receiver::restore, Set.of(), (webhook, attempt) -> {})
            .build();

    private static HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        config.setPoolName("small");
        config.setMaximumPoolSize(12);
        return new HikariDataSource(config);
    }

    @AfterEach
    void close() {
        inbox.close();
        pool.close();
    }

    @Test
    void warnOfAPoolThatIsTooSmall() {
        try (CapturedLog log = CapturedLog.of(InboxWorkers.class);
                InboxWorkers workers =
                        InboxWorkers.builder(inbox, dispatcher).workers(10).build()) {
            workers.start();

            assertThat(log.text())
                    .contains(
                            "The pool small has at most 12 connections, and 10 workers with their upkeep use up to 13");
        }
    }

    @Test
    void doWithAPoolThatIsNotConfigured() {
        assertThat(InboxSettings.WORKERS.defaultValue())
                .isLessThanOrEqualTo(new HikariConfig().getMaximumPoolSize() - 3);
    }

    @Test
    void areQuietAboutAPoolThatSuffices() {
        try (CapturedLog log = CapturedLog.of(InboxWorkers.class);
                InboxWorkers workers =
                        InboxWorkers.builder(inbox, dispatcher).workers(9).build()) {
            workers.start();

            assertThat(log.text()).doesNotContain("The pool small");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', true", "&socketTimeout=300, false"})
    void warnOfListenersThatMayWaitForEver(String parameter, boolean warns) throws Exception {
        try (PostgresServer server = PostgresServer.fast();
                HikariDataSource database = PostgresServer.pool(server.url() + parameter);
                JdbcInbox onServer = JdbcInbox.builder(database)
                        .initializeSchema(InitializeSchema.ALWAYS)
                        .build();
                CapturedLog log = CapturedLog.of(InboxWorkers.class);
                InboxWorkers workers = InboxWorkers.builder(onServer, dispatcher)
                        .transactions(InboxTransactions.of(database))
                        .build()) {
            workers.start();

            assertThat(log.text().contains("add socketTimeout=300 to the URL of the database"))
                    .isEqualTo(warns);
        }
    }

    @Test
    void handleNothingWithoutThreads() {
        try (InboxWorkers workers =
                InboxWorkers.builder(inbox, dispatcher).workers(0).build()) {
            workers.start();

            assertThat(workers.isRunning()).isFalse();
        }
    }

    @Test
    void startOnce() {
        try (InboxWorkers workers = InboxWorkers.builder(inbox, dispatcher).build()) {
            workers.start();

            assertThat(workers.isRunning()).isTrue();
            assertThatIllegalStateException().isThrownBy(workers::start).withMessage("The workers are started already");
        }
    }

    @Test
    void rejectASettingThatIsOutOfItsBounds() {
        assertThatThrownBy(() -> InboxWorkers.builder(inbox, dispatcher).heartbeat(Duration.ofMillis(1)))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("heartbeat must be from 100ms to 10m");
    }

    @Test
    void showWhatIsThereInMetrics() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MicrometerInboxObserver observer = new MicrometerInboxObserver(registry, InboxOperations.of(inbox), dispatcher);
        observer.attempted(new AttemptOutcome(
                "formflow",
                "formflow:1",
                "extracted",
                AttemptResult.HANDLED,
                1,
                Duration.ofMillis(3),
                Duration.ofMillis(5),
                null));
        observer.attempted(new AttemptOutcome(
                "formflow", "formflow:2", null, AttemptResult.CRASHED, 1, Duration.ZERO, null, null));

        assertThat(registry.get("hookseal.inbox.attempts")
                        .tags("endpoint", "formflow", "result", "handled")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("hookseal.inbox.attempts")
                        .tag("result", "crashed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("hookseal.inbox.delay").timer().count()).isEqualTo(1);
        assertThat(registry.get("hookseal.inbox.deliveries")
                        .tags("endpoint", "formflow", "state", "parked")
                        .gauge()
                        .value())
                .isZero();
        assertThat(registry.get("hookseal.inbox.oldest").timeGauge().value()).isZero();
    }
}
