package dev.hookseal.observe;

import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.store.DeliveryKey;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one delivery, for logs and metrics.
 *
 * @param endpoint the endpoint's name
 * @param provider whose deliveries the endpoint receives
 * @param kind the kind of outcome
 * @param reason why it was rejected; null unless it was
 * @param detail more words for the log, such as which setting decided; null if there are none
 * @param eventName the event's name as the provider gives it, not verified with every provider, possibly empty; null if
 *     the delivery is not genuine
 * @param key by what it is recognised; null if it has nothing to tell by, or was rejected before its signature matched
 * @param matchedSecret which secret matched, counted from 0, the newest; null if the delivery is not genuine
 * @param signedForm in what form the signed content was found; null if the delivery is not genuine
 * @param verification how long it took to read and verify
 * @param handling how the handler ended; null if none ran
 * @param unexpectedMembers the documented members of a genuine payload that are of another kind than documented; names
 *     that the provider's class knows, never text from the delivery
 */
public record DeliveryOutcome(
        String endpoint,
        WebhookProvider<?> provider,
        Kind kind,
        @Nullable RejectionReason reason,
        @Nullable String detail,
        @Nullable String eventName,
        @Nullable DeliveryKey key,
        @Nullable Integer matchedSecret,
        @Nullable SignedForm signedForm,
        Duration verification,
        @Nullable HandlerResult handling,
        Set<String> unexpectedMembers) {

    /** The kinds of outcome. */
    public enum Kind {
        /** The handler ran and answered 2xx, or the application chose 2xx for what the handler threw. */
        HANDLED,
        /** The handler ran and threw, or answered anything but 2xx; a redelivery will be handled. */
        FAILED,
        /**
         * The handler failed after the application had sent a 2xx itself, by a flush or a long answer. A redelivery will be
         * handled, but the sender has no reason to send one.
         */
        FAILED_AFTER_ANSWER,
        /**
         * The request timed out while the handler was still working. A redelivery gets 409 until the handler ends or
         * the lease is over.
         */
        TIMED_OUT,
        /** Genuine, of an event that the handler does not ask for. */
        IGNORED,
        /** Genuine, and handled before. */
        DUPLICATE,
        /** Genuine, and being handled at this time. */
        IN_PROGRESS,
        /** Not genuine, or not what the provider sends. */
        REJECTED,
        /** The store or the source of secrets could not answer. */
        UNAVAILABLE;

        private final String tag = name().toLowerCase(Locale.ROOT).replace('_', '-');

        /** The kind in lower case with hyphens, such as {@code ignored}: for metric tags. */
        public String tag() {
            return tag;
        }
    }
}
