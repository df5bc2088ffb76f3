package dev.hookseal.spring.app;

import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.DeliveryOutcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the receivers told of each delivery. */
public final class Outcomes implements DeliveryObserver {
    private final List<DeliveryOutcome> all = new CopyOnWriteArrayList<>();

    @Override
    public void observe(DeliveryOutcome outcome) {
        all.add(outcome);
    }

    /** Those of a delivery. */
    public List<DeliveryOutcome> of(String eventId) {
        return all.stream()
                .filter(outcome ->
                        outcome.key() != null && outcome.key().value().endsWith(":" + eventId))
                .toList();
    }

    public int count() {
        return all.size();
    }

    /** Those since there were so many. */
    public List<DeliveryOutcome> since(int count) {
        return List.copyOf(all).subList(count, all.size());
    }
}
