package dev.hookseal.received;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries that Node.js's crypto signed and judged, one JSON object each: those of {@code src/test/resources/vectors}, which
 * {@code src/test/node} wrote once, or as many others as wanted from one Node process.
 */
public final class NodeDeliveries {
    private static final int OLDEST = 18;
    private static final JsonMapper JSON = new JsonMapper();

    private NodeDeliveries() {}

    /** Returns those that were written once. */
    public static List<JsonNode> written(String provider) throws IOException {
        String file = "/vectors/" + provider + ".jsonl";
        try (InputStream in = NodeDeliveries.class.getResourceAsStream(file)) {
            return read(Objects.requireNonNull(in, file));
        }
    }

    /** Returns others, of a seed. */
    public static List<JsonNode> live(String provider, int count, int seed) throws IOException, InterruptedException {
        Process node = new ProcessBuilder(
                        "node",
                        Path.of("src", "test", "node", "make-" + provider + "-deliveries.mjs")
                                .toString(),
                        Integer.toString(count),
                        Integer.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            List<JsonNode> deliveries = read(node.getInputStream());
            if (!node.waitFor(1, TimeUnit.MINUTES) || node.exitValue() != 0) {
                throw new IOException("make-" + provider + "-deliveries.mjs did not end well");
            }
            return deliveries;
        } finally {
            node.destroy();
        }
    }

    private static List<JsonNode> read(InputStream lines) throws IOException {
        List<JsonNode> deliveries = new ArrayList<>();
        BufferedReader reader = new BufferedReader(new InputStreamReader(lines, UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            deliveries.add(JSON.readTree(line));
        }
        return deliveries;
    }

    /** Returns why there is no Node.js to ask; null if there is one. */
    public static @Nullable String absence() throws InterruptedException {
        String version;
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            node.getOutputStream().close();
            version = new String(node.getInputStream().readAllBytes(), UTF_8).strip();
            node.waitFor();
        } catch (IOException e) {
            return "There is no node on the PATH";
        }
        boolean isKnown = version.matches("v\\d+\\..*");
        return isKnown && Integer.parseInt(version.substring(1, version.indexOf('.'))) >= OLDEST
                ? null
                : "The node on the PATH is " + version + ", older than " + OLDEST;
    }
}
