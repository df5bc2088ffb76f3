package dev.hookseal.spring.app;

import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.DeliveryOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the receivers told of each delivery. */
public final class Outcomes implements DeliveryObserver {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<DeliveryOutcome> all = new ArrayList<>();

    @Override
    public synchronized void observe(DeliveryOutcome outcome) {
        all.add(outcome);
        notifyAll();
    }

    /**
     * Returns those of a delivery. One may be reported after the sender has its answer: this waits until there are so
     * many.
     */
    public synchronized List<DeliveryOutcome> of(String eventId, int count) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (of(eventId).size() < count && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
        return of(eventId);
    }

    private List<DeliveryOutcome> of(String eventId) {
        return all.stream()
                .filter(outcome -> outcome.deliveryKey()
                        .filter(key -> key.value().endsWith(":" + eventId))
                        .isPresent())
                .toList();
    }
}
