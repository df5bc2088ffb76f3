package dev.hookseal.benchmarks.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.Acceptance;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.StoredDelivery;
import dev.hookseal.inbox.WebhookHandler;
import dev.hookseal.inbox.jdbc.AttemptResult;
import dev.hookseal.inbox.jdbc.InboxWorkers;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.DeliveryKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the inbox on a PostgreSQL that writes as in production (fsync on), and prints tables beside their limits: accept
 * beside a bare insert of one row with the same pool, the workers beside a loop that an application would write itself, the
 * time from accept to the listener, and a table of ten thousand handled deliveries beside one of a million. What is compared
 * takes turns, and the medians are compared.
 */
public final class InboxRun implements AutoCloseable {
    private static final Duration RETENTION = Duration.ofDays(3);
    private static final int DUE = 5_000;
    private static final int LATENCIES = 1_000;

    private final EmbeddedPostgres postgres = Database.server();
    private final Database database = Database.in(postgres, "inbox");
    private final WebhookReceiver<FormFlowEvent> receiver;
    private final StoredDelivery sample;
    private final AtomicLong number = new AtomicLong();
    private final int slices;

    private InboxRun(int slices) throws Exception {
        this.slices = slices;
        SigningSecret secret = SigningSecret.ofUtf8("whsec-of-the-benchmark");
        receiver = WebhookReceiver.of(
                new FormFlowProvider(),
                EndpointSettings.builder("formflow").secret(secret).build());
        byte[] body = """
                {"eventId":"e-1","eventType":"extracted","timestamp":"%s","submissionId":"s1","templateId":1,"data":"%s"}""".formatted(Instant.now(), "x".repeat(900)).getBytes(UTF_8);
        String signature = HexFormat.of().formatHex(HmacSha256.sign(secret, body));
        Decision<FormFlowEvent> decision = receiver.receive(
                WebhookRequest.of("POST", Map.of(FormFlowProvider.SIGNATURE_HEADER, List.of(signature)), body));
        if (!(decision instanceof Decision.Admitted<FormFlowEvent> admitted)) {
            throw new IllegalStateException("The sample was not verified");
        }
        sample = StoredDelivery.of(admitted.delivery().webhook());
    }

    /**
     * Prints the tables.
     *
     * @param args the number of slices for each row, 9 unless given
     * @throws Exception if the database or a thread fails
     */
    public static void main(String[] args) throws Exception {
        try (InboxRun run = new InboxRun(args.length == 0 ? 9 : Integer.parseInt(args[0]))) {
            run.database.execute(
                    "create table bare (id varchar(250) primary key, body bytea, at timestamptz not null)");
            run.database.execute("create table business (id varchar(250) not null, at timestamptz not null)");
            run.accept();
            run.handle();
            run.latency();
            run.sizes();
        }
        System.exit(0);
    }

