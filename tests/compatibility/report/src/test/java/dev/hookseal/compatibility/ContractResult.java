package dev.hookseal.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a rule of the contract went in one run.
 *
 * @param runtime the server and the framework, with versions
 * @param java the feature version of Java
 * @param group the rule's group
 * @param outcome {@code kept}, {@code deviates} or {@code broken}
 * @param reason of a deviation, else empty
 * @param store which the server opened itself; empty if it used that of the contract
 */
record ContractResult(
        String runtime, String java, String group, String rule, String outcome, String reason, String store) {
    private static final String JAVA = ", Java ";

    /** What the runs have left in a folder; nothing if it is not there. */
    static List<ContractResult> readAll(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<ContractResult> results = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Files.readAllLines(file).stream().map(ContractResult::of).forEach(results::add);
            }
        }
        return results;
    }

    private static ContractResult of(String line) {
        String[] values = line.split("\t", -1);
        int java = values[0].lastIndexOf(JAVA);
        return new ContractResult(
                values[0].substring(0, java),
                values[0].substring(java + JAVA.length()),
                values[1],
                values[2],
                values[3],
                values[4],
                values[5]);
    }

    /** The run that it belongs to. */
    String run() {
        return runtime + JAVA + java + (store.isEmpty() ? "" : ", " + store);
    }

    boolean isOnAStore() {
        return !store.isEmpty();
    }

    boolean isKept() {
        return outcome.equals("kept");
    }
}
