package dev.hookseal.delivery;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each delivery: INFO for what was refused, DEBUG for what was right. With the endpoint, the reason, and
 * the delivery's key and event where they are known; never with a body, a secret or a signature.
 */
public final class LoggingObserver implements DeliveryObserver {
    private static final Logger LOG = LoggerFactory.getLogger("dev.hookseal.deliveries");

    @Override
    public void observe(DeliveryOutcome outcome) {
        switch (outcome.kind()) {
            case REFUSED ->
                LOG.info(
                        "Refused a delivery at {}: {}{}",
                        outcome.endpoint(),
                        outcome.reason() == null ? "" : outcome.reason().tag(),
                        outcome.key() == null ? "" : ", delivery " + outcome.key());
            case FAILED ->
                LOG.info(
                        "The handler at {} did not succeed with event {}, delivery {}: a redelivery will be handled",
                        outcome.endpoint(),
                        printable(outcome.eventName()),
                        outcome.key());
            case UNAVAILABLE -> LOG.info("Could not decide on a delivery at {}: answered 503", outcome.endpoint());
            case HANDLED, NOT_ASKED_FOR, REPEATED, IN_PROGRESS ->
                LOG.debug(
                        "Delivery at {}: {}, event {}, delivery {}",
                        outcome.endpoint(),
                        outcome.kind(),
                        printable(outcome.eventName()),
                        outcome.key());
        }
    }

    private static @Nullable String printable(@Nullable String name) {
        return name == null ? null : PrintableName.of(name);
    }
}
