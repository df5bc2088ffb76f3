package dev.hookseal.observe;

import dev.hookseal.internal.LogSafe;
import dev.hookseal.request.RejectionReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An observer that logs one line for each delivery: INFO for what was rejected, WARN for what a handler failed with,
 * DEBUG for what was right. With the endpoint, the reason, the status and class of an exception, and the delivery's key
 * and event where they are known; never with a body, a secret or a signature. A signature that does not match is
 * followed by a WARN on how to find out why, once for each endpoint and hour. A documented member of another kind than
 * documented is a WARN, once for each endpoint and member.
 */
public final class LoggingObserver implements DeliveryObserver {
    private static final Logger LOG = LoggerFactory.getLogger("dev.hookseal.deliveries");

    // a bound in case that a provider's class makes names of what is sent
    private static final int MAX_UNEXPECTED_MEMBERS = 200;

    private static final Duration HINT_INTERVAL = Duration.ofHours(1);
    private static final String CAUSE =
            "A signature at {} does not match. If the delivery is genuine, the secret is that"
                    + " of another subscription or environment, or something on the way changes the body. To find out, ";
    private static final String EXPLAIN = "run \"java -jar hookseal-cli-<version>-all.jar explain"
            + " <directory>/0001.body\" (Maven artifact dev.hookseal:hookseal-cli, classifier all) with the secret in the"
            + " environment variable HOOKSEAL_SECRET. Said once an hour for each endpoint";
    private static final String HINT =
            CAUSE + "set hookseal.rejected.keep to a directory, and once a delivery is there, " + EXPLAIN;
    private static final String HINT_WHERE_KEPT =
            CAUSE + "take a delivery from the directory of hookseal.rejected.keep, and " + EXPLAIN;

    private final Clock clock;
    private final boolean keepsRejected;
    private final Map<String, Instant> hinted = new ConcurrentHashMap<>();
    private final Set<String> unexpectedMembers = ConcurrentHashMap.newKeySet();

    /** Logs by the system's clock. */
    public LoggingObserver() {
        this(Clock.systemUTC());
    }

    /**
     * Logs.
     *
     * @param clock by which an hour passes until a hint is given again
     */
    public LoggingObserver(Clock clock) {
        this(clock, false);
    }

