package dev.hookseal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.FormFlowSender;
import dev.hookseal.fixture.TcpProxy;
import dev.hookseal.fixture.database.PostgresServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PostgreSQL is cut off, or no longer answers, while deliveries come in. */
@Tag("full")
@Tag("one-jdk")
class OutageTest {
    private static final int SENDERS = 8;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** How often each event was handled, and how often its handler failed. */
    private final Map<String, Integer> handled = new ConcurrentHashMap<>();

    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final Semaphore unavailable = new Semaphore(0);
    private final Semaphore successes = new Semaphore(0);
    private final FormFlowSender sender = new FormFlowSender(Node.SECRET, Node.PATH);
    private final AtomicInteger number = new AtomicInteger();
    private volatile Duration slowest = Duration.ZERO;
    private volatile boolean over;

    @ParameterizedTest
    @CsvSource({"CUT, 1", "STALLED, 1"})
    void isSurvivedWithAPoolThatGivesUpInTime(TcpProxy.State outage, int wait) throws Exception {
        survive(List.of(outage), Duration.ofSeconds(wait));
    }

    @Test
    void isSurvivedWithAPoolThatWaitsFor30Seconds() throws Exception {
        survive(List.of(TcpProxy.State.STALLED), Duration.ofSeconds(30));
    }

    @Test
    void isSurvivedTenTimes() throws Exception {
        List<TcpProxy.State> outages = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            outages.add(TcpProxy.State.CUT);
            outages.add(TcpProxy.State.STALLED);
        }
        survive(outages, Duration.ofSeconds(1));
    }

    private void survive(List<TcpProxy.State> outages, Duration poolWait) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try (PostgresServer server = PostgresServer.durable();
                TcpProxy proxy = new TcpProxy(server.port());
                HikariDataSource direct = PostgresServer.pool(server.url());
                HikariDataSource pool = PostgresServer.pool(PostgresServer.url(proxy.port()), poolWait);
                JdbcDeliveryStore store = JdbcDeliveryStore.builder(pool)
                        .initializeSchema(InitializeSchema.ALWAYS)
                        .build();
                Node node = new Node(store, Clock.systemUTC(), event -> handle(event.eventId()))) {
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                senders.add(threads.submit(() -> {
                    while (!over) {
                        deliver(node, "e-" + number.incrementAndGet());
                    }
                    return null;
                }));
            }
            for (TcpProxy.State outage : outages) {
                await(successes, 200);
                proxy.set(outage);
                await(unavailable, 2 * SENDERS);
                proxy.cut();
                proxy.work();
            }
            await(successes, 200);
            over = true;
            for (Future<?> each : senders) {
                each.get();
            }

            System.out.println(outages + ": " + number.get() + " events, answers by status " + new TreeMap<>(answers)
                    + ", " + open.size() + " held until their lease is over, slowest answer " + slowest.toMillis()
                    + " ms");
            assertThat(slowest).isLessThan(LIMIT);
            assertThat(handled.values()).containsOnly(1);
            assertAcknowledgedAreNotHandledAgain(node);

            PostgresStore.moveTime(direct, Duration.ofMinutes(5).plusSeconds(1));
            for (String eventId : open) {
                deliver(node, eventId);
            }
            assertThat(handled).hasSize(number.get()).containsOnlyKeys(acknowledged);
            assertThat(handled.values()).containsOnly(1);
        } finally {
            over = true;
            threads.shutdownNow();
        }
    }

    // Of five events the first attempt of one fails.
    private void handle(String eventId) {
        if (eventId.hashCode() % 5 == 0 && failed.add(eventId)) {
            throw new IllegalStateException("The handler fails the first time");
        }
        handled.merge(eventId, 1, Integer::sum);
    }

    /** Redelivers until it is acknowledged, or a claim whose answer was lost holds it until its lease is over. */
    private void deliver(Node node, String eventId) throws Exception {
        open.add(eventId);
        for (boolean wasUnavailable = false; ; ) {
            FormFlowSender.Answer answer = sender.send(node.port(), eventId);
            answers.merge(answer.status(), 1, Integer::sum);
            note(answer.time());
            if (answer.status() / 100 == 2) {
                acknowledged.add(eventId);
                open.remove(eventId);
                successes.release();
                return;
            }
            if (answer.status() == 503) {
                assertThat(answer.retryAfter()).isTrue();
                unavailable.release();
                wasUnavailable = true;
                if (over) {
                    return;
                }
            } else if (answer.status() == 409) {
                return;
            } else {
                // its claim is given back, unless the outage kept it from that
                assertThat(answer.status()).isEqualTo(500);
                assertThat(wasUnavailable || failed.contains(eventId)).isTrue();
            }
        }
    }

    private synchronized void note(Duration time) {
        slowest = time.compareTo(slowest) > 0 ? time : slowest;
    }

    private void assertAcknowledgedAreNotHandledAgain(Node node) throws Exception {
        for (String eventId : acknowledged) {
            // 409 where the outage kept it from being completed, and its lease is not over
            assertThat(sender.send(node.port(), eventId).status()).isIn(200, 409);
        }
        assertThat(handled.values()).containsOnly(1);
    }

    private static void await(Semaphore semaphore, int count) throws InterruptedException {
        semaphore.drainPermits();
        assertThat(semaphore.tryAcquire(count, 60, TimeUnit.SECONDS)).isTrue();
    }
}
