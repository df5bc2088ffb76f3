package dev.hookseal.examples.quickstart;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Starts the Spring Boot example, sends it deliveries over HTTP, and prints a table of the outcomes; then shows the inbox.
 * It ends with 1 if any delivery was not treated as documented.
 */
public final class Quickstart {
    private static final Path DEFAULT_JAR = Path.of("examples", "spring-boot", "target", "spring-boot-example.jar");
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private Quickstart() {}

    /** Runs against the example's jar, or that of another example which is named as the only argument. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path jar = args.length == 0 ? DEFAULT_JAR : Path.of(args[0]);
        System.exit(run(jar) ? 0 : 1);
    }

    private static boolean run(Path jar) throws IOException, InterruptedException {
        System.out.println("Starting " + jar + " ...");
        int wrong = 0;
        List<Step> steps = Steps.all();
        try (RunningExample example = RunningExample.start(jar, Steps.environment())) {
            HttpClient client = HttpClient.newHttpClient();
            Table.printHead();
            for (Step step : steps) {
                HttpRequest request = HttpRequest.newBuilder(
                                step.request().apply(example.uri(step.path())), (name, value) -> true)
                        .timeout(LONGEST_ANSWER)
                        .build();
                Outcome outcome = send(client, request);
                boolean right = step.expected().isMetBy(outcome);
                wrong += right ? 0 : 1;
                Table.print(step, outcome, right);
            }
            System.out.printf(
                    "%n%d deliveries, %d treated as documented. Reasons of rejections are in the log: %s%n",
                    steps.size(), steps.size() - wrong, example.log());
        }
        return InboxRun.run() && wrong == 0;
    }

    private static Outcome send(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return Outcome.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Outcome.closed();
        }
    }
}
