package dev.hookseal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.hookseal.fixture.TcpProxy;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookResponse;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import io.lettuce.core.RedisClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Redis goes away and comes back ten times, while eight senders deliver and redeliver until they have their 2xx. */
@Tag("full")
@Tag("one-jdk")
@Timeout(300)
class RedisOutageTest {
    private static final int OUTAGES = 10;
    private static final int SENDERS = 8;
    private static final int HANDLED_BETWEEN = 200;
    private static final Duration PATIENCE_OF_THE_SENDER = Duration.ofSeconds(5);

    private final Map<String, AtomicInteger> handled = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicLong slowestCallNanos = new AtomicLong();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger handledCount = new AtomicInteger();
    private final List<Future<?>> senders = new ArrayList<>();
    private final ExecutorService executor = Executors.newFixedThreadPool(SENDERS);
    // thousands of lines, one for each 503
    private final Logger log = (Logger) LoggerFactory.getLogger("dev.hookseal");

    private TestRedis redis;
    private TcpProxy proxy;
    private RedisDeliveryStore store;
    private volatile boolean stopped;

    @BeforeEach
    void start() throws Exception {
        log.setLevel(Level.OFF);
        redis = TestRedis.running();
        proxy = new TcpProxy(redis.port());
    }

    private void deliverTo(RedisDeliveryStore tested) {
        store = tested;
        WebhookReceiver<FormFlowEvent> receiver = WebhookNode.receiver(timed(store), Clock.systemUTC());
        for (int sender = 0; sender < SENDERS; sender++) {
            String name = "sender-" + sender;
            senders.add(executor.submit(() -> {
                for (int i = 0; !stopped; i++) {
                    send(receiver, name + "-" + i, i % 5 == 0);
                }
                return null;
            }));
        }
    }

    @AfterEach
    void stop() throws Exception {
        stopped = true;
        executor.shutdownNow();
        store.close();
        proxy.close();
        redis.close();
        log.setLevel(null);
    }

    @Test
    void survivesConnectionsThatAreCut() throws Exception {
        deliverTo(RedisDeliveryStore.of(uri()));
        cut();
        assertHandledOnce("cut");
    }

    @Test
    void survivesConnectionsOfTheApplicationsClientThatAreCut() throws Exception {
        // which keeps commands for later while it is not connected, and repeats those that had no answer
        RedisClient client = RedisClient.create(uri());
        deliverTo(RedisDeliveryStore.of(client));
        cut();
        assertHandledOnce("cut, with the application's client,");
        client.shutdown();
    }

    private DeliveryStore timed(DeliveryStore inner) {
        return new DeliveryStore() {
            @Override
            public DeliveryClaim claim(DeliveryKey key, Duration lease) {
                return time(() -> inner.claim(key, lease));
            }

            @Override
            public boolean complete(DeliveryKey key, UUID token) {
                return time(() -> inner.complete(key, token));
            }

            @Override
            public boolean release(DeliveryKey key, UUID token) {
                return time(() -> inner.release(key, token));
            }
        };
    }

    private <T> T time(Supplier<T> call) {
        long start = System.nanoTime();
        try {
            return call.get();
        } finally {
            slowestCallNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        }
    }

    private void cut() throws Exception {
        for (int i = 0; i < OUTAGES; i++) {
            handleSome();
            proxy.cut();
            answerUnavailable();
            proxy.work();
        }
    }

    private String uri() {
        return "redis://127.0.0.1:" + proxy.port();
    }

    @Test
    void survivesConnectionsThatStall() throws Exception {
        deliverTo(RedisDeliveryStore.of(uri()));
        for (int i = 0; i < OUTAGES; i++) {
            handleSome();
            proxy.stall();
            answerUnavailable();
            proxy.work();
        }
        assertHandledOnce("stalled");
    }

    @Test
    void survivesAServerThatIsKilled() throws Exception {
        deliverTo(RedisDeliveryStore.of(uri()));
        for (int i = 0; i < OUTAGES; i++) {
            handleSome();
            redis.kill();
            answerUnavailable();
            redis.start();
        }
        assertHandledOnce("killed");
    }

    private void handleSome() throws InterruptedException {
        int before = handledCount.get();
        await(() -> handledCount.get() >= before + HANDLED_BETWEEN);
    }

    private void answerUnavailable() throws InterruptedException {
        int before = answers(503);
        await(() -> answers(503) >= before + 2 * SENDERS);
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            for (Future<?> sender : senders) {
                assertThat(sender).as("a sender ended").isNotDone();
            }
            pause();
        }
    }

    private void assertHandledOnce(String outage) throws Exception {
        handleSome();
        stopped = true;
        for (Future<?> sender : senders) {
            sender.get(60, TimeUnit.SECONDS);
        }
        System.out.printf(
                "Redis %s %d times: %d deliveries handled once each, %d handlers failed before, answers %s, the slowest"
                        + " after %d ms, the slowest call of the store %d ms%n",
                outage,
                OUTAGES,
                handled.size(),
                failed.get(),
                answers,
                slowestNanos.get() / 1_000_000,
                slowestCallNanos.get() / 1_000_000);
        assertThat(handled.values()).allSatisfy(times -> assertThat(times).hasValue(1));
        assertThat(Duration.ofNanos(slowestNanos.get())).isLessThan(PATIENCE_OF_THE_SENDER);
        assertThat(failed).hasPositiveValue();
    }

    /** Sends until it is answered 2xx, as a provider does. */
    private void send(WebhookReceiver<FormFlowEvent> receiver, String id, boolean failsFirst) throws Exception {
        boolean fails = failsFirst;
        while (true) {
            long start = System.nanoTime();
            Decision<FormFlowEvent> decision = receiver.receive(WebhookNode.request(id));
            slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
            int status;
            if (decision instanceof Decision.Admitted<FormFlowEvent> admitted) {
                status = fails ? 500 : 200;
                fails = false;
                (status == 200 ? handled.computeIfAbsent(id, any -> new AtomicInteger()) : failed).incrementAndGet();
                admitted.delivery().answered(status);
            } else {
                WebhookResponse response = ((Decision.Answered<FormFlowEvent>) decision).response();
                status = response.status();
                if (status == 503 || status == 409) {
                    assertThat(response.headers()).containsKey("Retry-After");
                } else {
                    assertThat(handled).as("answered 200").containsKey(id);
                }
            }
            answers.computeIfAbsent(status, any -> new AtomicInteger()).incrementAndGet();
            if (status == 200) {
                handledCount.incrementAndGet();
                return;
            }
            pause();
        }
    }

    private int answers(int status) {
        return answers.getOrDefault(status, new AtomicInteger()).get();
    }

    // a sender that redelivers, only faster
    private static void pause() throws InterruptedException {
        boolean unused = new Semaphore(0).tryAcquire(5, TimeUnit.MILLISECONDS);
    }
}
