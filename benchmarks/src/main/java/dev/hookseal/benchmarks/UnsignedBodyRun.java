package dev.hookseal.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.Mac;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Looks for the body without a valid signature that costs most, and measures it beside the families it is made of. The
 * search is a rough measurement of each of some hundred mixtures; what it finds is measured again with JMH.
 */
public final class UnsignedBodyRun {
    private static final int MIXTURES = 400;
    private static final int SEARCHED_BYTES = 512 * 1024;
    private static final int KEPT = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final WebhookVerifier<?> verifier = UnsignedBodyBenchmark.verifier();
    private final Mac mac = Hmac.ready("extracta-secret");

    private UnsignedBodyRun() {}

    /** How many times the HMAC a body took, and how much was allocated for it. */
    private record Cost(long seed, double timesHmac, double allocated) {}

    /**
     * Leaves JMH's JSON and the table in a folder.
     *
     * @param args the folder, and the seed of the search, 16 unless given
     */
    public static void main(String[] args) throws IOException, RunnerException {
        if (args.length == 0 || args.length > 2) {
            throw new IllegalArgumentException("Say where to write: <folder> [seed]");
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        long seed = args.length == 2 ? Long.parseLong(args[1]) : 16;
        List<String> bodies = new ArrayList<>();
        Arrays.stream(HostileBody.values()).map(Enum::name).forEach(bodies::add);
        new UnsignedBodyRun().worst(seed).map(cost -> "seed-" + cost.seed()).forEach(bodies::add);
        Path result = folder.resolve("unsigned-bodies.json");
        new Runner(new OptionsBuilder()
                        .include(UnsignedBodyBenchmark.class.getName().replace(".", "\\.") + "\\..*")
                        .param("body", bodies.toArray(String[]::new))
                        .forks(1)
                        .jvmArgsAppend("-Xms1g", "-Xmx1g")
                        .warmupIterations(3)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.milliseconds(500))
                        .addProfiler(GCProfiler.class)
                        .resultFormat(ResultFormatType.JSON)
                        .result(result.toString())
                        .build())
                .run();
        String table = new PerformanceTables(List.of(result)).unsignedBodies(UnsignedBodyBenchmark.BYTES);
        Files.writeString(folder.resolve("unsigned-bodies.md"), table);
        System.out.println(table);
    }

    /** Those mixtures that take longest, and those that allocate most. */
    private Stream<Cost> worst(long seed) {
        List<Cost> costs = new ArrayList<>();
        for (int i = 0; i < MIXTURES; i++) {
            Cost cost = cost(seed * 1_000_000 + i);
            costs.add(cost);
            if (i % 50 == 0) {
                System.out.printf(Locale.ROOT, "%d of %d mixtures tried%n", i, MIXTURES);
            }
        }
        return Stream.of(Comparator.comparingDouble(Cost::timesHmac), Comparator.comparingDouble(Cost::allocated))
                .flatMap(order ->
                        costs.stream().sorted(Collections.reverseOrder(order)).limit(KEPT))
                .distinct();
    }

    private Cost cost(long seed) {
        byte[] body = HostileBody.mixed(seed, SEARCHED_BYTES);
        WebhookRequest request = Requests.post(body, ExtractaProvider.SIGNATURE_HEADER, UnsignedBodyBenchmark.WRONG);
        long hmac = Long.MAX_VALUE;
        long time = Long.MAX_VALUE;
        long allocated = 0;
        for (int i = 0; i < 12; i++) {
            long start = System.nanoTime();
            mac.doFinal(body);
            hmac = Math.min(hmac, System.nanoTime() - start);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            start = System.nanoTime();
            UnsignedBodyBenchmark.rejection(verifier, request);
            time = Math.min(time, System.nanoTime() - start);
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        return new Cost(seed, time / (double) hmac, allocated / (double) body.length);
    }
}
