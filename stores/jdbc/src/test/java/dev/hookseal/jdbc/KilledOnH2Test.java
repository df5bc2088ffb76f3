package dev.hookseal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.FormFlowSender;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node on an H2 file, killed while it handles deliveries. */
@Tag("full")
@Tag("one-jdk")
class KilledOnH2Test {
    private static final int ROUNDS = 3;
    private static final int DELIVERIES = 40;

    @TempDir
    private Path folder;

    private final FormFlowSender sender = new FormFlowSender(Node.SECRET, Node.PATH);

    @Test
    void remembersWhatItHasAnswered() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (NodeProcess node = NodeProcess.start(url(), Duration.ZERO)) {
                for (int i = 0; i < DELIVERIES; i++) {
                    assertThat(send(node, round, i)).isEqualTo(204);
                }
                // at once, since what H2 had not written would be on its way within 500 ms
                node.kill();
            }
            try (NodeProcess node = NodeProcess.start(url(), Duration.ZERO)) {
                for (int i = 0; i < DELIVERIES; i++) {
                    assertThat(send(node, round, i)).isEqualTo(200);
                }
            }
        }

        assertThat(runs()).isEqualTo(ROUNDS * DELIVERIES);
        System.out.println(ROUNDS + " times killed on an H2 file: " + runs() + " deliveries handled once each");
    }

    private int send(NodeProcess node, int round, int number) throws IOException, InterruptedException {
        return sender.send(node.port(), "e-" + round + "-" + number).status();
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("deliveries") + ";WRITE_DELAY=0";
    }

    private int runs() throws SQLException {
        try (Connection connection = H2Database.dataSource(url()).getConnection();
                ResultSet rows = connection.createStatement().executeQuery("select count(*) from handled")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
