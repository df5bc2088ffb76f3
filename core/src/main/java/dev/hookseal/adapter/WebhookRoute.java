package dev.hookseal.adapter;

import dev.hookseal.Reception;
import dev.hookseal.WebhookReceiver;
import dev.hookseal.WebhookRequest;
import java.util.Set;

/**
 * What an annotated handler comes to: the endpoint that it receives for, and the events that it asks for.
 *
 * @param events empty for all
 */
public record WebhookRoute<E>(WebhookReceiver<E> receiver, Set<String> events) {

    /** Decides on a delivery for this handler. */
    public Reception<E> receive(WebhookRequest request) {
        return receiver.receive(request, events);
    }

    /** The endpoint's name. */
    public String endpoint() {
        return receiver.settings().name();
    }
}
