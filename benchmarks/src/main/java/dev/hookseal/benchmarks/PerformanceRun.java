package dev.hookseal.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all benchmarks and prints the tables of docs/performance.md. It goes round all of them several times, each time
 * in a new JVM, so that what disturbs the machine for a minute does not fall on one of two that are compared.
 */
public final class PerformanceRun {
    private PerformanceRun() {}

    /**
     * Leaves JMH's JSON, a file a round, and the tables in a folder.
     *
     * @param args the folder, and {@code short} for a first look in a quarter of the time
     */
    public static void main(String[] args) throws IOException, RunnerException {
        if (args.length == 0 || args.length > 2 || (args.length == 2 && !args[1].equals("short"))) {
            throw new IllegalArgumentException("Say where to write: <folder> [short]");
        }
        boolean brief = args.length == 2;
        Path folder = Files.createDirectories(Path.of(args[0]));
        List<Path> results = new ArrayList<>();
        for (int round = 1; round <= (brief ? 1 : 3); round++) {
            Path result = folder.resolve("round-" + round + ".json");
            run(result, brief);
            results.add(result);
        }
        String tables = new PerformanceTables(results).markdown();
        Files.writeString(folder.resolve("tables.md"), tables);
        System.out.println(tables);
    }

    private static void run(Path result, boolean brief) throws RunnerException {
        TimeValue time = TimeValue.milliseconds(brief ? 300 : 400);
        new Runner(new OptionsBuilder()
                        .include("dev\\.hookseal\\.benchmarks\\..*")
                        // has a run to itself, with more bodies
                        .forks(1)
                        .jvmArgsAppend("-Xms1g", "-Xmx1g")
                        .warmupIterations(brief ? 4 : 5)
                        .warmupTime(time)
                        .measurementIterations(brief ? 3 : 6)
                        .measurementTime(time)
                        .addProfiler(GCProfiler.class)
                        .resultFormat(ResultFormatType.JSON)
                        .result(result.toString())
                        .build())
                .run();
    }
}