    /**
     * Logs beside other observers.
     *
     * @param clock by which an hour passes until a hint is given again
     * @param keepsRejected whether one of the others is a {@link RejectedDeliveryFiles}, which the hint then refers to
     */
    public LoggingObserver(Clock clock, boolean keepsRejected) {
        this.clock = clock;
        this.keepsRejected = keepsRejected;
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public void observe(DeliveryOutcome outcome) {
        if (outcome instanceof DeliveryOutcome.Rejected rejected) {
            logRejected(rejected);
        } else if (outcome instanceof DeliveryOutcome.Handshake) {
            LOG.info("Answered a handshake of {} at {}", outcome.provider().name(), outcome.endpoint());
        } else if (outcome instanceof DeliveryOutcome.Unavailable) {
            LOG.info("Could not decide on a delivery at {}: answered 503", outcome.endpoint());
        } else if (outcome instanceof DeliveryOutcome.HandlerRan handling) {
            logHandling(handling);
            warnNearDeadline(handling);
        } else if (outcome instanceof DeliveryOutcome.Genuine genuine) {
            logUsual(genuine);
        }
        outcome.genuine()
                .ifPresent(delivery ->
                        delivery.unexpectedMembers().forEach(member -> warnOfUnexpected(outcome, LogSafe.of(member))));
    }

    private void logRejected(DeliveryOutcome.Rejected outcome) {
        LOG.info(
                "Rejected a delivery at {}: {}{}{}",
                outcome.endpoint(),
                outcome.reason().tag(),
                outcome.deliveryKey().map(key -> ", delivery " + key).orElse(""),
                detail(outcome));
        if (outcome.reason() == RejectionReason.SIGNATURE_MISMATCH && isHintDue(outcome.endpoint())) {
            LOG.warn(keepsRejected ? HINT_WHERE_KEPT : HINT, outcome.endpoint());
        }
    }

    private void warnOfUnexpected(DeliveryOutcome outcome, String member) {
        if (unexpectedMembers.size() < MAX_UNEXPECTED_MEMBERS
                && unexpectedMembers.add(outcome.endpoint() + " " + member)) {
            LOG.warn(
                    "A delivery at {} has {} of another kind than {} documents: the event does not show it, its payload"
                            + " does; said once",
                    outcome.endpoint(),
                    member,
                    outcome.provider().name());
        }
    }

    private static void logHandling(DeliveryOutcome.HandlerRan outcome) {
        if (outcome instanceof DeliveryOutcome.Failed) {
            logFailure(outcome);
        } else if (outcome instanceof DeliveryOutcome.FailedAfterAnswer) {
            LOG.error(
                    "The handler at {} failed with event {}, delivery {} ({}), after the application had sent its"
                            + " answer: the sender counts it as handled and may never send it again. Write the"
                            + " answer when the work is done, without a flush before",
                    arguments(outcome));
        } else if (outcome instanceof DeliveryOutcome.TimedOut) {
            LOG.warn(
                    "The handler at {} still works on event {}, delivery {}, after its request timed out ({}): a"
                            + " redelivery gets 409 until it ends or the lease is over",
                    arguments(outcome));
        } else if (outcome.result().failure() == null) {
            logUsual(outcome);
        } else {
            LOG.warn(
                    "The handler at {} failed with event {}, delivery {}, and the application acknowledged it ({}): no"
                            + " redelivery will be handled. Let its error handler answer 5xx if one should be",
                    arguments(outcome));
        }
    }

    private static void logFailure(DeliveryOutcome.HandlerRan outcome) {
        LOG.warn(
                "The handler at {} failed with event {}, delivery {} ({}): a redelivery will be handled",
                arguments(outcome));
        if (LOG.isDebugEnabled() && outcome.result().failure() != null) {
            LOG.debug(
                    "What the handler at {} threw",
                    outcome.endpoint(),
                    outcome.result().failure());
        }
    }

    private static @Nullable Object[] arguments(DeliveryOutcome.HandlerRan outcome) {
        return new @Nullable Object[] {
            outcome.endpoint(),
            LogSafe.of(outcome.delivery().eventName()),
            outcome.delivery().key(),
            outcome.result().describe()
        };
    }

    private static void logUsual(DeliveryOutcome.Genuine outcome) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "Delivery at {}: {}, event {}, delivery {}",
                    outcome.endpoint(),
                    outcome.kind(),
                    LogSafe.of(outcome.delivery().eventName()),
                    outcome.delivery().key());
        }
    }

    private static void warnNearDeadline(DeliveryOutcome.HandlerRan outcome) {
        Duration taken = outcome.result().duration();
        Duration deadline = outcome.provider().answerDeadline().orElse(null);
        if (deadline != null && taken.compareTo(mostOf(deadline)) > 0) {
            LOG.warn(
                    "The handler at {} took {} ms, and {} waits for {} ms: a later answer counts as a failure there."
                            + " Answer first, and do long work afterwards",
                    outcome.endpoint(),
                    taken.toMillis(),
                    outcome.provider().name(),
                    deadline.toMillis());
        }
    }

    private static Duration mostOf(Duration deadline) {
        return deadline.multipliedBy(4).dividedBy(5);
    }

    private static String detail(DeliveryOutcome.Rejected outcome) {
        String detail = outcome.reason() == RejectionReason.CONTENT_ENCODED
                ? "its Content-Encoding: the sender, or a proxy on the way, compresses the body, and the signature covers"
                        + " what was there before"
                : outcome.detail();
        return detail == null ? "" : " (" + detail + ")";
    }

    private boolean isHintDue(String endpoint) {
        AtomicBoolean due = new AtomicBoolean();
        Instant now = clock.instant();
        hinted.compute(endpoint, (name, last) -> {
            due.set(last == null || !now.isBefore(last.plus(HINT_INTERVAL)));
            return due.get() ? now : last;
        });
        return due.get();
    }
}
