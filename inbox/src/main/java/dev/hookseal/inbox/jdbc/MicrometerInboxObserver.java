package dev.hookseal.inbox.jdbc;

import dev.hookseal.inbox.InboxDispatcher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Counts and times attempts in a Micrometer registry, and shows how much there is to do. The meters are listed in {@code
 * docs/observability.md} and are part of the API. The gauges are read from the database at most every 15 s.
 *
 * @since 0.1.0
 */
public final class MicrometerInboxObserver implements InboxObserver {
    private static final String ENDPOINT = "endpoint";
    private static final Duration MAX_AGE_OF_COUNTS = Duration.ofSeconds(15);

    private final InboxOperations operations;
    private final MeterProvider<Counter> attempts;
    private final MeterProvider<Timer> handling;
    private final MeterProvider<Timer> delay;
    private List<InboxCount> counts = List.of();
    private long readAt;
    private boolean known;

    /** Counts in a registry, with gauges for the endpoints of a dispatcher. */
    public MicrometerInboxObserver(MeterRegistry registry, InboxOperations operations, InboxDispatcher dispatcher) {
        this.operations = operations;
        this.attempts = Counter.builder("hookseal.inbox.attempts")
                .description("Attempts of listeners, by result")
                .withRegistry(registry);
        this.handling = Timer.builder("hookseal.inbox.handling")
                .description("How long a listener took")
                .withRegistry(registry);
        this.delay = Timer.builder("hookseal.inbox.delay")
                .description("From the acceptance of a delivery to the end of its handling")
                .withRegistry(registry);
        for (String endpoint : dispatcher.endpoints()) {
            for (InboxCount.State state : InboxCount.State.values()) {
                gauge(registry, endpoint, state);
            }
            TimeGauge.builder("hookseal.inbox.oldest", this, TimeUnit.SECONDS, age(endpoint))
                    .description("The age of the oldest delivery that is neither handled nor parked")
                    .tag(ENDPOINT, endpoint)
                    .strongReference(true)
                    .register(registry);
        }
    }

    private void gauge(MeterRegistry registry, String endpoint, InboxCount.State state) {
        Gauge.builder("hookseal.inbox.deliveries", this, observer -> observer.number(endpoint, state))
                .description("Deliveries that are not done with, by state")
                .tag(ENDPOINT, endpoint)
                .tag("state", state.tag())
                .strongReference(true)
                .register(registry);
    }

    private double number(String endpoint, InboxCount.State state) {
        List<InboxCount> current = current();
        return known
                ? current.stream()
                        .filter(count -> count.endpoint().equals(endpoint) && count.state() == state)
                        .mapToLong(InboxCount::number)
                        .sum()
                : Double.NaN;
    }

    private ToDoubleFunction<MicrometerInboxObserver> age(String endpoint) {
        return observer -> {
            List<InboxCount> current = observer.current();
            Instant now = Instant.now();
            return known
                    ? current.stream()
                            .filter(count ->
                                    count.endpoint().equals(endpoint) && count.state() != InboxCount.State.PARKED)
                            .mapToLong(count ->
                                    Duration.between(count.oldest(), now).toSeconds())
                            .max()
                            .orElse(0)
                    : Double.NaN;
        };
    }

    private synchronized List<InboxCount> current() {
        if (!known || System.nanoTime() - readAt > MAX_AGE_OF_COUNTS.toNanos()) {
            try {
                counts = operations.counts();
                known = true;
            } catch (RuntimeException e) {
                Workers.LOG.debug("The deliveries of the inbox could not be counted", e);
                known = false;
            }
            readAt = System.nanoTime();
        }
        return counts;
    }

    @Override
    public void attempted(AttemptOutcome outcome) {
        String endpoint = outcome.endpoint();
        String result = outcome.result().tag();
        attempts.withTags(ENDPOINT, endpoint, "result", result).increment();
        handling.withTags(ENDPOINT, endpoint, "result", result).record(outcome.duration());
        if (outcome.result() == AttemptResult.HANDLED && outcome.delay() != null) {
            delay.withTags(ENDPOINT, endpoint).record(outcome.delay());
        }
    }
}
