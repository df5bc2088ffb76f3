package dev.hookseal.observe;

import dev.hookseal.internal.LogSafe;
import dev.hookseal.provider.WebhookProvider;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts and times deliveries in a Micrometer registry. Where an application of Spring Boot or Micronaut has a registry,
 * its adapter adds one; elsewhere it is added by hand:
 *
 * <pre>{@code
 * WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(new FormFlowProvider(), settings)
 *         .observer(new MicrometerObserver(registry))
 *         .build();
 * }</pre>
 *
 * <p>The meters, their tags and their values are listed in {@code docs/observability.md} and are part of the API. How
 * many there are follows from the configuration and from what the providers document, not from what is sent: of what a
 * sender writes, the names of unknown events alone become tags, cleaned, cut, and no more than
 * {@value #MAX_UNKNOWN_EVENTS} at an endpoint.
 *
 * <p>Of all of this library's core, this class, {@link MeteredDeliveryStore} and {@code MeteredInbox} alone need Micrometer.
 */
public final class MicrometerObserver implements DeliveryObserver {
    /** The number of names of unknown events that are counted apart at an endpoint; later ones count as one. */
    public static final int MAX_UNKNOWN_EVENTS = 20;

    private static final String ENDPOINT = "endpoint";
    private static final String EVENT = "event";
    private static final String NONE = "none";
    private static final String OTHER = "other";

    private final MeterProvider<Counter> deliveries;
    private final MeterProvider<Counter> handshakes;
    private final MeterProvider<Timer> verification;
    private final MeterProvider<Timer> handling;
    private final MeterProvider<Counter> matchedSecrets;
    private final MeterProvider<Counter> signedForms;
    private final MeterProvider<Counter> unknownEvents;
    private final MeterProvider<Counter> unexpectedMembers;
    private final ConcurrentMap<String, Set<String>> unknownNames = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Set<String>> unexpectedNames = new ConcurrentHashMap<>();

    /** Counts in a registry. */
    public MicrometerObserver(MeterRegistry registry) {
        this.deliveries = Counter.builder("hookseal.deliveries")
                .description("Deliveries by outcome")
                .withRegistry(registry);
        this.handshakes = Counter.builder("hookseal.handshakes")
                .description("Questions of a provider whether the endpoint is the receiver's, answered")
                .withRegistry(registry);
        this.verification = Timer.builder("hookseal.verification")
                .description("How long it took to verify a delivery")
                .withRegistry(registry);
        this.handling = Timer.builder("hookseal.handling")
                .description("How long a handler took")
                .withRegistry(registry);
        this.matchedSecrets = Counter.builder("hookseal.secrets.matched")
                .description("Genuine deliveries, by the secret that matched: 0 is the newest")
                .withRegistry(registry);
        this.signedForms = Counter.builder("hookseal.signed.forms")
                .description("Genuine deliveries, by the form in which the signed content was found")
                .withRegistry(registry);
        this.unknownEvents = Counter.builder("hookseal.events.unknown")
                .description("Genuine deliveries of events that the provider does not document")
                .withRegistry(registry);
        this.unexpectedMembers = Counter.builder("hookseal.payload.unexpected")
                .description("Genuine deliveries with a documented member of another kind than documented")
                .withRegistry(registry);
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public void observe(DeliveryOutcome outcome) {
        String endpoint = outcome.endpoint();
        if (outcome instanceof DeliveryOutcome.Handshake) {
            handshakes.withTags(ENDPOINT, endpoint).increment();
            return;
        }
        String kind = outcome.kind().tag();
        String reason = outcome instanceof DeliveryOutcome.Rejected rejected
                ? rejected.reason().tag()
                : NONE;
        deliveries
                .withTags(ENDPOINT, endpoint, "outcome", kind, "reason", reason)
                .increment();
        // the result of the verification, whatever the store or the handler then did
        String result = outcome.genuine().isPresent() ? "genuine" : kind;
        verification.withTags(ENDPOINT, endpoint, "result", result).record(outcome.verification());
        if (outcome instanceof DeliveryOutcome.HandlerRan handled) {
            handling.withTags(ENDPOINT, endpoint, "outcome", kind)
                    .record(handled.result().duration());
        }
        outcome.genuine().ifPresent(delivery -> count(endpoint, delivery, outcome.provider()));
    }

    private void count(String endpoint, GenuineDelivery delivery, WebhookProvider<?> provider) {
        String event = delivery.eventName();
        String documentedEvent = provider.eventNames().contains(event) ? event : OTHER;
        String position = Integer.toString(delivery.matchedSecret());
        matchedSecrets
                .withTags(ENDPOINT, endpoint, EVENT, documentedEvent, "position", position)
                .increment();
        signedForms
                .withTags(ENDPOINT, endpoint, "form", delivery.signedForm().tag())
                .increment();
        if (isUnknown(event, provider)) {
            unknownEvents
                    .withTags(ENDPOINT, endpoint, EVENT, bounded(unknownNames, endpoint, event))
                    .increment();
        }
        for (String member : delivery.unexpectedMembers()) {
            unexpectedMembers
                    .withTags(ENDPOINT, endpoint, "member", bounded(unexpectedNames, endpoint, member))
                    .increment();
        }
    }

    // where a provider documents no event, none of its events is out of the ordinary
    private static boolean isUnknown(String name, WebhookProvider<?> provider) {
        Set<String> documented = provider.eventNames();
        return !documented.isEmpty() && !documented.contains(name);
    }

    // Extracta does not sign the name: anyone who holds one genuine delivery can send it under a million of them.
    private static String bounded(ConcurrentMap<String, Set<String>> names, String endpoint, String name) {
        String printable = name.isEmpty() ? NONE : LogSafe.of(name);
        Set<String> counted = names.merge(endpoint, Set.of(printable), MicrometerObserver::withRoomFor);
        return counted.contains(printable) ? printable : OTHER;
    }

    private static Set<String> withRoomFor(Set<String> counted, Set<String> name) {
        if (counted.size() == MAX_UNKNOWN_EVENTS || counted.containsAll(name)) {
            return counted;
        }
        Set<String> both = new HashSet<>(counted);
        both.addAll(name);
        return Set.copyOf(both);
    }
}
