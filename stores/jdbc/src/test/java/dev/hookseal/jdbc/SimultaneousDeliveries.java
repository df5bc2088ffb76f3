package dev.hookseal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.FormFlowSender;
import dev.hookseal.fixture.database.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** Sends each of 1,000 deliveries to two nodes at once, which note in the table {@code handled} what they handle. */
final class SimultaneousDeliveries {
    private static final int DELIVERIES = 1_000;

    private final FormFlowSender sender = new FormFlowSender(Node.SECRET, Node.PATH);

    /**
     * Asserts that each was handled once, and that the other node said so or that it was in progress.
     *
     * @param dataSource of the database of both
     * @return the answers, counted by their status
     */
    Map<Integer, Integer> assertHandledOnce(NodeProcess one, NodeProcess other, DataSource dataSource)
            throws Exception {
        Map<Integer, Integer> answers = new TreeMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<Integer>>> sent = new ArrayList<>();
            for (int i = 0; i < DELIVERIES; i++) {
                String eventId = "e-" + i;
                sent.add(threads.submit(() -> sendToBoth(one, other, eventId)));
            }
            for (Future<List<Integer>> each : sent) {
                List<Integer> statuses = each.get();
                // the node that handled it, and the other one
                assertThat(statuses).contains(204).isSubsetOf(204, 200, 409);
                statuses.forEach(status -> answers.merge(status, 1, Integer::sum));
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(answers).containsEntry(204, DELIVERIES);
        String all = String.valueOf(DELIVERIES);
        assertThat(Sql.text(dataSource, "select count(*) from handled where event_id like 'e-%'"))
                .isEqualTo(all);
        assertThat(Sql.text(dataSource, "select count(distinct event_id) from handled where event_id like 'e-%'"))
                .isEqualTo(all);
        return answers;
    }

    private List<Integer> sendToBoth(NodeProcess one, NodeProcess other, String eventId) throws Exception {
        ExecutorService second = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> answer =
                    second.submit(() -> sender.send(other.port(), eventId).status());
            return List.of(sender.send(one.port(), eventId).status(), answer.get());
        } finally {
            second.shutdownNow();
        }
    }
}