    private void accept() throws Exception {
        System.out.print("""
                | threads | bare `INSERT` /s | accept /s | ratio | limit |
                | ---: | ---: | ---: | ---: | ---: |
                """);
        for (int threads : new int[] {1, 8, 32}) {
            double[] inserts = new double[slices];
            double[] accepts = new double[slices];
            for (int i = -1; i < slices; i++) {
                database.execute("truncate bare, hookseal_inbox");
                database.execute("checkpoint");
                // the first of each is not counted
                double insert = Rates.of(threads, this::insert);
                double accept = Rates.of(threads, () -> accept(database));
                if (i >= 0) {
                    inserts[i] = insert;
                    accepts[i] = accept;
                }
            }
            double insert = Rates.median(inserts);
            double accept = Rates.median(accepts);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.0f | %.0f | %.2f | %.2f |%n",
                    threads,
                    insert,
                    accept,
                    accept / insert,
                    threads == 1 ? 0.75 : 0.9);
        }
    }

    private void insert() throws SQLException {
        try (Connection connection = database.pool().getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into bare (id, body, at) values (?, ?, clock_timestamp())")) {
            insert.setString(1, nextKey());
            insert.setBytes(2, sample.content().toStored());
            insert.executeUpdate();
        }
    }

    private void accept(Database into) {
        StoredDelivery delivery =
                new StoredDelivery(new DeliveryKey(nextKey(), RETENTION), sample.eventName(), sample.content());
        if (into.inbox().accept(delivery) != Acceptance.ACCEPTED) {
            throw new IllegalStateException("A new delivery was a duplicate");
        }
    }

    private String nextKey() {
        return "formflow:extracted:" + new UUID(0x1234_5678_9ABC_DEF0L * number.incrementAndGet(), 1);
    }

    private void handle() throws Exception {
        System.out.print("""

                | threads | own loop that claims /s | workers /s | ratio | limit | own loop that locks /s |
                | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        for (int threads : new int[] {10, 32}) {
            double[] claiming = new double[slices];
            double[] locking = new double[slices];
            double[] workers = new double[slices];
            OwnLoop claims = OwnLoop.thatClaims(database.pool());
            OwnLoop locks = OwnLoop.thatLocks(database.pool());
            for (int i = -1; i < slices; i++) {
                double claim = rate(() -> claims.run(threads));
                double worker = rate(() -> work(threads));
                double lock = rate(() -> locks.run(threads));
                if (i >= 0) {
                    claiming[i] = claim;
                    workers[i] = worker;
                    locking[i] = lock;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.0f | %.0f | %.2f | 0.90 | %.0f |%n",
                    threads,
                    Rates.median(claiming),
                    Rates.median(workers),
                    Rates.median(workers) / Rates.median(claiming),
                    Rates.median(locking));
        }
    }

    /** Returns how many deliveries a second the work handles. */
    private double rate(Rates.Work work) throws Exception {
        database.execute("truncate business, hookseal_inbox");
        database.addDue(sample.content().toStored(), DUE);
        long start = System.nanoTime();
        work.once();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (database.number("select count(*) from business") != DUE
                || database.number("select count(*) from hookseal_inbox where inbox_status = 2") != DUE) {
            throw new IllegalStateException("Not all deliveries were handled once");
        }
        return DUE / seconds;
    }

    private void work(int threads) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(DUE);
        InboxDispatcher dispatcher = dispatcher((webhook, attempt) -> note(attempt.connection(), nextKey()));
        try (InboxWorkers workers = InboxWorkers.builder(database.inbox(), dispatcher)
                .workers(threads)
                .observer(outcome -> {
                    if (outcome.result() == AttemptResult.HANDLED) {
                        left.countDown();
                    }
                })
                .build()) {
            workers.start();
            left.await();
        }
    }

    private InboxDispatcher dispatcher(WebhookHandler<FormFlowEvent> handler) {
        return InboxDispatcher.builder()
                .transactionalListener("formflow", receiver::restore, Set.of(), handler)
                .build();
    }

    /** Does a listener's work. */
    static void note(Connection connection, String id) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into business (id, at) values (?, clock_timestamp())")) {
            insert.setString(1, id);
            insert.executeUpdate();
        }
    }

    private void latency() throws Exception {
        database.execute("truncate business, hookseal_inbox");
        SynchronousQueue<Long> starts = new SynchronousQueue<>();
        double[] millis = new double[LATENCIES];
        try (InboxWorkers workers = InboxWorkers.builder(
                        database.inbox(), dispatcher((webhook, attempt) -> starts.put(System.nanoTime())))
                .build()) {
            workers.start();
            for (int i = -LATENCIES / 10; i < LATENCIES; i++) {
                long before = System.nanoTime();
                accept(database);
                double each = (starts.take() - before) / 1e6;
                if (i >= 0) {
                    millis[i] = each;
                }
            }
        }
        System.out.printf(Locale.ROOT, """

                | accept to listener, idle | measured | limit |
                | --- | ---: | ---: |
                | p50 | %.1f ms | 10 ms |
                | p99 | %.1f ms | 50 ms |
                """, Rates.percentile(millis, 0.5), Rates.percentile(millis, 0.99));
    }

    private void sizes() throws Exception {
        int few = 10_000;
        int many = 1_000_000;
        try (Database small = Database.in(postgres, "small");
                Database large = Database.in(postgres, "large")) {
            small.addHandled(few);
            large.addHandled(many);
            long bytes = large.number("select pg_total_relation_size('hookseal_inbox')") / many;
            double[] ofSmall = new double[slices];
            double[] ofLarge = new double[slices];
            for (int i = -1; i < slices; i++) {
                small.execute("checkpoint");
                double one = Rates.of(8, () -> accept(small));
                large.execute("checkpoint");
                double other = Rates.of(8, () -> accept(large));
                if (i >= 0) {
                    ofSmall[i] = one;
                    ofLarge[i] = other;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    """

                    | handled rows | accept /s, 8 threads | ratio | bytes a row |
                    | ---: | ---: | ---: | ---: |
                    | %,d | %.0f | | |
                    | %,d | %.0f | %.2f | %d |
                    """,
                    few,
                    Rates.median(ofSmall),
                    many,
                    Rates.median(ofLarge),
                    Rates.median(ofLarge) / Rates.median(ofSmall),
                    bytes);
        }
    }

    @Override
    public void close() throws IOException {
        database.close();
        postgres.close();
    }
}
