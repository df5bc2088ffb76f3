package dev.hookseal.received;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts where another implementation and this one differ. Each disagreement needs a name. */
public final class Disagreements<D extends Enum<D>> {
    private final String peer;
    private final Map<D, Integer> counts;
    private int deliveries;
    private int accepted;

    /**
     * A count.
     *
     * @param peer the other implementation
     */
    public Disagreements(String peer, Class<D> names) {
        this.peer = peer;
        this.counts = new EnumMap<>(names);
    }

    /**
     * Counts what both said of a delivery.
     *
     * @param why the name of a disagreement; null if there should be none
     */
    public void add(boolean theirs, boolean ours, @Nullable D why, Object delivery) {
        deliveries++;
        accepted += ours ? 1 : 0;
        if (theirs != ours) {
            assertThat(why)
                    .as("delivery %d: %s %s it: %s", deliveries, peer, theirs ? "accepts" : "rejects", delivery)
                    .isNotNull();
            counts.merge(why, 1, Integer::sum);
        }
    }

    /** Checks that both decisions and all of the named disagreements occurred, and prints the counts. */
    public void check(Class<D> names) {
        System.out.printf(
                "%s: %d deliveries, %d accepted here, disagreements %s%n", peer, deliveries, accepted, counts);
        assertThat(accepted).isBetween(deliveries / 5, deliveries * 4 / 5);
        assertThat(counts).containsOnlyKeys(names.getEnumConstants());
    }
}
