package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.inbox.Acceptance;
import dev.hookseal.inbox.StoredDelivery;
import dev.hookseal.jdbc.InitializeSchema;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the inbox leaves in a file of H2. */
class H2FileTest {
    private static final MVMap.Builder<Long, byte[]> LARGE_OBJECTS =
            new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE);

    @TempDir
    private Path folder;

    /**
     * H2 stores large objects apart from the rows, and a version of its file may have the one without the other. A process
     * killed at that moment leaves a row that no query can read, as H2 2.3.232 did.
     */
    @Test
    void keepsEachDeliveryInItsRow() throws Exception {
        Path database = folder.resolve("inbox");
        StoredDelivery delivery = Deliveries.stored("e-" + "1".repeat(200));
        assertThat(delivery.content().toStored())
                .as("more than the 256 bytes that H2 keeps of a blob in the row")
                .hasSizeGreaterThan(256);
        // a pool, which closes the file with its last connection
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:file:" + database + ";WRITE_DELAY=0", "", "");
        try (JdbcInbox inbox = JdbcInbox.builder(pool)
                .initializeSchema(InitializeSchema.ALWAYS)
                .build()) {
            assertThat(inbox.accept(delivery)).isEqualTo(Acceptance.ACCEPTED);
        }
        pool.dispose();

        try (MVStore file =
                new MVStore.Builder().fileName(database + ".mv.db").readOnly().open()) {
            assertThat(file.getMapNames()).contains("lobData");
            assertThat(file.openMap("lobData", LARGE_OBJECTS).sizeAsLong()).isZero();
        }
    }
}
