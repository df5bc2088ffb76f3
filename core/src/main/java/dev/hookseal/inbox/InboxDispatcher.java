package dev.hookseal.inbox;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads stored deliveries and calls their listeners. The workers of an inbox use it, and so does an application that
 * consumes deliveries from a message broker:
 *
 * <pre>{@code
 * InboxDispatcher dispatcher = InboxDispatcher.builder()
 *         .listener("formflow", receiver::restore, Set.of(), (webhook, attempt) -> orders.store(webhook.event()))
 *         .build();
 * dispatcher.dispatchOnce(SignedContent.ofStored(message), store);
 * }</pre>
 *
 * <p>Nothing is verified: the place where the deliveries were stored is trusted. Safe for use by any number of threads.
 *
 * @since 0.1.0
 */
public final class InboxDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(InboxDispatcher.class);

    private final Map<String, List<Listener<?>>> listeners;
    private final Duration lease;

    private InboxDispatcher(Builder builder) {
        Map<String, List<Listener<?>>> copy = new LinkedHashMap<>();
        builder.listeners.forEach((endpoint, all) -> copy.put(endpoint, List.copyOf(all)));
        this.listeners = Collections.unmodifiableMap(copy);
        this.lease = builder.lease;
    }

    /** Begins a dispatcher. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a stored delivery of one endpoint, as {@code WebhookReceiver::restore} does.
     *
     * @param <E> the type of the events
     */
    @FunctionalInterface
    public interface Reader<E> {
        /**
         * Reads it.
         *
         * @throws WebhookRejectedException if the provider cannot read it
         */
        VerifiedWebhook<E> read(SignedContent content) throws WebhookRejectedException;
    }

    private record Listener<E>(Reader<E> reader, Set<String> events, WebhookHandler<E> handler, boolean transactional) {
        @Nullable
        PreparedDelivery prepare(SignedContent content) throws WebhookRejectedException {
            VerifiedWebhook<E> webhook = reader.read(content);
            return webhook.isOneOf(events)
                    ? new PreparedDelivery(webhook, attempt -> handler.handle(webhook, attempt), transactional)
                    : null;
        }

        boolean sharesAnEventWith(Set<String> others) {
            return events.isEmpty() || others.isEmpty() || !Collections.disjoint(events, others);
        }
    }

    /** Returns the endpoints that have a listener, in the order in which they were added. */
    public Set<String> endpoints() {
        return listeners.keySet();
    }

    /**
     * Reads a delivery and finds its listener.
     *
     * @throws NoListenerException if no listener takes the event, or the endpoint has none
     * @throws WebhookRejectedException if the provider cannot read the content, which another version of it could
     */
    public PreparedDelivery prepare(SignedContent content) throws NoListenerException, WebhookRejectedException {
        for (Listener<?> listener : listeners.getOrDefault(content.endpoint(), List.of())) {
            PreparedDelivery prepared = listener.prepare(content);
            if (prepared != null) {
                return prepared;
            }
        }
        throw new NoListenerException("No listener takes this event of endpoint " + content.endpoint());
    }

    /**
     * Calls the listener of a delivery.
     *
     * @throws Exception what the listener throws, and what {@link #prepare} does
     */
    public void dispatch(SignedContent content, Attempt attempt) throws Exception {
        prepare(content).handle(attempt);
    }

    /**
     * Calls the listener of a delivery unless it has been handled before, for a consumer that may get a delivery more than
     * once. The store decides by the delivery's key; without a key the listener is called in any case.
     *
     * @return false if the delivery was handled before
     * @throws DeliveryInProgressException if another consumer handles it at this time: read the message again later
     * @throws Exception what the listener throws, and what {@link #prepare} does: read the message again later
     */
    public boolean dispatchOnce(SignedContent content, DeliveryStore store) throws Exception {
        PreparedDelivery prepared = prepare(content);
        Attempt attempt = Attempt.of(1, 1, content.verifiedAt());
        DeliveryKey key = prepared.webhook().deliveryKey();
        if (key == null) {
            prepared.handle(attempt);
            return true;
        }
        DeliveryClaim claim = store.claim(key, lease);
        if (claim instanceof DeliveryClaim.Granted granted) {
            handle(prepared, attempt, key, granted.token(), store);
            return true;
        }
        if (claim instanceof DeliveryClaim.InProgress) {
            throw new DeliveryInProgressException(key);
        }
        return false;
    }

    private void handle(PreparedDelivery prepared, Attempt attempt, DeliveryKey key, UUID token, DeliveryStore store)
            throws Exception {
        boolean handled = false;
        try {
            prepared.handle(attempt);
            handled = true;
        } finally {
            if (!handled) {
                release(key, token, store);
            }
        }
        if (!store.complete(key, token)) {
            LOG.warn("Handling delivery {} took longer than {}: it may have been handled twice", key, lease);
        }
    }

    private static void release(DeliveryKey key, UUID token, DeliveryStore store) {
        try {
            store.release(key, token);
        } catch (RuntimeException e) {
            LOG.warn("The claim on delivery {} could not be released: it is held until its lease is over", key, e);
        }
    }

    /** Collects the listeners. */
    public static final class Builder {
        private final Map<String, List<Listener<?>>> listeners = new LinkedHashMap<>();
        private Duration lease = Duration.ofMinutes(5);

        private Builder() {}

        /**
         * Adds a listener.
         *
         * @param endpoint the name of the endpoint
         * @param reader {@code receiver::restore} of the endpoint's receiver
         * @param events the names of the events that it takes; empty for all
         * @throws WebhookConfigurationException if another listener of the endpoint takes one of the events
         */
        public <E> Builder listener(String endpoint, Reader<E> reader, Set<String> events, WebhookHandler<E> handler) {
            return add(endpoint, new Listener<>(reader, Set.copyOf(events), handler, false));
        }

        /**
         * Adds a listener that runs in the transaction that completes the delivery, and reaches it by {@link
         * Attempt#connection()}.
         *
         * @throws WebhookConfigurationException if another listener of the endpoint takes one of the events
         */
        public <E> Builder transactionalListener(
                String endpoint, Reader<E> reader, Set<String> events, WebhookHandler<E> handler) {
            return add(endpoint, new Listener<>(reader, Set.copyOf(events), handler, true));
        }

        private Builder add(String endpoint, Listener<?> listener) {
            List<Listener<?>> others = listeners.computeIfAbsent(endpoint, name -> new ArrayList<>());
            if (others.stream().anyMatch(other -> other.sharesAnEventWith(listener.events()))) {
                throw new WebhookConfigurationException(
                        "Endpoint " + endpoint + " has two listeners for the same event",
                        "name other events for one of them, or call both from one listener");
            }
            others.add(listener);
            return this;
        }

        /**
         * Sets after what time {@link InboxDispatcher#dispatchOnce} takes a handler for dead; 5 minutes unless set.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder lease(Duration time) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("The lease is " + time + ", and must be positive");
            }
            this.lease = time;
            return this;
        }

        /** Returns the dispatcher. */
        public InboxDispatcher build() {
            return new InboxDispatcher(this);
        }
    }
}
