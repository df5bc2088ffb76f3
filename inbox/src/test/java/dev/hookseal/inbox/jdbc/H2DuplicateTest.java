package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.inbox.Acceptance;
import dev.hookseal.jdbc.InitializeSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * H2 shows others what a transaction has committed before it has written that to its file. A duplicate is answered as what
 * is safe, so it must be on the file by then.
 */
class H2DuplicateTest {
    private final ExecutorService first = Executors.newSingleThreadExecutor();
    private final ExecutorService second = Executors.newSingleThreadExecutor();

    @TempDir
    private Path folder;

    private HikariDataSource pool;
    private JdbcInbox inbox;

    @BeforeEach
    void open() {
        pool = new HikariDataSource();
        pool.setJdbcUrl(HeldFiles.url(folder.resolve("inbox")));
        inbox = JdbcInbox.builder(pool)
                .initializeSchema(InitializeSchema.ALWAYS)
                .build();
    }

    @AfterEach
    void close() {
        first.shutdown();
        second.shutdown();
        inbox.close();
        pool.close();
    }

    @Test
    void isAnsweredOnceTheDeliveryIsOnTheFile() throws Exception {
        assertIsOnTheFile(() -> inbox.accept(Deliveries.stored("e-1")));
    }

    @Test
    void isCommittedOnceTheDeliveryIsOnTheFile() throws Exception {
        assertIsOnTheFile(() -> {
            try (Connection transaction = pool.getConnection()) {
                transaction.setAutoCommit(false);
                Acceptance acceptance = inbox.accept(Deliveries.verified("e-1"), transaction);
                transaction.commit();
                return acceptance;
            }
        });
    }

    private void assertIsOnTheFile(Callable<Acceptance> duplicate) throws Exception {
        HeldFiles.Hold write = HeldFiles.holdNextWrite();
        Future<Acceptance> accepted = first.submit(() -> inbox.accept(Deliveries.stored("e-1")));
        write.awaitReached();

        Future<Acceptance> answered = second.submit(duplicate);
        while (committing() < 2) {
            assertThat(answered)
                    .as("the duplicate, before the delivery is on the file")
                    .isNotDone();
        }
        write.release();

        assertThat(accepted.get()).isEqualTo(Acceptance.ACCEPTED);
        assertThat(answered.get()).isEqualTo(Acceptance.DUPLICATE);
    }

    /** Returns how many threads wait until H2 has written what they have committed. */
    private static long committing() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals("org.h2.mvstore.MVStore")
                                && frame.getMethodName().equals("commit")))
                .count();
    }
}
