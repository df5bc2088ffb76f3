package dev.hookseal.benchmarks.stores;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.jdbc.InitializeSchema;
import dev.hookseal.jdbc.JdbcDeliveryStore;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the JDBC store on a PostgreSQL that writes as in production (fsync on), and prints tables: claim and complete
 * beside a bare insert of one row with the same pool, and a table of ten thousand deliveries beside one of a million.
 * Both kinds of work take turns in slices, and the medians of the slices are compared.
 */
public final class StoreRun implements AutoCloseable {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration RETENTION = Duration.ofDays(3);
    private static final int THREADS = 32;

    private final EmbeddedPostgres postgres;
    private final HikariDataSource pool;
    private final JdbcDeliveryStore store;
    private final AtomicLong number = new AtomicLong();
    private final int slices;

    /** What is done over and over again. */
    @FunctionalInterface
    private interface Work {
        void once() throws SQLException;
    }

    private StoreRun(int slices) throws IOException {
        this.slices = slices;
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
        config.setMaximumPoolSize(THREADS + 1);
        config.setConnectionTimeout(1_000);
        config.setValidationTimeout(1_000);
        pool = new HikariDataSource(config);
        store = JdbcDeliveryStore.builder(pool)
                .initializeSchema(InitializeSchema.ALWAYS)
                .build();
    }

    /**
     * Prints the tables.
     *
     * @param args the number of slices of a second for each row, 9 unless given
     * @throws Exception if the database or a thread fails
     */
    public static void main(String[] args) throws Exception {
        try (StoreRun run = new StoreRun(args.length == 0 ? 9 : Integer.parseInt(args[0]))) {
            run.execute("create table bare (id varchar(250) primary key, at timestamptz not null)");
            run.compareWithInsert();
            run.compareSizes();
        }
        System.exit(0);
    }

    private void compareWithInsert() throws Exception {
        System.out.print("""
                | threads | bare `INSERT` /s | claim + complete /s | ratio |
                | ---: | ---: | ---: | ---: |
                """);
        for (int threads : new int[] {1, 8, THREADS}) {
            double[] inserts = new double[slices];
            double[] deliveries = new double[slices];
            for (int i = -1; i < slices; i++) {
                execute("truncate bare, hookseal_delivery");
                execute("checkpoint");
                // the first of each is not counted
                double insert = rate(threads, this::insert);
                double delivery = rate(threads, this::deliver);
                if (i >= 0) {
                    inserts[i] = insert;
                    deliveries[i] = delivery;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.0f | %.0f | %.2f |%n",
                    threads,
                    median(inserts),
                    median(deliveries),
                    median(deliveries) / median(inserts));
        }
    }

    private void compareSizes() throws Exception {
        System.out.print("""

                | remembered | claim + complete /s | duplicate /s | bytes a row | purge of 1,000 |
                | ---: | ---: | ---: | ---: | ---: |
                """);
        for (int rows : new int[] {10_000, 1_000_000}) {
            execute("truncate hookseal_delivery");
            execute("""
                    insert into hookseal_delivery
                    select 'formflow:extracted:' || gen_random_uuid(), gen_random_uuid(), true,
                           now() + interval '3 days' + i * interval '1 ms'
                      from generate_series(1, %d) i""".formatted(rows));
            execute("vacuum analyze hookseal_delivery");
            long bytes = bytes() / rows;
            DeliveryKey known = new DeliveryKey(text("select delivery_key from hookseal_delivery limit 1"), RETENTION);
            double[] deliveries = new double[slices];
            double[] duplicates = new double[slices];
            for (int i = 0; i < slices; i++) {
                deliveries[i] = rate(8, this::deliver);
                duplicates[i] = rate(8, () -> store.claim(known, LEASE));
            }
            execute("""
                    update hookseal_delivery set expires_at = now() - interval '1 day' where delivery_key in
                      (select delivery_key from hookseal_delivery limit 1000)""");
            long start = System.nanoTime();
            execute("""
                    delete from hookseal_delivery where ctid = any (array(
                      select ctid from hookseal_delivery
                       where expires_at < now() order by expires_at limit 1000 for update skip locked))""");
            double purgeMillis = (System.nanoTime() - start) / 1e6;
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %.0f | %.0f | %d | %.1f ms |%n",
                    rows,
                    median(deliveries),
                    median(duplicates),
                    bytes,
                    purgeMillis);
        }
    }

    private void insert() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into bare (id, at) values (?, clock_timestamp())")) {
            insert.setString(1, nextId());
            insert.executeUpdate();
        }
    }

    private void deliver() {
        DeliveryKey key = new DeliveryKey(nextId(), RETENTION);
        if (!(store.claim(key, LEASE) instanceof DeliveryClaim.Granted granted)
                || !store.complete(key, granted.token())) {
            throw new IllegalStateException("A new delivery was not granted and completed");
        }
    }

    private String nextId() {
        return "formflow:extracted:" + new UUID(0x1234_5678_9ABC_DEF0L * number.incrementAndGet(), 1);
    }

    /** Returns how often a second the work is done by so many threads at once. */
    private static double rate(int threads, Work work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            long end = start + TimeUnit.SECONDS.toNanos(1);
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(executor.submit(() -> {
                    int count = 0;
                    while (System.nanoTime() < end) {
                        work.once();
                        count++;
                    }
                    return count;
                }));
            }
            long all = 0;
            for (Future<Integer> count : counts) {
                all += count.get();
            }
            return all * 1e9 / (System.nanoTime() - start);
        } finally {
            executor.shutdownNow();
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private long bytes() throws SQLException {
        return Long.parseLong(text("select pg_total_relation_size('hookseal_delivery')"));
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
        pool.close();
        postgres.close();
    }
}
