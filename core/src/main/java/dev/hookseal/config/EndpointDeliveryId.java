package dev.hookseal.config;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.receive.WebhookReceiver;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the deliveries of an endpoint for duplicate detection, in place of the provider's own id. In Spring and
 * Micronaut it is a bean:
 *
 * <pre>{@code
 * @Bean
 * EndpointDeliveryId<ExtractaEvent> extractaIds() {
 *     return new EndpointDeliveryId<>("extracta", ExtractaEvent.class, Duration.ofDays(1), webhook -> {
 *         List<ExtractaFile> files = webhook.event().files();
 *         return files.size() == 1 ? files.get(0).fileId() + ":" + files.get(0).status() : null;
 *     });
 * }
 * }</pre>
 *
 * @param endpoint the endpoint's name
 * @param eventClass the class of its events, as its provider has it
 * @param retention how long an id is remembered
 * @param id returns the id of a verified delivery, or null if it has none and is always handled
 * @param <E> the type of the events
 * @since 0.1.0
 */
public record EndpointDeliveryId<E>(
        String endpoint,
        Class<E> eventClass,
        Duration retention,
        Function<? super VerifiedWebhook<E>, @Nullable String> id) {

    /** Checks that nothing is missing. */
    public EndpointDeliveryId {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(eventClass, "eventClass");
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(id, "id");
    }

    @SuppressWarnings("unchecked") // the classes of the events are the same
    <R> void applyTo(WebhookReceiver.Builder<R> receiver, Class<R> events) {
        if (!eventClass.equals(events)) {
            throw new WebhookConfigurationException(
                    "The EndpointDeliveryId of endpoint " + endpoint + " is for " + eventClass.getName()
                            + ", and its provider's events are " + events.getName(),
                    "change the one or the other");
        }
        receiver.deliveryId((Function<? super VerifiedWebhook<R>, @Nullable String>) (Function<?, ?>) id, retention);
    }

    @Override
    public String toString() {
        return "EndpointDeliveryId[" + endpoint + "]";
    }
}
