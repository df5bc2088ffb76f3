package dev.hookseal.jdbc;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes, each a process, on one H2 that a third process serves; the clock of one is 10 minutes ahead. */
@Tag("full")
@Tag("one-jdk")
class TwoProcessesOnH2Test {

    @Test
    void handleOnceWhatIsSentToBothAtOnce() throws Exception {
        try (H2Database database = H2Database.start();
                JdbcDeliveryStore createsTheTable = JdbcDeliveryStore.of(database.dataSource());
                NodeProcess one = NodeProcess.start(database.urlForOthers(), Duration.ZERO);
                NodeProcess ahead = NodeProcess.start(database.urlForOthers(), Duration.ofMinutes(10))) {
            createsTheTable.check();

            Map<Integer, Integer> answers =
                    new SimultaneousDeliveries().assertHandledOnce(one, ahead, database.dataSource());

            System.out.println(
                    "H2 in server mode, 1000 deliveries to two processes at once: answers by status " + answers);
        }
    }
}
