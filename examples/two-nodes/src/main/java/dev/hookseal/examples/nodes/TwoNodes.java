package dev.hookseal.examples.nodes;

import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts a PostgreSQL and two nodes on 127.0.0.1, sends each delivery to both at once, restarts a node, sends them again,
 * and prints what was answered and how often each was handled.
 */
public final class TwoNodes {
    private static final String SECRET = "whsec-of-the-example";
    private static final int DELIVERIES = 100;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HandledEvents handled = new HandledEvents();
    private final String databaseUrl;

    private TwoNodes(String databaseUrl) {
        this.databaseUrl = databaseUrl;
    }

    /**
     * Runs it.
     *
     * @throws IOException if PostgreSQL cannot be started
     */
    public static void main(String[] args) throws IOException {
        boolean once;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            once = new TwoNodes(postgres.getJdbcUrl("postgres", "postgres")).run(System.out);
        }
        System.exit(once ? 0 : 1);
    }

    /** Returns whether each delivery was handled once. */
    static boolean run(String databaseUrl, PrintStream out) {
        return new TwoNodes(databaseUrl).run(out);
    }

    private boolean run(PrintStream out) {
        try (ConfigurableApplicationContext first = node()) {
            try (ConfigurableApplicationContext second = node()) {
                out.println("Each of " + DELIVERIES + " deliveries to both nodes at once: " + send(first, second));
            }
            try (ConfigurableApplicationContext restarted = node()) {
                out.println("All of them again, after one node was restarted: " + send(first, restarted));
            }
        }
        Map<String, Integer> runs = handled.runs();
        boolean once = runs.size() == DELIVERIES && runs.values().stream().allMatch(count -> count == 1);
        out.println(runs.size() + " deliveries handled, " + (once ? "each once" : "not each once: " + runs));
        return once;
    }

    private ConfigurableApplicationContext node() {
        return new SpringApplicationBuilder(OrdersNode.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("handledEvents", handled))
                .run("--spring.datasource.url=" + databaseUrl, "--FORMFLOW_SECRET=" + SECRET);
    }

    /** Returns how often each status was answered. */
    private Map<Integer, Integer> send(ConfigurableApplicationContext one, ConfigurableApplicationContext other) {
        Map<Integer, Integer> answers = new TreeMap<>();
        for (int i = 0; i < DELIVERIES; i++) {
            SignedDelivery delivery =
                    FormFlowEvents.extracted().identifiedBy("delivery " + i).signedWith(SECRET);
            CompletableFuture<Integer> first = send(delivery, one);
            CompletableFuture<Integer> second = send(delivery, other);
            answers.merge(first.join(), 1, Integer::sum);
            answers.merge(second.join(), 1, Integer::sum);
        }
        return answers;
    }

    private CompletableFuture<Integer> send(SignedDelivery delivery, ConfigurableApplicationContext node) {
        int port = ((WebServerApplicationContext) node).getWebServer().getPort();
        URI endpoint = URI.create("http://127.0.0.1:" + port + "/webhooks/formflow");
        return client.sendAsync(delivery.toHttpRequest(endpoint), BodyHandlers.discarding())
                .thenApply(response -> response.statusCode());
    }
}
