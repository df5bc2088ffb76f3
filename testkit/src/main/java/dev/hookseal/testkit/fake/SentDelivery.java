package dev.hookseal.testkit.fake;

import dev.hookseal.testkit.SignedDelivery;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A delivery with all of its attempts.
 *
 * @param event the event's name
 * @param delivery the first request; a redelivery differs from it only if the provider signs the time of sending
 * @param attempts in the order of time; at least one
 */
public record SentDelivery(String event, SignedDelivery delivery, URI url, List<DeliveryAttempt> attempts) {

    /** A delivery. */
    public SentDelivery {
        attempts = List.copyOf(attempts);
    }

    /** Whether the last attempt was answered with 2xx: after that there is no other. */
    public boolean isAcknowledged() {
        return attempts.get(attempts.size() - 1).isAcknowledged();
    }

    @Override
    public String toString() {
        return attempts.stream()
                .map(attempt -> "\n    " + attempt)
                .collect(Collectors.joining("", event + " to " + url + ", " + delivery, ""));
    }
}
