package dev.hookseal.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hookseal.fixture.BrokenStore;
import dev.hookseal.fixture.MovedClock;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MeteredDeliveryStoreTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final DeliveryKey KEY = DeliveryKey.of("formflow", "1", Duration.ofDays(3));

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final MovedClock clock = new MovedClock(Instant.EPOCH);
    private final DeliveryStore store = metered(new InMemoryDeliveryStore(clock));

    private DeliveryStore metered(DeliveryStore measured) {
        return new MeteredDeliveryStore(measured, registry);
    }

    @Test
    void countsClaimsByTheirResult() {
        UUID token = claim();
        store.claim(KEY, LEASE);
        store.claim(KEY, LEASE);
        store.complete(KEY, token);
        store.claim(KEY, LEASE);

        assertThat(calls("claim", "granted")).isEqualTo(1);
        assertThat(calls("claim", "in-progress")).isEqualTo(2);
        assertThat(calls("claim", "completed")).isEqualTo(1);
    }

    @Test
    void countsWhatWasSettledInTimeAndWhatWasNot() {
        store.release(KEY, claim());
        UUID late = claim();
        clock.advance(LEASE.plusSeconds(1));
        store.complete(KEY, late);
        store.complete(KEY, claim());

        assertThat(calls("release", "done")).isEqualTo(1);
        assertThat(calls("complete", "lease-over")).isEqualTo(1);
        assertThat(calls("complete", "done")).isEqualTo(1);
    }

    @Test
    void countsFailuresAndLetsThemThrough() {
        DeliveryStore broken = metered(BrokenStore.always());

        assertThatIllegalStateException().isThrownBy(() -> broken.claim(KEY, LEASE));
        assertThatIllegalStateException().isThrownBy(() -> broken.complete(KEY, UUID.randomUUID()));

        assertThat(calls("claim", "failed")).isEqualTo(1);
        assertThat(calls("complete", "failed")).isEqualTo(1);
    }

    private UUID claim() {
        return ((DeliveryClaim.Granted) store.claim(KEY, LEASE)).token();
    }

    private long calls(String operation, String result) {
        return registry.get("hookseal.store.calls")
                .tags("operation", operation, "result", result)
                .timer()
                .count();
    }
}
