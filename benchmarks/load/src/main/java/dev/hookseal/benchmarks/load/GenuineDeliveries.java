package dev.hookseal.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** What the genuine deliveries of a case got, in the order in which they were sent. */
final class GenuineDeliveries {
    private final List<GenuineDelivery> all;

    GenuineDeliveries(List<GenuineDelivery> all) {
        this.all = new ArrayList<>(all);
        this.all.sort(Comparator.comparingDouble(GenuineDelivery::second));
    }

    long answered() {
        return all.stream().filter(GenuineDelivery::isAnswered).count();
    }

    /** Returns how many got 2xx in this time. */
    long answeredWithin(Duration longest) {
        return all.stream()
                .filter(delivery -> delivery.isAnswered() && delivery.latency().compareTo(longest) <= 0)
                .count();
    }

    long unanswered() {
        return all.stream()
                .filter(delivery -> delivery.status() == GenuineDelivery.NONE)
                .count();
    }

    /** Returns how many got a status other than 2xx. */
    long rejected() {
        return all.size() - answered() - unanswered();
    }

    /** Returns the second in which the first 2xx arrived; empty if none did. */
    OptionalDouble firstAnswerAt() {
        return all.stream()
                .filter(GenuineDelivery::isAnswered)
                .mapToDouble(delivery -> delivery.second() + delivery.latency().toNanos() / 1e9)
                .min();
    }

    /**
     * Returns the second from which on each delivery that was sent got 2xx, 0 if all did; empty if the last one did
     * not, or if there was none.
     */
    OptionalDouble answeredFrom() {
        int first = all.size();
        while (first > 0 && all.get(first - 1).isAnswered()) {
            first--;
        }
        if (first == all.size()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(first == 0 ? 0 : all.get(first).second());
    }

    /** Returns the latency that this share of the deliveries with 2xx did not exceed; zero if there are none. */
    Duration latency(double share) {
        List<Duration> latencies = all.stream()
                .filter(GenuineDelivery::isAnswered)
                .map(GenuineDelivery::latency)
                .sorted()
                .toList();
        return latencies.isEmpty()
                ? Duration.ZERO
                : latencies.get(Math.max(0, (int) Math.ceil(share * latencies.size()) - 1));
    }

    boolean areAllAnsweredWithin(Duration longest) {
        return !all.isEmpty() && answeredWithin(longest) == all.size();
    }
}
