package dev.hookseal.testkit.fake;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The outcome of deliveries: each with its attempts, and assertions that hold for all of them, whose messages list every
 * attempt.
 *
 * <pre>{@code
 * acme.deliver("order.paid").assertAcknowledgedWithin(Duration.ofSeconds(5));
 * }</pre>
 *
 * @param all in the order in which they were sent
 */
public record DeliveryReport(List<SentDelivery> all) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Creates a report. */
    public DeliveryReport {
        all = List.copyOf(all);
    }

    /** The attempts of all deliveries. */
    public List<DeliveryAttempt> attempts() {
        return all.stream().flatMap(sent -> sent.attempts().stream()).toList();
    }

    /**
     * Each delivery was answered with 2xx in the end, possibly after redeliveries.
     *
     * @throws AssertionError if one was not, or nothing was delivered
     */
    public DeliveryReport assertAcknowledged() {
        return assertEach("acknowledged with 2xx", SentDelivery::isAcknowledged);
    }

    /**
     * Each delivery was answered with 2xx in the end, and that answer took no longer than this. Attempts that failed
     * before do not count.
     *
     * @throws AssertionError if one was not, or nothing was delivered
     */
    public DeliveryReport assertAcknowledgedWithin(Duration limit) {
        return assertEach(
                "acknowledged with 2xx within " + limit,
                sent -> sent.isAcknowledged() && last(sent).duration().compareTo(limit) <= 0);
    }

    /**
     * Each delivery was acknowledged at its first attempt, without a redelivery.
     *
     * @throws AssertionError if one was not, or nothing was delivered
     */
    public DeliveryReport assertAcknowledgedAtOnce() {
        return assertEach(
                "acknowledged with 2xx at the first attempt",
                sent -> sent.isAcknowledged() && sent.attempts().size() == 1);
    }

    /**
     * No attempt was answered with 2xx.
     *
     * @throws AssertionError if one was, or nothing was delivered
     */
    public DeliveryReport assertNeverAcknowledged() {
        return assertEach("never acknowledged", sent -> !sent.isAcknowledged());
    }

    /**
     * Each attempt was rejected with 4xx other than 409, as a forgery has to be, or the receiver ended the connection. An
     * answer of 5xx is no rejection.
     *
     * @throws AssertionError if one was not, or nothing was delivered
     */
    public DeliveryReport assertRejected() {
        return assertEach("rejected with 4xx", sent -> sent.attempts().stream().allMatch(DeliveryAttempt::isRejected));
    }

    /**
     * Nothing was delivered, since no URL is subscribed to it.
     *
     * @throws AssertionError if something was
     */
    public DeliveryReport assertNeverDelivered() {
        if (!all.isEmpty()) {
            throw failed("Expected that nothing is delivered");
        }
        return this;
    }

    /**
     * Each delivery was acknowledged, and the application says that it handled one event in all. Where it handles events
     * after its answer, its first one is waited for, up to 5 seconds.
     *
     * @param timesHandled how often the application has handled what these deliveries tell of, counted by the test
     * @throws AssertionError if it was none or several, or one delivery was not acknowledged, or nothing was delivered
     */
    public DeliveryReport assertHandledOnce(IntSupplier timesHandled) {
        assertAcknowledged();
        long end = System.nanoTime() + PATIENCE.toNanos();
        int times = timesHandled.getAsInt();
        while (times == 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(POLL_NANOS);
            times = timesHandled.getAsInt();
        }
        if (times != 1) {
            throw failed("Expected the event to be handled once, but it was handled " + times + " times");
        }
        return this;
    }

    private DeliveryReport assertEach(String expected, Predicate<SentDelivery> rule) {
        if (all.isEmpty()) {
            throw failed("Expected each delivery to be " + expected);
        }
        long broken = all.stream().filter(rule.negate()).count();
        if (broken > 0) {
            throw failed(
                    "Expected each delivery to be " + expected + ", but " + broken + " of " + all.size() + " were not");
        }
        return this;
    }

    private static DeliveryAttempt last(SentDelivery sent) {
        return sent.attempts().get(sent.attempts().size() - 1);
    }

    private AssertionError failed(String what) {
        return new AssertionError(
                what + (all.isEmpty() ? "; nothing was delivered: is there a subscription?" : toString()));
    }

    /** Each attempt in a line. */
    @Override
    public String toString() {
        return all.stream().map(sent -> "\n  " + sent).collect(Collectors.joining());
    }
}
