package dev.hookseal.testkit.fake;

import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.fake.DeliverySender.Parcel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What delivers signed events over HTTP, as a provider does. An answer other than 2xx, or none within 5 seconds, has the
 * same request sent again, with back-off, until one is acknowledged or the schedule is at its end.
 *
 * <p>A call returns when all is done. It does not really wait between attempts, unless it is told
 * {@linkplain Builder#waiting how}, and it follows no redirect. DeliveryReport of one call are made in rounds: while one is
 * waiting for its redelivery, the others are sent. Each attempt is recorded.
 *
 * @param <E> the events
 */
public abstract sealed class FakeProvider<E extends FakeEvent<?>> permits FakeFormFlow, FakeExtracta {
    private final RetrySchedule redelivery;
    private final DeliverySender courier;
    private final List<SentDelivery> sent = Collections.synchronizedList(new ArrayList<>());

    FakeProvider(Builder<?> builder) {
        this.redelivery = builder.redelivery;
        this.courier = new DeliverySender(builder.answerTimeout, builder.waiting);
    }

    /** The deliveries of an event: one for each URL that it goes to. */
    abstract List<Parcel> parcels(E event);

    /**
     * Properties for an application under test that give one of its endpoints this provider's secrets, for Spring Boot
     * and Micronaut alike.
     *
     * @param endpoint the endpoint's name
     */
    public abstract Map<String, String> properties(String endpoint);

    /** Notes what state this is in, and gives what brings it back. */
    Runnable checkpoint() {
        synchronized (sent) {
            int count = sent.size();
            return () -> {
                synchronized (sent) {
                    sent.subList(Math.min(count, sent.size()), sent.size()).clear();
                }
            };
        }
    }

    /** Delivers an event. */
    public DeliveryReport deliver(E event) {
        return record(courier.carry(parcels(event), redelivery));
    }

    /** Delivers an event twice, one after the other, whatever the first answer is. */
    public DeliveryReport deliverTwice(E event) {
        List<Parcel> parcels = parcels(event);
        List<SentDelivery> both = new ArrayList<>(courier.carry(parcels, redelivery));
        both.addAll(courier.carry(parcels, redelivery));
        return record(both);
    }

    /**
     * Delivers an event several times at once, each on a connection of its own. What is told to come again does so
     * together once all have been answered.
     *
     * @throws IllegalArgumentException if it is not from 1 to 1,000 times
     */
    public DeliveryReport deliverAtOnce(E event, int times) {
        if (times < 1 || times > 1000) {
            throw new IllegalArgumentException("From 1 to 1,000 deliveries at once are possible, not " + times);
        }
        List<Parcel> parcels = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            parcels.addAll(parcels(event));
        }
        return record(courier.carryAtOnce(parcels, redelivery));
    }

    /** Delivers events, the last one first. */
    public DeliveryReport deliverOutOfOrder(List<E> events) {
        List<Parcel> parcels = new ArrayList<>();
        for (E event : events) {
            parcels.addAll(0, parcels(event));
        }
        return record(courier.carry(parcels, redelivery));
    }

    /**
     * Delivers a forged event, in one attempt.
     *
     * @throws IllegalStateException if it cannot be forged in that way; see {@link Forgery#appliesTo}
     */
    public DeliveryReport deliverForged(E event, Forgery forgery) {
        return deliverChanged(event, delivery -> delivery.forged(forgery));
    }

    /** Delivers an event changed at will, in one attempt. */
    public DeliveryReport deliverChanged(E event, UnaryOperator<SignedDelivery> change) {
        List<Parcel> parcels = parcels(event).stream()
                .map(parcel -> new Parcel(parcel.event(), change.apply(parcel.delivery()), parcel.url()))
                .toList();
        return record(courier.carry(parcels, RetrySchedule.none()));
    }

    /** All that has been delivered so far. */
    public DeliveryReport deliveries() {
        synchronized (sent) {
            return new DeliveryReport(sent);
        }
    }

    private DeliveryReport record(List<SentDelivery> deliveries) {
        sent.addAll(deliveries);
        return new DeliveryReport(deliveries);
    }

    /**
     * Collects how a fake provider works.
     *
     * @param <B> the type of the builder
     */
    public abstract static sealed class Builder<B extends Builder<B>>
            permits FakeFormFlow.Builder, FakeExtracta.Builder {
        private RetrySchedule redelivery = RetrySchedule.backOff(Duration.ofSeconds(10), 5);
        private Duration answerTimeout = Duration.ofSeconds(5);
        private Consumer<Duration> waiting = delay -> {};
        Clock clock = Clock.systemUTC();
        String seed = "hookseal";

        Builder() {}

        abstract B self();

        /** When what was not acknowledged is delivered again: 5 times, first after 10 seconds, unless set. */
        public B redelivery(RetrySchedule redelivery) {
            this.redelivery = Objects.requireNonNull(redelivery, "redelivery");
            return self();
        }

        /**
         * How long an answer is really waited for; 5 seconds unless set, which is what FormFlow documents.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public B answerTimeout(Duration answerTimeout) {
            if (answerTimeout.isNegative() || answerTimeout.isZero()) {
                throw new IllegalArgumentException("An answer takes longer than nothing: " + answerTimeout);
            }
            this.answerTimeout = answerTimeout;
            return self();
        }

        /**
         * How the time before a redelivery passes: not at all unless set. For a test with a clock that it moves, which
         * the application looks at too, this moves it on: {@code waiting(clock::moveOn)}.
         */
        public B waiting(Consumer<Duration> waiting) {
            this.waiting = Objects.requireNonNull(waiting, "waiting");
            return self();
        }

        /** The provider's clock; the system's unless set. */
        public B clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return self();
        }

        /** What secrets and ids follow from: the same seed gives the same ones. */
        public B seed(String seed) {
            this.seed = Objects.requireNonNull(seed, "seed");
            return self();
        }
    }
}
