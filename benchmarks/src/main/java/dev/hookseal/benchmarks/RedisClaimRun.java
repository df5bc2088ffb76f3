package dev.hookseal.benchmarks;

import dev.hookseal.redis.RedisDeliveryStore;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.concurrent.atomic.AtomicInteger;
import redis.embedded.RedisServer;

/**
 * Compares a claim in Redis with a bare {@code SET NX PX} on the same kind of connection: one that all threads share. The
 * two take turns, a tenth of a second each, so that what disturbs the machine falls on both.
 */
public final class RedisClaimRun {
    private static final int[] THREADS = {1, 8, 32};
    private static final int WARM_UP_ROUNDS = 40;
    private static final int ROUNDS = 200;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration RETENTION = Duration.ofDays(3);

    private RedisClaimRun() {}

    /** Prints one line of a Markdown table for each number of threads, and the memory of a remembered delivery. */
    public static void main(String[] args) throws Exception {
        RedisServer server = RedisServer.newRedisServer()
                .port(freePort())
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        String uri = "redis://127.0.0.1:" + server.ports().get(0);
        RedisClient client = RedisClient.create(uri);
        try (RedisDeliveryStore store = RedisDeliveryStore.of(uri);
                StatefulRedisConnection<String, String> connection = client.connect(StringCodec.ASCII)) {
            AtomicInteger ids = new AtomicInteger();
            Call bare = () -> {
                String answer = connection
                        .async()
                        .set(
                                "hookseal:" + key(ids),
                                UUID.randomUUID().toString(),
                                SetArgs.Builder.nx().px(LEASE))
                        .get(2, TimeUnit.SECONDS);
                return "OK".equals(answer);
            };
            Call claim =
                    () -> store.claim(new DeliveryKey(key(ids), RETENTION), LEASE) instanceof DeliveryClaim.Granted;
            System.out.println("| threads | SET NX PX, a second | claim, a second | ratio: median of " + ROUNDS
                    + " rounds (quartiles) |");
            System.out.println("| --- | --- | --- | --- |");
            for (int threads : THREADS) {
                System.out.println(compare(bare, claim, threads, connection));
            }
            System.out.println(bytesOfADelivery(store, connection) + " bytes a remembered delivery");
        } finally {
            client.shutdown();
            server.stop();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    // as long as FormFlow's
    private static String key(AtomicInteger ids) {
        return String.format(Locale.ROOT, "formflow:00000000-0000-4000-8000-%012d", ids.incrementAndGet());
    }

    private static String compare(
            Call bare, Call claim, int threads, StatefulRedisConnection<String, String> connection) throws Exception {
        double[] bareRates = new double[ROUNDS];
        double[] claimRates = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            // each goes first in every other round
            double first = rate(round % 2 == 0 ? bare : claim, threads);
            double second = rate(round % 2 == 0 ? claim : bare, threads);
            connection.sync().flushall();
            double bareRate = round % 2 == 0 ? first : second;
            double claimRate = round % 2 == 0 ? second : first;
            if (round >= 0) {
                bareRates[round] = bareRate;
                claimRates[round] = claimRate;
                ratios[round] = claimRate / bareRate;
            }
        }
        Arrays.sort(ratios);
        return String.format(
                Locale.ROOT,
                "| %d | %,.0f | %,.0f | %.2f (%.2f to %.2f) |",
                threads,
                median(bareRates),
                median(claimRates),
                median(ratios),
                ratios[ROUNDS / 4],
                ratios[ROUNDS * 3 / 4]);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double rate(Call call, int threads) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(executor.submit(() -> {
                    long count = 0;
                    while (System.nanoTime() - start < SLICE_NANOS) {
                        if (!call.granted()) {
                            throw new IllegalStateException("a new key was not granted");
                        }
                        count++;
                    }
                    return count;
                }));
            }
            long total = 0;
            for (Future<Long> count : counts) {
                total += count.get();
            }
            return total * 1e9 / (System.nanoTime() - start);
        } finally {
            executor.shutdown();
        }
    }

    private static long bytesOfADelivery(RedisDeliveryStore store, StatefulRedisConnection<String, String> connection) {
        int deliveries = 100_000;
        connection.sync().flushall();
        long before = usedMemory(connection);
        AtomicInteger ids = new AtomicInteger();
        for (int i = 0; i < deliveries; i++) {
            DeliveryKey key = new DeliveryKey(key(ids), RETENTION);
            if (!(store.claim(key, LEASE) instanceof DeliveryClaim.Granted granted)
                    || !store.complete(key, granted.token())) {
                throw new IllegalStateException("a new key was not granted");
            }
        }
        return (usedMemory(connection) - before) / deliveries;
    }

    private static long usedMemory(StatefulRedisConnection<String, String> connection) {
        return connection
                .sync()
                .info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length())))
                .findFirst()
                .orElseThrow();
    }

    private interface Call {
        boolean granted() throws Exception;
    }
}
