package dev.hookseal.examples.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
@Tag("one-jdk")
class TwoNodesTest {

    @Test
    void eachDeliveryIsHandledOnce() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(new File("target/postgres").getAbsoluteFile())
                .start()) {
            assertThat(TwoNodes.run(postgres.getJdbcUrl("postgres", "postgres"), new PrintStream(printed, true, UTF_8)))
                    .isTrue();
        }

        assertThat(printed.toString(UTF_8))
                .contains("after one node was restarted: {200=200}")
                .contains("100 deliveries handled, each once");
    }
}
