package dev.hookseal.request;

import static dev.hookseal.fixture.Rejections.assertRejected;
import static dev.hookseal.request.RejectionReason.BODY_TIMEOUT;
import static dev.hookseal.request.RejectionReason.BODY_TOO_LARGE;
import static dev.hookseal.request.RejectionReason.BODY_UNREADABLE;
import static dev.hookseal.request.RejectionReason.OVERLOADED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyLimitsTest {
    private static final int LIMIT = 1_000;
    private static final BodyLimits LIMITS = BodyLimits.ofBytes(LIMIT);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LIMIT - 1, LIMIT})
    void readsABodyUpToTheLimit(int length) throws Exception {
        byte[] body = body(length);

        assertThat(LIMITS.read(new ByteArrayInputStream(body), -1)).isEqualTo(body);
        assertThat(LIMITS.read(new ByteArrayInputStream(body), length)).isEqualTo(body);
    }

    @Test
    void rejectsOneByteMore() {
        byte[] body = body(LIMIT + 1);

        assertRejected(() -> LIMITS.read(new ByteArrayInputStream(body), -1), BODY_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(longs = {LIMIT + 1, Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, Long.MAX_VALUE})
    void readsNothingWhereTheDeclaredLengthIsTooLarge(long declared) {
        CountedStream stream = new CountedStream(0);

        assertRejected(() -> LIMITS.read(stream, declared), BODY_TOO_LARGE);
        assertThat(stream.given).isZero();
    }

    @Test
    void takesNoMoreThanOneByteBeyondTheLimit() {
        CountedStream endless = new CountedStream(Long.MAX_VALUE);

        assertRejected(() -> LIMITS.read(endless, 10), BODY_TOO_LARGE);
        assertThat(endless.given).isEqualTo(LIMIT + 1);
    }

    @Test
    void believesWhatArrivesAndNotWhatIsDeclared() throws Exception {
        assertThat(LIMITS.read(new CountedStream(7), LIMIT)).hasSize(7);
        assertThat(LIMITS.read(new CountedStream(7), 0)).hasSize(7);
    }

    @Test
    void asksForMemoryAsTheBodyArrives() throws Exception {
        CountedStream stream = new CountedStream(7);

        BodyLimits.ofBytes(1 << 30).read(stream, 1 << 30);

        assertThat(stream.largestRoom).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void rejectsABodyThatCannotBeRead() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] room, int offset, int count) throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertRejected(() -> LIMITS.read(broken, -1), BODY_UNREADABLE);
    }

    @Test
    void rejectsABodyThatTricklesPastItsTime() {
        SlowStream trickle = new SlowStream(1, Duration.ofSeconds(1), Integer.MAX_VALUE);

        assertRejected(() -> trickle.read(limits(BodyBudget.ofTheHeap())), BODY_TIMEOUT);
        assertThat(trickle.given).isEqualTo(10);
        assertThat(trickle.timeouts).startsWith(TIMEOUT, Duration.ofSeconds(9)).endsWith(Duration.ofSeconds(1));
    }

    @Test
    void rejectsABodyOfWhichNothingMoreArrivesInTime() {
        SlowStream stalled = new SlowStream(1, Duration.ofSeconds(3), 2);

        assertRejected(() -> stalled.read(limits(BodyBudget.ofTheHeap())), BODY_TIMEOUT);
        assertThat(stalled.timeouts).endsWith(Duration.ofSeconds(4));
    }

    @Test
    void rejectsALargeBodyThatNeverHasToBeWaitedForPastItsTimeAsWell() {
        SlowStream steady = new SlowStream(70_000, Duration.ofSeconds(3), Integer.MAX_VALUE);
        steady.available = 1;

        assertRejected(() -> steady.read(new BodyLimits(1 << 28, TIMEOUT, BodyBudget.ofTheHeap())), BODY_TIMEOUT);
        assertThat(steady.timeouts).isEmpty();
    }

    @Test
    void waitsForNothingBeyondTheDeclaredLength() throws Exception {
        SlowStream whole = new SlowStream(7, Duration.ZERO, 1);
        whole.ends = true;

        assertThat(limits(BodyBudget.ofTheHeap()).read(whole, 7, whole.timeouts::add))
                .hasSize(7);
        assertThat(whole.timeouts).hasSize(1);
    }

    @Test
    void countsWhatHasArrivedWhereItHasToWait() {
        BodyBudget budget = BodyBudget.ofBytes(100);
        SlowStream other = new SlowStream(60, Duration.ZERO, Integer.MAX_VALUE);
        try (BodyBudget.Share share = budget.share()) {
            assertThat(share.add(BodyBudget.SMALL_BODY_BYTES + 1)).isTrue();
            assertThat(budget.share().add(50)).isTrue();

            assertRejected(() -> other.read(limits(budget)), OVERLOADED);
        }
        assertThat(other.given).isEqualTo(60);
        assertThat(budget.heldBytes()).isEqualTo(50);
    }

    @Test
    void countsNoSmallBodyThatIsThereAtOnce() throws Exception {
        BodyBudget budget = BodyBudget.ofBytes(1);
        try (BodyBudget.Share large = budget.share();
                BodyBudget.Share small = budget.share()) {
            assertThat(large.add(BodyBudget.SMALL_BODY_BYTES + 1)).isTrue();
            assertThat(small.add(1)).isTrue();

            assertThat(limits(budget).read(new ByteArrayInputStream(body(LIMIT)), LIMIT))
                    .hasSize(LIMIT);
        }
    }

    @Test
    void countsALargeBodyThatIsThereAtOnce() {
        BodyBudget budget = BodyBudget.ofBytes(1);
        BodyLimits limits = new BodyLimits(1 << 20, TIMEOUT, budget);
        try (BodyBudget.Share large = budget.share()) {
            assertThat(large.add(BodyBudget.SMALL_BODY_BYTES + 1)).isTrue();

            assertRejected(() -> limits.read(new ByteArrayInputStream(body(1 << 20)), -1), OVERLOADED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT, LIMIT + 1})
    void givesBackWhatItCountedHoweverItEnds(int length) {
        BodyBudget budget = BodyBudget.ofBytes(1 << 20);
        SlowStream slow = new SlowStream(length / 2, Duration.ZERO, 3);
        slow.ends = true;
        try {
            limits(budget).read(slow, -1, slow.timeouts::add);
        } catch (WebhookRejectedException e) {
            assertThat(e.reason()).isEqualTo(BODY_TOO_LARGE);
        }
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void needsATime() {
        assertThatThrownBy(() -> new BodyLimits(1, Duration.ZERO, BodyBudget.ofTheHeap()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be positive");
    }

    private static BodyLimits limits(BodyBudget budget) {
        return new BodyLimits(LIMIT, TIMEOUT, budget);
    }

    private static byte[] body(int length) {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) 'b');
        return body;
    }

    private static final class CountedStream extends InputStream {
        private final long length;
        private long given;
        private int largestRoom;

        CountedStream(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            return given < length ? (int) (++given & 0x7F) : -1;
        }

        @Override
        public int read(byte[] room, int offset, int count) {
            if (count == 0) {
                throw new AssertionError("Tomcat waits for the sender when it is asked for nothing");
            }
            largestRoom = Math.max(largestRoom, room.length);
            int now = (int) Math.min(count, length - given);
            given += now;
            return now == 0 ? -1 : now;
        }
    }

    /** Gives so many bytes at each read, which takes so long, and after so many reads nothing more. */
    private static final class SlowStream extends InputStream {
        private final int bytes;
        private final Duration each;
        private final int reads;
        private final List<Duration> timeouts = new ArrayList<>();
        private long nanos;
        private int given;
        private int count;
        private int available;
        private boolean ends;

        SlowStream(int bytes, Duration each, int reads) {
            this.bytes = bytes;
            this.each = each;
            this.reads = reads;
        }

        byte[] read(BodyLimits limits) throws WebhookRejectedException {
            return limits.read(this, -1, timeouts::add, () -> nanos);
        }

        @Override
        public int available() {
            return available;
        }

        @Override
        public int read() {
            throw new AssertionError("one byte at a time");
        }

        @Override
        public int read(byte[] room, int offset, int length) throws IOException {
            if (count++ >= reads) {
                if (ends) {
                    return -1;
                }
                nanos += timeouts.get(timeouts.size() - 1).toNanos();
                throw new IOException("timed out");
            }
            nanos += each.toNanos();
            int now = Math.min(bytes, length);
            given += now;
            return now;
        }
    }
}
