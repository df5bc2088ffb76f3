package dev.hookseal.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.store.DeliveryClaim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ClaimWaitTest {

    @Test
    void waitsAtMost155Milliseconds() {
        List<Long> pauses = new ArrayList<>();

        DeliveryClaim claim = new ClaimWait(pauses::add).await(DeliveryClaim.InProgress::new);

        assertThat(claim).isInstanceOf(DeliveryClaim.InProgress.class);
        assertThat(pauses.stream().mapToLong(Long::longValue).sum())
                .isEqualTo(Duration.ofMillis(155).toNanos());
        assertThat(pauses).hasSize(5).isSorted();
    }

    @Test
    void endsWithTheFirstClaimThatIsNotInProgress() {
        AtomicInteger looks = new AtomicInteger();

        DeliveryClaim claim = new ClaimWait(nanos -> {})
                .await(() ->
                        looks.incrementAndGet() < 2 ? new DeliveryClaim.InProgress() : new DeliveryClaim.Completed());

        assertThat(claim).isInstanceOf(DeliveryClaim.Completed.class);
        assertThat(looks).hasValue(2);
    }

    @Test
    void looksLessOftenAtAStoreThatIsSlow() {
        AtomicLong now = new AtomicLong();
        AtomicInteger looks = new AtomicInteger();

        new ClaimWait(now::addAndGet, now::get).await(() -> {
            looks.incrementAndGet();
            now.addAndGet(Duration.ofMillis(300).toNanos());
            return new DeliveryClaim.InProgress();
        });

        assertThat(looks).hasValue(2);
    }

    @Test
    void letsEightWaitAtATime() {
        AtomicReference<ClaimWait> wait = new AtomicReference<>();
        AtomicInteger deepest = new AtomicInteger();
        // each waits within the pause of the one before
        wait.set(new ClaimWait(nanos -> {
            deepest.incrementAndGet();
            wait.get().await(DeliveryClaim.Completed::new);
        }));

        wait.get().await(DeliveryClaim.Completed::new);
        assertThat(deepest).hasValue(8);

        wait.get().await(DeliveryClaim.Completed::new);
        assertThat(deepest).as("a wait that is over makes room").hasValue(16);
    }
}
