package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.WebhookHandler;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.receive.AdmittedDelivery;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The binding of an annotated handler: its endpoint, and the events that it takes.
 *
 * @param events the names of some that the provider sends and the endpoint has a secret for; empty for all
 */
public record EndpointBinding<E>(WebhookReceiver<E> receiver, Set<String> events) {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointBinding.class);

    /**
     * Creates a binding.
     *
     * @throws WebhookConfigurationException if the endpoint cannot have one of the events; the message says what to correct
     */
    public EndpointBinding {
        events = Set.copyOf(events);
        for (String event : new TreeSet<>(events)) {
            check(receiver, event);
        }
    }

    private static void check(WebhookReceiver<?> receiver, String event) {
        WebhookProvider<?> provider = receiver.provider();
        if (!provider.supportsEvent(event)) {
            throw new WebhookConfigurationException(
                    provider.name() + " does not send the event \"" + event + "\"",
                    "correct it to one of " + new TreeSet<>(provider.eventNames())
                            + ", or name no event to get every one");
        }
        SecretSource secrets = receiver.settings().secrets();
        if (receiver.isEnabled()
                && secrets.differsByEventType()
                && secrets.secretsFor(event).isEmpty()) {
            throw new WebhookConfigurationException(
                    "Endpoint " + receiver.settings().name() + " has no secret for the event \"" + event + "\"",
                    "set " + receiver.settings().property("secrets." + event));
        }
    }

    /**
     * Returns whether a delivery that was admitted for another handler of the same endpoint is one for this handler
     * too.
     */
    public boolean asksFor(AdmittedDelivery<?> admitted) {
        return admitted.isOneOf(events);
    }

    /** Decides on a delivery for this handler. */
    public Decision<E> receive(WebhookRequest request) {
        return receiver.receive(request, events);
    }

    /** Decides on a delivery for this handler, without waiting for another request that has the same one. */
    public Decision<E> tryReceive(WebhookRequest request) {
        return receiver.tryReceive(request, events);
    }

    /**
     * Adds a listener of these events, and logs what is guaranteed for it. The deliveries of a disabled endpoint get none:
     * those that are stored wait until it is enabled.
     *
     * @param listener its class and method, such as {@code Orders.received}
     * @param inTransaction whether it runs in the transaction that completes the delivery
     */
    public void addListener(
            InboxDispatcher.Builder dispatcher, String listener, WebhookHandler<E> handler, boolean inTransaction) {
        if (!receiver.isEnabled()) {
            return;
        }
        LOG.info(
                "{} {}: {}, completes {}",
                endpoint(),
                events.isEmpty() ? "(all events)" : String.join(", ", new TreeSet<>(events)),
                listener,
                inTransaction ? "in its transaction" : "after it: at least once");
        if (inTransaction) {
            dispatcher.transactionalListener(endpoint(), receiver::restore, events, handler);
        } else {
            dispatcher.listener(endpoint(), receiver::restore, events, handler);
        }
    }

    /** Returns the endpoint's name. */
    public String endpoint() {
        return receiver.settings().name();
    }
}
