package dev.hookseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.cli.LoadSender.Answer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void takesTheNearestRank() {
        List<Answer> answers = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> new Answer(i == 7 ? 500 : 200, i * MILLISECOND))
                .toList();

        assertThat(new Summary(answers).lines())
                .containsExactly(
                        "  200  199", "  500  1", "  latency  min 1.0 ms  median 100.0 ms  p99 198.0 ms  max 200.0 ms");
    }

    @Test
    void isTheOneOfASingleAnswer() {
        assertThat(new Summary(List.of(new Answer(204, 3 * MILLISECOND))).lines())
                .containsExactly("  204  1", "  latency  min 3.0 ms  median 3.0 ms  p99 3.0 ms  max 3.0 ms");
    }
}
