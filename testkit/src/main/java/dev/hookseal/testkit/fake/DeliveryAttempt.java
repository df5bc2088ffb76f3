package dev.hookseal.testkit.fake;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * One request of a provider, and its outcome.
 *
 * @param number counted from 1; each further one is a redelivery
 * @param after how long after the first attempt it was due by the provider's schedule, whatever time really passed
 * @param status of the answer; empty if there was none
 * @param duration from the request to the end of the answer, or to the moment at which it was no longer waited for
 * @param failure why there was no answer; empty if there was one
 * @param cutOff whether there was no answer because the receiver ended the connection, as a server may do that does not
 *     want to read a large body to its end
 */
public record DeliveryAttempt(
        int number, Duration after, OptionalInt status, Duration duration, String failure, boolean cutOff) {

    /** Whether the answer was 2xx. */
    public boolean isAcknowledged() {
        return status.isPresent() && status.getAsInt() / 100 == 2;
    }

    /**
     * Whether the receiver rejected it as the sender's fault: 4xx, but for 409, which tells to come again. One that ended
     * the connection did not take it either.
     */
    public boolean isRejected() {
        return cutOff || (status.isPresent() && status.getAsInt() / 100 == 4 && status.getAsInt() != 409);
    }

    @Override
    public String toString() {
        return "attempt " + number
                + (after.isZero() ? "" : ", due after " + after)
                + (status.isPresent() ? ": " + status.getAsInt() : ": no answer (" + failure + ")")
                + " in " + duration.toMillis() + " ms";
    }
}
