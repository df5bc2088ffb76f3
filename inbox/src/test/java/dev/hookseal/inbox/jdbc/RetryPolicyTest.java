package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    @Test
    void doublesTheWaitUpToTheLongest() {
        RetryPolicy policy = new RetryPolicy(20, Duration.ofSeconds(5), 2, Duration.ofMinutes(1), 3);

        assertThat(policy.longestWait(1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(policy.longestWait(2)).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.longestWait(4)).isEqualTo(Duration.ofSeconds(40));
        assertThat(policy.longestWait(5)).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy.longestWait(1_000)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void waitsForAtLeastHalfOfIt() {
        RetryPolicy policy = new RetryPolicy(20, Duration.ofMillis(3), 2, Duration.ofMinutes(1), 3);

        for (int i = 0; i < 1_000; i++) {
            assertThat(policy.wait(1)).isBetween(Duration.ofMillis(1), Duration.ofMillis(3));
        }
    }

    @Test
    void triesForAboutSevenHoursUnlessItIsToldOtherwise() {
        Duration longest = Duration.ZERO;
        for (int failures = 1; failures < RetryPolicy.DEFAULT.maxAttempts(); failures++) {
            longest = longest.plus(RetryPolicy.DEFAULT.longestWait(failures));
        }

        assertThat(longest).isBetween(Duration.ofHours(5), Duration.ofHours(8));
    }

    @Test
    void rejectsWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(0, Duration.ofSeconds(5), 2, Duration.ofMinutes(1), 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(1, Duration.ZERO, 2, Duration.ofMinutes(1), 3));
    }
}
