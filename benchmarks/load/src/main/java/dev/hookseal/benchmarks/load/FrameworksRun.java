package dev.hookseal.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a verified endpoint with the framework's own endpoints, by the requests per second that they answer, and
 * writes a table. Each framework's application has its own process. The run goes round all endpoints, first to warm
 * them up and then three times, so that what disturbs the machine for a moment does not fall on one of two that are
 * compared.
 */
public final class FrameworksRun {
    private static final int DEFAULT_SECONDS = 5;
    private static final int ROUNDS = 3;

    private FrameworksRun() {}

    /**
     * Leaves the table and the applications' logs in a folder.
     *
     * @param args the folder, and the seconds for each endpoint and round, 5 unless given
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 0 || args.length > 2) {
            throw new IllegalArgumentException("Say where to write: <folder> [seconds]");
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        int seconds = args.length == 2 ? Integer.parseInt(args[1]) : DEFAULT_SECONDS;
        List<Comparison> comparisons = new ArrayList<>();
        try {
            for (Framework framework : Framework.values()) {
                comparisons.add(Comparison.start(framework, folder));
            }
            String table = measure(comparisons, seconds);
            Files.writeString(folder.resolve("frameworks.md"), table);
            System.out.println(table);
        } finally {
            comparisons.forEach(Comparison::close);
        }
    }

    private static String measure(List<Comparison> comparisons, int seconds) throws IOException, InterruptedException {
        Generator generator = Generator.find();
        System.out.printf("Load by %s. Warming up ...%n", generator.name());
        for (Comparison comparison : comparisons) {
            comparison.warmUp(generator, seconds);
        }
        for (int round = 1; round <= ROUNDS; round++) {
            System.out.printf("Round %d of %d ...%n", round, ROUNDS);
            for (Comparison comparison : comparisons) {
                comparison.addRound(generator, seconds);
            }
        }
        StringBuilder table = new StringBuilder(Comparison.head());
        comparisons.forEach(comparison -> table.append(comparison.row()));
        return table.append("\nRequests per second, by %s on %d connections: the median of %d rounds (least to most).\n"
                        .formatted(generator.name(), Generator.CONNECTIONS, ROUNDS))
                .toString();
    }
}
