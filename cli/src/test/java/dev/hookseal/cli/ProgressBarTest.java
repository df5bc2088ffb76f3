package dev.hookseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter written = new StringWriter();
    private final Moved clock = new Moved();
    private final ProgressBar bar = new ProgressBar(new PrintWriter(written), 4, clock);

    private static final class Moved extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void pass(Duration time) {
        clock.now = clock.now.plus(time);
    }

    @Test
    void isNotShownWhereAllIsOverInAMoment() {
        pass(Duration.ofMillis(999));
        for (int i = 0; i < 4; i++) {
            bar.run();
        }
        bar.end();

        assertThat(written.toString()).isEmpty();
    }

    @Test
    void growsWithWhatIsDone() {
        bar.run();
        pass(Duration.ofSeconds(1));
        bar.run();

        assertThat(written.toString()).isEqualTo("\r[" + "#".repeat(20) + " ".repeat(20) + "] 2/4");
    }

    @Test
    void isDrawnNoMoreThanTenTimesASecond() {
        pass(Duration.ofSeconds(1));
        bar.run();
        String once = written.toString();
        pass(Duration.ofMillis(99));
        bar.run();

        assertThat(written.toString()).isEqualTo(once);
    }

    @Test
    void leavesAnEmptyLine() {
        pass(Duration.ofSeconds(1));
        bar.run();
        int width = written.toString().length() - 1;
        bar.end();

        assertThat(written.toString()).matches("(?s).*\r {" + width + ",}\r");
    }
}
