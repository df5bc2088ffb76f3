package dev.hookseal.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.hmac.SeededDeliveries.Delivery;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRejectedException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Node.js judges the same random deliveries of random senders, genuine and tampered with. */
class HmacNodeDifferentialTest {
    private static final long SEED = 20_261_130;
    private static final int COUNT = 20_000;
    private static final int VECTORS = 100;
    private static final Path VECTOR_FILE = Path.of("src", "test", "resources", "hmac-judged-by-node.txt");
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    @Tag("full")
    void judgesAsNodeDoes() throws Exception {
        assumeTrue(hasNode(), "There is no node on the PATH: the comparison of 20,000 deliveries was left out");
        SeededDeliveries seeded = new SeededDeliveries(SEED);
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            deliveries.add(seeded.next());
        }

        List<String> verdicts = node(deliveries);

        assertThat(verdicts).hasSize(COUNT);
        List<String> different = new ArrayList<>();
        Map<String, Integer> genuine = new TreeMap<>();
        for (int i = 0; i < COUNT; i++) {
            Delivery delivery = deliveries.get(i);
            boolean expected = Boolean.parseBoolean(verdicts.get(i));
            String here = verdict(delivery);
            if (expected != here.isEmpty()) {
                different.add(
                        delivery.tampered() + ": Node says " + expected + ", here " + here + ": " + line(delivery));
            }
            genuine.merge(delivery.tampered(), expected ? 1 : 0, Integer::sum);
        }
        assertThat(different).isEmpty();
        assertThat(genuine.get("")).isGreaterThan(COUNT / 4);
        // what is not signed may change, and what a sender cannot have sent may not
        assertThat(genuine.get("event")).isPositive();
        assertThat(genuine)
                .containsEntry("secret", 0)
                .containsEntry("signature missing", 0)
                .containsEntry("signature twice", 0);
    }

    /** The same without Node.js, for a part of them: {@code -Dhookseal.write=true} has Node.js judge them again. */
    @Test
    void judgesAsNodeDidWhereThereIsNone() throws Exception {
        SeededDeliveries seeded = new SeededDeliveries(SEED + 1);
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < VECTORS; i++) {
            deliveries.add(seeded.next());
        }
        if (Boolean.getBoolean("hookseal.write")) {
            List<String> verdicts = node(deliveries);
            List<String> written = new ArrayList<>();
            for (int i = 0; i < VECTORS; i++) {
                written.add(verdicts.get(i) + " " + line(deliveries.get(i)));
            }
            Files.write(VECTOR_FILE, written);
        }

        List<String> vectors = Files.readAllLines(VECTOR_FILE);

        assertThat(vectors).hasSize(VECTORS);
        for (int i = 0; i < VECTORS; i++) {
            String[] vector = vectors.get(i).split(" ", 2);
            assertThat(JSON.readTree(line(deliveries.get(i)))).isEqualTo(JSON.readTree(vector[1]));
            assertThat(verdict(deliveries.get(i)).isEmpty()).as(vectors.get(i)).isEqualTo(vector[0].equals("true"));
        }
    }

    private static String verdict(Delivery delivery) {
        try {
            WebhookVerifier.of(new HmacProvider(), delivery.endpoint()).verify(delivery.request());
            return "";
        } catch (WebhookRejectedException e) {
            return e.reason().tag();
        }
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            node.getOutputStream().close();
            String version = new String(node.getInputStream().readAllBytes(), UTF_8);
            return node.waitFor() == 0 && version.startsWith("v");
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> node(List<Delivery> deliveries) throws IOException, InterruptedException {
        Process node = new ProcessBuilder(
                        "node", Path.of("src", "test", "node", "judge.mjs").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            // it stops reading while its answers wait
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> ask(node, deliveries));
            List<String> verdicts = new ArrayList<>();
            BufferedReader lines = new BufferedReader(new InputStreamReader(node.getInputStream(), UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                verdicts.add(line);
            }
            asking.join();
            assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return verdicts;
        } finally {
            node.destroy();
        }
    }

    private static void ask(Process node, List<Delivery> deliveries) {
        try (BufferedWriter lines = new BufferedWriter(new OutputStreamWriter(node.getOutputStream(), UTF_8))) {
            for (Delivery delivery : deliveries) {
                lines.write(line(delivery));
                lines.newLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(Delivery delivery) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("method", "POST");
        request.put("query", delivery.query());
        request.put(
                "headers",
                delivery.headers().stream()
                        .map(header -> List.of(header.getKey(), header.getValue()))
                        .toList());
        request.put("body", delivery.body64());
        try {
            return JSON.writeValueAsString(Map.of(
                    "settings", delivery.settings(),
                    "secret", delivery.secret(),
                    "now", SeededDeliveries.NOW.toEpochMilli(),
                    "publicUrl", SeededDeliveries.URL,
                    "request", request));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
