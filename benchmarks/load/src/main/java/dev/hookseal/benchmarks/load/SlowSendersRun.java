package dev.hookseal.benchmarks.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds the examples against slow senders, each in its own process with a heap of 512 MB, and writes a table. For each
 * case it opens all slow senders at once and sends a genuine delivery every 500 ms beside them.
 */
public final class SlowSendersRun {
    private static final int DEFAULT_SECONDS = 60;
    private static final Duration BETWEEN_DELIVERIES = Duration.ofMillis(500);
    // As an application has had which is attacked some time after its start: its code is compiled.
    private static final int DELIVERIES_BEFORE = 2_000;
    // The selector, the jars and the genuine deliveries of a JVM need some, too.
    private static final int OTHER_FILES = 500;

    private final Path folder;
    private final int seconds;

    private SlowSendersRun(Path folder, int seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    /**
     * Leaves the table, and the logs of each case, in a folder. Run it from the root of the project.
     *
     * @param args the folder; the seconds for each case, 60 unless given; and the cases, all unless named, by their
     *     names or how these begin
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 0) {
            throw new IllegalArgumentException("Say where to write: <folder> [seconds] [case ...], with the cases "
                    + SlowSendersCase.ALL.stream().map(SlowSendersCase::name).toList());
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_SECONDS;
        List<String> names = List.of(args).subList(Math.min(2, args.length), args.length);
        List<SlowSendersCase> cases = SlowSendersCase.ALL.stream()
                .filter(each -> names.isEmpty() || names.stream().anyMatch(each.name()::startsWith))
                .toList();
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("There is no case " + names);
        }
        new SlowSendersRun(folder, seconds).run(cases);
    }

    private void run(List<SlowSendersCase> cases) throws IOException, InterruptedException {
        StringBuilder table = new StringBuilder(SlowSendersResult.HEAD);
        List<String> notes = new ArrayList<>();
        for (SlowSendersCase each : cases) {
            Path javaHome = each.onVirtualThreads() ? jdk25() : Path.of(System.getProperty("java.home"));
            if (javaHome == null) {
                notes.add(each.name() + " was left out: no JDK 25 was found; -Djdk25.home=... names one.");
                continue;
            }
            int senders = Math.min(each.senders(), mostSenders());
            if (senders < each.senders()) {
                notes.add(each.name() + " ran with " + senders
                        + " slow senders: the limit of open files allows no more.");
            }
            System.out.printf("%s for %d seconds ...%n", each.name(), seconds);
            table.append(run(each, senders, javaHome).row());
            // After each case, so that a run that is stopped leaves what it has measured.
            Files.writeString(folder.resolve("slow-senders.md"), table + notes(notes));
        }
        System.out.println(table + notes(notes));
    }

    private static String notes(List<String> notes) {
        return notes.isEmpty() ? "" : "\n" + String.join("\n", notes) + "\n";
    }

    private static @Nullable Path jdk25() throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        if (Runtime.version().feature() >= 25) {
            return home;
        }
        String named = System.getProperty("jdk25.home");
        if (named != null) {
            return Path.of(named);
        }
        try (DirectoryStream<Path> besides = Files.newDirectoryStream(home.resolve(".."))) {
            for (Path other : besides) {
                if (isJdk25(other)) {
                    return other;
                }
            }
        }
        return null;
    }

    private static boolean isJdk25(Path home) throws IOException {
        Path release = home.resolve("release");
        return Files.isRegularFile(release) && Files.readString(release).contains("JAVA_VERSION=\"25");
    }

    /** This process and the application's have the same limit. */
    private static int mostSenders() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.min(Integer.MAX_VALUE, system.getMaxFileDescriptorCount() - OTHER_FILES)
                : Integer.MAX_VALUE;
    }

    private SlowSendersResult run(SlowSendersCase each, int count, Path javaHome)
            throws IOException, InterruptedException {
        Path jar = each.example().jar();
        if (!Files.isRegularFile(jar)) {
            throw new IOException(jar + " is missing. Run this from the root of the project, after the build in"
                    + " docs/security.md");
        }
        Path gcLog = folder.resolve(each.name() + "-gc.log");
        List<String> arguments =
                List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-Xlog:gc:file=" + gcLog, "-jar", jar.toString());
        Path log = folder.resolve(each.name() + ".log");
        try (ServerProcess server =
                ServerProcess.start(javaHome, arguments, each.example().environment(each.onVirtualThreads()), log)) {
            warmUp(server);
            SlowRequest request = SlowRequest.of(each.bodyBytes());
            long start = System.nanoTime();
            try (SlowSenders slow = SlowSenders.start(server.address(), request, count)) {
                GenuineDeliveries genuine = deliver(server, start);
                OptionalDouble endedAt =
                        server.isAlive() ? OptionalDouble.empty() : OptionalDouble.of(secondsSince(start));
                OptionalInt mostHeld = GcLog.mostHeld(gcLog);
                return new SlowSendersResult(
                        each, count, genuine, slow.outcomes(), server.ranOutOfMemory(), mostHeld, endedAt);
            }
        }
    }

    private static void warmUp(ServerProcess server) throws IOException {
        for (int i = 0; i < DELIVERIES_BEFORE; i++) {
            GenuineDelivery delivery = GenuineDelivery.send(server.address(), Example.FORMFLOW_SECRET, 0);
            if (!delivery.isAnswered()) {
                throw new IOException("Without slow senders, a genuine delivery got " + delivery.status());
            }
        }
    }

    /**
     * Sends the genuine deliveries, none of which waits for another, until the time is over or the application ends.
     */
    private GenuineDeliveries deliver(ServerProcess server, long start) throws InterruptedException {
        List<GenuineDelivery> deliveries = Collections.synchronizedList(new ArrayList<>());
        ExecutorService executor = Executors.newCachedThreadPool();
        long count = seconds * 1000L / BETWEEN_DELIVERIES.toMillis();
        for (int i = 1; i <= count && server.isAlive(); i++) {
            long wait = start + i * BETWEEN_DELIVERIES.toNanos() - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(wait);
            double second = secondsSince(start);
            executor.execute(
                    () -> deliveries.add(GenuineDelivery.send(server.address(), Example.FORMFLOW_SECRET, second)));
        }
        executor.shutdown();
        if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new AssertionError("each delivery ends within seconds");
        }
        return new GenuineDeliveries(deliveries);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
