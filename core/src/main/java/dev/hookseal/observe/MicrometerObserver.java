package dev.hookseal.observe;

import dev.hookseal.internal.LogSafe;
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
 * <p>Of all of this library's core, this class alone needs Micrometer.
 */
public final class MicrometerObserver implements DeliveryObserver {
    /** How many names of unknown events are told apart at an endpoint; those that come later count as one. */
    public static final int MAX_UNKNOWN_EVENTS = 20;

    private static final String ENDPOINT = "endpoint";
    private static final String EVENT = "event";
    private static final String NONE = "none";
    private static final String OTHER = "other";

    private final MeterProvider<Counter> deliveries;
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
        String reason = outcome.reason() == null ? NONE : outcome.reason().tag();
        deliveries
                .withTags(ENDPOINT, endpoint, "outcome", outcome.kind().tag(), "reason", reason)
                .increment();
        verification.withTags(ENDPOINT, endpoint, "result", result(outcome)).record(outcome.verification());
        if (outcome.handling() != null) {
            handling.withTags(ENDPOINT, endpoint, "outcome", outcome.kind().tag())
                    .record(outcome.handling().duration());
        }
        if (outcome.matchedSecret() != null) {
            String position = outcome.matchedSecret().toString();
            matchedSecrets
                    .withTags(ENDPOINT, endpoint, EVENT, documentedEvent(outcome), "position", position)
                    .increment();
        }
        if (outcome.signedForm() != null) {
            signedForms
                    .withTags(ENDPOINT, endpoint, "form", outcome.signedForm().tag())
                    .increment();
        }
        if (outcome.eventName() != null && isUnknown(outcome.eventName(), outcome)) {
            unknownEvents
                    .withTags(ENDPOINT, endpoint, EVENT, bounded(unknownNames, endpoint, outcome.eventName()))
                    .increment();
        }
        for (String member : outcome.unexpectedMembers()) {
            unexpectedMembers
                    .withTags(ENDPOINT, endpoint, "member", bounded(unexpectedNames, endpoint, member))
                    .increment();
        }
    }

    // what came of the verification, whatever the store or the handler made of the delivery then
    private static String result(DeliveryOutcome outcome) {
        return outcome.matchedSecret() == null ? outcome.kind().tag() : "genuine";
    }

    private static String documentedEvent(DeliveryOutcome outcome) {
        String name = outcome.eventName();
        return name != null && outcome.provider().eventNames().contains(name) ? name : OTHER;
    }

    // where a provider documents no event, none of its events is out of the ordinary
    private static boolean isUnknown(String name, DeliveryOutcome outcome) {
        Set<String> documented = outcome.provider().eventNames();
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
