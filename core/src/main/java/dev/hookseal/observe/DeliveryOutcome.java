package dev.hookseal.observe;

import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.store.DeliveryKey;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one delivery, for logs and metrics:
 *
 * <pre>{@code
 * if (outcome instanceof DeliveryOutcome.Rejected rejected) {
 *     alert(rejected.endpoint(), rejected.reason());
 * }
 * }</pre>
 *
 * <p>{@link Genuine} has those whose signature matched, and {@link HandlerRan} those whose handler ran.
 */
public sealed interface DeliveryOutcome {

    /** Returns the endpoint's name. */
    String endpoint();

    /** Returns the provider whose deliveries the endpoint receives. */
    WebhookProvider<?> provider();

    /** Returns how long it took to read and verify the delivery. */
    Duration verification();

    /** Returns the kind of outcome, one for each record. */
    Kind kind();

    /** Returns what is known of a delivery whose signature matched; empty if it did not, or was not verified. */
    Optional<GenuineDelivery> genuine();

    /** Returns the key by which a redelivery is recognised; empty if the delivery has none, or it is not verified. */
    default Optional<DeliveryKey> deliveryKey() {
        return genuine().flatMap(delivery -> Optional.ofNullable(delivery.key()));
    }

    /** The outcome of a delivery whose signature and payload are valid. */
    sealed interface Genuine extends DeliveryOutcome {
        /** Returns what is known of the delivery. */
        GenuineDelivery delivery();

        @Override
        default Optional<GenuineDelivery> genuine() {
            return Optional.of(delivery());
        }
    }

    /** The outcome of a delivery whose handler ran. */
    sealed interface HandlerRan extends Genuine {
        /** Returns how the handler ended, or at a time-out how far it got. */
        HandlerResult result();
    }

    /** The handler answered 2xx, or the application chose 2xx for what the handler threw. */
    record Handled(
            String endpoint,
            WebhookProvider<?> provider,
            Duration verification,
            GenuineDelivery delivery,
            HandlerResult result)
            implements HandlerRan {
        @Override
        public Kind kind() {
            return Kind.HANDLED;
        }
    }

    /** The handler threw, or answered anything but 2xx; a redelivery will be handled. */
    record Failed(
            String endpoint,
            WebhookProvider<?> provider,
            Duration verification,
            GenuineDelivery delivery,
            HandlerResult result)
            implements HandlerRan {
        @Override
        public Kind kind() {
            return Kind.FAILED;
        }
    }

    /**
     * The handler failed after the application had sent a 2xx itself, by a flush or a long answer. A redelivery will be
     * handled, but the sender has no reason to send one.
     */
    record FailedAfterAnswer(
            String endpoint,
            WebhookProvider<?> provider,
            Duration verification,
            GenuineDelivery delivery,
            HandlerResult result)
            implements HandlerRan {
        @Override
        public Kind kind() {
            return Kind.FAILED_AFTER_ANSWER;
        }
    }

    /**
     * The request timed out while the handler was still working. A redelivery gets 409 until the handler ends or the
     * lease is over.
     */
    record TimedOut(
            String endpoint,
            WebhookProvider<?> provider,
            Duration verification,
            GenuineDelivery delivery,
            HandlerResult result)
            implements HandlerRan {
        @Override
        public Kind kind() {
            return Kind.TIMED_OUT;
        }
    }

    /** The inbox has stored the delivery; a listener handles it later. */
    record Accepted(String endpoint, WebhookProvider<?> provider, Duration verification, GenuineDelivery delivery)
            implements Genuine {
        @Override
        public Kind kind() {
            return Kind.ACCEPTED;
        }
    }

    /** The event is not one of those that the handler takes. */
    record Ignored(String endpoint, WebhookProvider<?> provider, Duration verification, GenuineDelivery delivery)
            implements Genuine {
        @Override
        public Kind kind() {
            return Kind.IGNORED;
        }
    }

    /** The delivery was handled before, or accepted by the inbox. */
    record Duplicate(String endpoint, WebhookProvider<?> provider, Duration verification, GenuineDelivery delivery)
            implements Genuine {
        @Override
        public Kind kind() {
            return Kind.DUPLICATE;
        }
    }

    /** The same delivery is being handled at this time. */
    record InProgress(String endpoint, WebhookProvider<?> provider, Duration verification, GenuineDelivery delivery)
            implements Genuine {
        @Override
        public Kind kind() {
            return Kind.IN_PROGRESS;
        }
    }

    /**
     * The delivery is not genuine, or not what the provider sends.
     *
     * @param detail more words for the log, such as which setting decided; null if there are none
     * @param key the key of a delivery that was rejected after its signature matched; null otherwise
     */
    record Rejected(
            String endpoint,
            WebhookProvider<?> provider,
            Duration verification,
            RejectionReason reason,
            @Nullable String detail,
            @Nullable DeliveryKey key)
            implements DeliveryOutcome {
        @Override
        public Kind kind() {
            return Kind.REJECTED;
        }

        @Override
        public Optional<GenuineDelivery> genuine() {
            return Optional.empty();
        }

        @Override
        public Optional<DeliveryKey> deliveryKey() {
            return Optional.ofNullable(key);
        }
    }

    /** The provider asked whether the endpoint is the receiver's, and core answered. It is not a delivery. */
    record Handshake(String endpoint, WebhookProvider<?> provider, Duration verification) implements DeliveryOutcome {
        @Override
        public Kind kind() {
            return Kind.HANDSHAKE;
        }

        @Override
        public Optional<GenuineDelivery> genuine() {
            return Optional.empty();
        }
    }

    /**
     * The store, the inbox or the source of secrets could not answer.
     *
     * @param delivery what is known of the delivery if only the store or the inbox failed; null if it could not be verified
     */
    record Unavailable(
            String endpoint,
            WebhookProvider<?> provider,
            Duration verification,
            @Nullable GenuineDelivery delivery) implements DeliveryOutcome {
        @Override
        public Kind kind() {
            return Kind.UNAVAILABLE;
        }

        @Override
        public Optional<GenuineDelivery> genuine() {
            return Optional.ofNullable(delivery);
        }
    }

    /** The kinds of outcome, one for each record, in the order of the documentation. */
    enum Kind {
        /** {@link Handled}. */
        HANDLED,
        /** {@link Failed}. */
        FAILED,
        /** {@link FailedAfterAnswer}. */
        FAILED_AFTER_ANSWER,
        /** {@link TimedOut}. */
        TIMED_OUT,
        /** {@link Accepted}. */
        ACCEPTED,
        /** {@link Ignored}. */
        IGNORED,
        /** {@link Duplicate}. */
        DUPLICATE,
        /** {@link InProgress}. */
        IN_PROGRESS,
        /** {@link Rejected}. */
        REJECTED,
        /** {@link Handshake}. */
        HANDSHAKE,
        /** {@link Unavailable}. */
        UNAVAILABLE;

        private final String tag = name().toLowerCase(Locale.ROOT).replace('_', '-');

        /** Returns the kind in lower case with hyphens, such as {@code ignored}: for metric tags. */
        public String tag() {
            return tag;
        }
    }
}
