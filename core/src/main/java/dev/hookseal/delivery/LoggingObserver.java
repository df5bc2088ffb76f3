package dev.hookseal.delivery;

import dev.hookseal.RejectionReason;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each delivery: INFO for what was refused, DEBUG for what was right. With the endpoint, the reason, and
 * the delivery's key and event where they are known; never with a body, a secret or a signature. At DEBUG the first
 * signature at an endpoint that does not match is followed by a line on how to find out why.
 */
public final class LoggingObserver implements DeliveryObserver {
    private static final Logger LOG = LoggerFactory.getLogger("dev.hookseal.deliveries");

    private final Set<String> hinted = ConcurrentHashMap.newKeySet();

    @Override
    public void observe(DeliveryOutcome outcome) {
        switch (outcome.kind()) {
            case REFUSED -> {
                LOG.info(
                        "Refused a delivery at {}: {}{}",
                        outcome.endpoint(),
                        outcome.reason() == null ? "" : outcome.reason().tag(),
                        outcome.key() == null ? "" : ", delivery " + outcome.key());
                if (outcome.reason() == RejectionReason.SIGNATURE_MISMATCH
                        && LOG.isDebugEnabled()
                        && hinted.add(outcome.endpoint())) {
                    LOG.debug(
                            "\"hookseal explain\" tells why a signature at {} does not match, see docs/cli.md; said once",
                            outcome.endpoint());
                }
            }
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
