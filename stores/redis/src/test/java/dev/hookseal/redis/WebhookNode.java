package dev.hookseal.redis;

import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.AdmittedDelivery;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A node that receives webhooks, as a process: {@code main} obeys the lines that a test writes, and the fields and
 * methods are the test's side of it.
 */
final class WebhookNode implements AutoCloseable {
    private static final String SECRET = "a secret of the tests, long enough";

    private final Process process;
    private final BufferedReader answers;

    private WebhookNode(Process process) {
        this.process = process;
        this.answers = process.inputReader();
    }

    /**
     * Starts a node.
     *
     * @param ahead of how much its clock is
     */
    static WebhookNode start(String redis, Duration ahead) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WebhookNode.class.getName(),
                        redis,
                        ahead.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new WebhookNode(process);
    }

    /** Tells the node to do something. */
    void tell(String command) throws IOException {
        process.outputWriter().write(command + "\n");
        process.outputWriter().flush();
    }

    /** Returns its next answer. */
    String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith("> ")) {
                return line.substring(2);
            }
        }
        throw new IOException("The node has ended");
    }

    String ask(String command) throws IOException {
        tell(command);
        return answer();
    }

    /** Kills the node with SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] args) throws Exception {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.parse(args[1]));
        try (RedisDeliveryStore store = RedisDeliveryStore.of(args[0])) {
            WebhookReceiver<FormFlowEvent> receiver = receiver(store, clock);
            Map<String, AdmittedDelivery<FormFlowEvent>> held = new HashMap<>();
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            PrintStream out = System.out;
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.split(" ", -1);
                out.println("> "
                        + switch (words[0]) {
                            case "deliver" -> deliver(receiver, words[1]);
                            case "hold" -> {
                                held.put(words[1], admitted(receiver, words[1]));
                                yield "holds";
                            }
                            case "finish" -> {
                                held.remove(words[1]).answered(200);
                                yield "finished";
                            }
                            case "race" ->
                                race(
                                        store,
                                        Integer.parseInt(words[1]),
                                        Integer.parseInt(words[2]),
                                        Long.parseLong(words[3]));
                            default -> throw new IllegalArgumentException(line);
                        });
                out.flush();
            }
        }
    }

    static WebhookReceiver<FormFlowEvent> receiver(DeliveryStore store, Clock clock) {
        EndpointSettings settings = EndpointSettings.builder("formflow")
                .secret(SigningSecret.ofUtf8(SECRET))
                .clock(clock)
                .build();
        return WebhookReceiver.builder(new FormFlowProvider(), settings)
                .store(store)
                .build();
    }

    static WebhookRequest request(String id) {
        return FormFlowEvents.extracted()
                .withEventId(id)
                .signedWith(SigningSecret.ofUtf8(SECRET))
                .toWebhookRequest();
    }

    private static AdmittedDelivery<FormFlowEvent> admitted(WebhookReceiver<FormFlowEvent> receiver, String id) {
        return ((Decision.Admitted<FormFlowEvent>) receiver.receive(request(id))).delivery();
    }

    private static String deliver(WebhookReceiver<FormFlowEvent> receiver, String id) {
        Decision<FormFlowEvent> decision = receiver.receive(request(id));
        if (decision instanceof Decision.Admitted<FormFlowEvent> admitted) {
            admitted.delivery().answered(200);
            return "ran 200";
        }
        return "did not run "
                + ((Decision.Answered<FormFlowEvent>) decision).response().status();
    }

    /**
     * Claims all of a number of keys in each of a number of threads, and returns those that were granted.
     *
     * @param at when all nodes begin, in milliseconds since 1970
     */
    private static String race(DeliveryStore store, int keys, int threads, long at) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch ready = new CountDownLatch(threads);
            List<Future<List<String>>> granted = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                granted.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    while (System.currentTimeMillis() < at) {
                        Thread.onSpinWait();
                    }
                    List<String> mine = new ArrayList<>();
                    for (int i = 0; i < keys; i++) {
                        DeliveryKey key = new DeliveryKey("race:" + i, Duration.ofDays(1));
                        if (store.claim(key, Duration.ofMinutes(5)) instanceof DeliveryClaim.Granted) {
                            mine.add(key.value());
                        }
                    }
                    return mine;
                }));
            }
            List<String> all = new ArrayList<>();
            for (Future<List<String>> mine : granted) {
                all.addAll(mine.get());
            }
            return String.join(" ", all);
        } finally {
            executor.shutdownNow();
        }
    }
}
