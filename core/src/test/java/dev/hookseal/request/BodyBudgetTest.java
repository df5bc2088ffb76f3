package dev.hookseal.request;

import static dev.hookseal.request.BodyBudget.SMALL_BODY_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {

    @Test
    void smallBodiesDrawOnTheReserveFirst() {
        BodyBudget budget = BodyBudget.ofBytes(100_000);
        BodyBudget.Share large = budget.share();
        assertThat(large.add(100_000)).isTrue();

        assertThat(budget.share().add(SMALL_BODY_BYTES)).isTrue();
        assertThat(budget.share().add(100_000 - SMALL_BODY_BYTES)).isTrue();
        assertThat(budget.heldBytes()).isEqualTo(200_000);
        assertThat(budget.share().add(1)).isFalse();
        assertThat(large.add(1)).as("the only one of the budget").isTrue();
    }

    @Test
    void smallBodiesTakeWhatIsLeftOfTheBudgetOnceTheReserveIsTaken() {
        BodyBudget budget = BodyBudget.ofBytes(100);
        assertThat(budget.share().add(100)).isTrue();

        BodyBudget.Share second = budget.share();
        assertThat(second.add(60)).isTrue();
        assertThat(budget.share().add(41)).isFalse();
        assertThat(budget.share().add(40)).isTrue();
        second.close();
        assertThat(budget.heldBytes()).isEqualTo(140);
    }

    @Test
    void aBodyThatGrowsLargeLeavesTheReserve() {
        BodyBudget budget = BodyBudget.ofBytes(200_000);
        BodyBudget.Share growing = budget.share();
        assertThat(growing.add(SMALL_BODY_BYTES)).isTrue();
        assertThat(growing.add(1)).isTrue();

        BodyBudget.Share small = budget.share();
        for (int i = 0; i < 3; i++) {
            assertThat(budget.share().add(SMALL_BODY_BYTES)).isTrue();
        }
        assertThat(small.add(200_000 - 3 * SMALL_BODY_BYTES)).isTrue();
        growing.close();
        assertThat(budget.heldBytes()).isEqualTo(200_000);
    }

    @Test
    void aBodyMayAlwaysArriveAlone() {
        BodyBudget budget = BodyBudget.ofBytes(1);
        BodyBudget.Share alone = budget.share();

        assertThat(alone.add(1_000_000)).isTrue();
        assertThat(alone.add(1_000_000)).isTrue();
        BodyBudget.Share other = budget.share();
        assertThat(other.add(1_000_000)).isFalse();
        alone.close();
        assertThat(other.add(1_000_000)).isTrue();
    }

    @Test
    void aShareIsGivenBackOnce() {
        BodyBudget budget = BodyBudget.ofBytes(1000);
        BodyBudget.Share share = budget.share();
        assertThat(share.add(10)).isTrue();

        share.close();
        share.close();

        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void neitherLosesNorInventsBytesAmongThreads() throws Exception {
        BodyBudget budget = BodyBudget.ofBytes(300_000);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Long> bodies = () -> {
                long most = 0;
                for (int i = 0; i < 20_000; i++) {
                    try (BodyBudget.Share share = budget.share()) {
                        for (int piece = 1; piece < 8 && share.add(piece * 5_000); piece++) {
                            most = Math.max(most, budget.heldBytes());
                        }
                    }
                }
                return most;
            };
            List<Future<Long>> most = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                most.add(threads.submit(bodies));
            }
            for (Future<Long> each : most) {
                assertThat(each.get()).isLessThanOrEqualTo(600_000);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void isATenthOfTheHeapUnlessGiven() {
        assertThat(BodyBudget.ofTheHeap().maxBytes())
                .isEqualTo(Runtime.getRuntime().maxMemory() / 10);
        assertThatThrownBy(() -> BodyBudget.ofBytes(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
