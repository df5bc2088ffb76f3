package dev.hookseal.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tables of docs/performance.md, from the JSON that JMH writes: the targets, then all that was measured. */
final class PerformanceTables {
    private static final String BASELINE = "bareHmac";

    private final Map<Key, Measurement> measurements = new LinkedHashMap<>();

    /** Of one benchmark, which says its class, its method and what the body is, empty if there is only one. */
    private record Key(String group, String body, String name) {
        static Key of(String method, String body) {
            int name = method.lastIndexOf('.');
            int group = method.lastIndexOf('.', name - 1);
            return new Key(method.substring(group + 1, name), body, method.substring(name + 1));
        }

        String heading() {
            return (group.replace("Benchmark", "") + " " + body).strip();
        }

        Key beside(String other) {
            return new Key(group, body, other);
        }
    }

    /** Reads a file for each round. */
    PerformanceTables(List<Path> rounds) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        for (Path round : rounds) {
            for (JsonNode benchmark : mapper.readTree(round.toFile())) {
                Key key = Key.of(
                        benchmark.get("benchmark").asText(),
                        benchmark.path("params").path("body").asText());
                measurements.computeIfAbsent(key, k -> new Measurement()).addRound(benchmark);
            }
        }
    }

    String markdown() {
        return targets() + "\n" + all();
    }

    private String targets() {
        StringBuilder table = new StringBuilder("| work | measured | reach | |\n| --- | --- | --- | --- |\n");
        for (Target target : Target.ALL) {
            Key key = new Key(target.group(), target.body(), "hookseal");
            Ratio ratio = ratio(key, target.baseline());
            table.append("| ")
                    .append(target.work())
                    .append(" | ")
                    .append(ratio)
                    .append(" x ")
                    .append(target.baseline())
                    .append(" | ")
                    .append(target.atMost())
                    .append(ratio.middle() <= target.atMost() ? " | reached |\n" : " | **not reached** |\n");
        }
        return table.toString();
    }

    private String all() {
        Map<String, StringBuilder> tables = new LinkedHashMap<>();
        measurements.forEach((key, measured) -> tables.computeIfAbsent(key.heading(), PerformanceTables::begin)
                .append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %,.0f |\n",
                        key.name(),
                        digits(measured.median()),
                        digits(measured.error()),
                        ratio(key, BASELINE),
                        measured.bytesAllocated())));
        return String.join("\n", tables.values());
    }

    private static StringBuilder begin(String heading) {
        return new StringBuilder("| ")
                .append(heading)
                .append(" | µs | ± µs | x bare HMAC | bytes allocated |\n| --- | ---: | ---: | ---: | ---: |\n");
    }

    private Ratio ratio(Key key, String baseline) {
        return Ratio.of(measured(key), measured(key.beside(baseline)));
    }

    private Measurement measured(Key key) {
        Measurement measurement = measurements.get(key);
        if (measurement == null) {
            throw new IllegalArgumentException("The results lack " + key);
        }
        return measurement;
    }

    private static String digits(double micros) {
        return String.format(Locale.ROOT, micros < 10 ? "%.3f" : "%,.1f", micros);
    }
}
