package dev.hookseal.inbox.jdbc;

import dev.hookseal.fixture.FormFlowSender;
import dev.hookseal.fixture.database.Sql;
import dev.hookseal.inbox.jdbc.Trap.Moment;
import dev.hookseal.inbox.jdbc.Trap.Part;
import dev.hookseal.inbox.jdbc.Trap.Place;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Nodes get deliveries; now and then one of them is killed at a place that the seed decides, and started again. */
final class SigkillRun {
    private static final int SENDERS = 4;

    private final NodeProcess.Settings settings;
    private final DataSource direct;
    private final Random random;
    private final List<Slot> slots = new ArrayList<>();
    private final FormFlowSender sender = new FormFlowSender(InboxNode.SECRET, InboxNode.PATH);
    private final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sentTwice = new AtomicInteger();
    private final Map<String, Integer> kills = new TreeMap<>();
    private final Set<String> between = new TreeSet<>();

    /**
     * The outcome.
     *
     * @param answers how many by status; 0 for no answer
     * @param kills how many by place
     * @param between the events that a killed process had handled, and not completed
     * @param handled how often each event was handled, by the business table
     */
    record Counts(
            Set<String> acknowledged,
            int sentTwice,
            Map<Integer, Integer> answers,
            Map<String, Integer> kills,
            Set<String> between,
            Map<String, Integer> handled) {
        Set<String> doubled() {
            Set<String> doubled = new TreeSet<>(handled.keySet());
            doubled.removeIf(event -> handled.get(event) == 1);
            return doubled;
        }
    }

    /** A node, and its successors. */
    private final class Slot {
        private final int number;
        private int starts;
        private NodeProcess node;

        Slot(int number) throws IOException {
            this.number = number;
            this.node = next();
        }

        private NodeProcess next() throws IOException {
            starts++;
            return NodeProcess.start("node-" + number + "-" + starts, settings);
        }

        /** Returns its port, once it is not being started again. */
        synchronized int port() {
            return node.port();
        }

        /** Kills it, and starts its successor. Who wants the port waits until then. */
        synchronized void killAndRestart() throws IOException, SQLException {
            kill();
            restart();
        }

        private void kill() throws SQLException {
            node.kill();
            between.addAll(leftBy(node.name()));
        }

        private void restart() throws IOException {
            node = next();
        }
    }

    SigkillRun(NodeProcess.Settings settings, int nodes, DataSource direct, long seed) throws IOException {
        this.settings = settings;
        this.direct = direct;
        this.random = new Random(seed);
        for (int i = 0; i < nodes; i++) {
            slots.add(new Slot(i));
        }
    }

    Counts run(int deliveries, int killed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try {
            int sent = 0;
            for (Place place : plan(killed)) {
                Slot slot = slots.get(random.nextInt(slots.size()));
                slot.node.arm(place);
                int until = sent + deliveries / (killed + 1);
                List<Future<?>> batch = send(threads, sent, until);
                slot.node.awaitReached();
                slot.killAndRestart();
                kills.merge(place.toString(), 1, Integer::sum);
                await(batch);
                sent = until;
            }
            await(send(threads, sent, deliveries));
            drain(slots.get(0));
        } finally {
            threads.shutdownNow();
            slots.forEach(slot -> slot.node.close());
        }
        return new Counts(acknowledged, sentTwice.get(), answers, kills, between, handled());
    }

    /** Waits until nothing is open, nor in the file of H2, which shows what is committed before it has written it. */
    private void drain(Slot slot) throws IOException, SQLException {
        while (true) {
            while (slot.node.open() > 0) {
                Thread.onSpinWait();
            }
            slot.kill();
            if (Sql.number(direct, NodeProcess.OPEN) == 0) {
                return;
            }
            slot.restart();
        }
    }

    private List<Place> plan(int killed) {
        List<Part> parts = List.of(Part.values());
        List<Moment> moments = List.of(Moment.values());
        List<Place> plan = new ArrayList<>();
        for (int i = 0; i < killed; i++) {
            plan.add(new Place(parts.get(i % parts.size()), moments.get(random.nextInt(moments.size()))));
        }
        Collections.shuffle(plan, random);
        return plan;
    }

    private List<Future<?>> send(ExecutorService threads, int from, int to) {
        List<Future<?>> sent = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int number = i;
            sent.add(threads.submit(() -> {
                deliver(number);
                return null;
            }));
        }
        return sent;
    }

    private static void await(List<Future<?>> sent) throws Exception {
        for (Future<?> each : sent) {
            each.get();
        }
    }

    private void deliver(int number) throws InterruptedException {
        String eventId = "e-" + number;
        untilAcknowledged(number, eventId);
        acknowledged.add(eventId);
        if (number % 3 == 0) {
            sentTwice.incrementAndGet();
            if (untilAcknowledged(number + 1, eventId) != 200) {
                throw new AssertionError(eventId + " was accepted twice");
            }
        }
    }

    /** Sends to one node after the other, as a sender does that gets no 2xx. */
    private int untilAcknowledged(int first, String eventId) throws InterruptedException {
        for (int i = first; ; i++) {
            int status = status(slots.get(i % slots.size()).port(), eventId);
            answers.merge(status, 1, Integer::sum);
            if (status / 100 == 2) {
                return status;
            }
        }
    }

    private int status(int port, String eventId) throws InterruptedException {
        try {
            return sender.send(port, eventId).status();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Returns what a dead node has handled, and not completed. */
    private Set<String> leftBy(String node) throws SQLException {
        try (Connection connection = direct.getConnection()) {
            awaitEndOfItsSessions(connection, node);
            try (PreparedStatement query = connection.prepareStatement("""
                    select h.event_id from handled h
                      join hookseal_inbox i on i.task_instance = 'formflow:extracted:' || h.event_id
                     where h.node = ? and i.inbox_status = 0""")) {
                query.setString(1, node);
                Set<String> left = new HashSet<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        left.add(rows.getString(1));
                    }
                }
                return left;
            }
        }
    }

    // PostgreSQL goes on with a statement that it has read, and a commit
    private static void awaitEndOfItsSessions(Connection connection, String node) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return;
        }
        try (PreparedStatement query =
                connection.prepareStatement("select count(*) from pg_stat_activity where application_name = ?")) {
            query.setString(1, node);
            while (true) {
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    if (row.getInt(1) == 0) {
                        return;
                    }
                }
            }
        }
    }

    private Map<String, Integer> handled() throws SQLException {
        Map<String, Integer> handled = new HashMap<>();
        try (Connection connection = direct.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select event_id, count(*) from handled group by event_id");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                handled.put(rows.getString(1), rows.getInt(2));
            }
        }
        return handled;
    }
}
