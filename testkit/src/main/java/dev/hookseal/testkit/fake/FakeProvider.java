package dev.hookseal.testkit.fake;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Delivers signed events over HTTP, as a provider does: any provider that has a {@link ProviderKit}.
 *
 * <pre>{@code
 * FakeProvider acme = FakeProvider.of("acme");
 * acme.deliverTo(endpoint);
 * acme.deliver("order.paid").assertAcknowledged();
 * }</pre>
 *
 * <p>An answer other than 2xx, or none in time, has the same event sent again, with back-off, until one is acknowledged or
 * the schedule is at its end. If the provider sends the time of signing outside of the body, each attempt has its own
 * time and signature; otherwise each is the same request.
 *
 * <p>A call returns when all is done. It does not really wait between attempts, unless it is told
 * {@linkplain Builder#waiting how}, and it follows no redirect. Deliveries of one call are made in rounds: while one is
 * waiting for its redelivery, the others are sent. Each attempt is recorded.
 *
 * <p>A provider that needs more, such as an API, extends this class; {@link FakeProviders} finds it by a public static
 * method without parameters that returns one.
 */
public class FakeProvider {
    private final ProviderKit kit;
    private final TestSecret secret;
    private final Clock clock;
    private final String seed;
    private final RetrySchedule redelivery;
    private final DeliverySender sender;
    private final List<SentDelivery> sent = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger samples = new AtomicInteger();
    private volatile @Nullable URI url;

    /** Creates one. */
    protected FakeProvider(ProviderKit kit, Builder<?> builder) {
        this.kit = kit;
        this.secret = kit.newSecret(builder.seed + " " + kit.provider().name());
        this.clock = builder.clock;
        this.seed = builder.seed;
        this.redelivery = builder.redelivery;
        this.sender = new DeliverySender(builder.answerTimeout(kit.provider()), clock, builder.waiting);
    }

    /**
     * Returns one of a provider on the class path, with the defaults.
     *
     * @param provider the provider's name
     * @throws IllegalArgumentException if the provider has no {@link ProviderKit}; the message lists those that have one
     */
    public static FakeProvider of(String provider) {
        return of(ProviderKit.named(provider));
    }

    /** Returns one with the defaults. */
    public static FakeProvider of(ProviderKit kit) {
        return builder(kit).build();
    }

    /** Begins one. */
    public static KitBuilder builder(ProviderKit kit) {
        return new KitBuilder(kit);
    }

    /** Sets where all deliveries go from now on. */
    public void deliverTo(URI url) {
        this.url = url;
    }

    /** Returns what an endpoint is configured with, so that it takes these deliveries. */
    public SecretSource secrets() {
        return SecretSource.of(SigningSecret.ofUtf8(secret.configured()));
    }

    /** Returns the provider's clock. */
    protected final Clock clock() {
        return clock;
    }

    /** Returns what secrets and ids follow from. */
    protected final String seed() {
        return seed;
    }

    /** Returns the secret of {@link #secrets()}, as the provider shows it. */
    protected final String configuredSecret() {
        return secret.configured();
    }

    /**
     * Returns properties for an application under test that give one of its endpoints this provider's secrets, and the
     * settings that {@link ProviderKit#configure} sets, for Spring Boot and Micronaut alike.
     *
     * @param endpoint the endpoint's name
     */
    public Map<String, String> properties(String endpoint) {
        String prefix = "hookseal.endpoints." + endpoint + ".";
        EndpointSettings.Builder builder = EndpointSettings.builder(endpoint).secrets(secrets());
        kit.configure(builder);
        EndpointSettings settings = builder.build();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(prefix + "provider", kit.provider().name());
        properties.put(prefix + "secret", secret.configured());
        kit.provider()
                .settings()
                .forEach(setting -> configured(setting, settings)
                        .ifPresent(value -> properties.put(prefix + setting.key(), value)));
        return properties;
    }

    private static <T extends Comparable<T>> Optional<String> configured(
            Setting<T> setting, EndpointSettings settings) {
        return settings.value(setting)
                .filter(value -> !value.equals(setting.defaultValue()))
                .map(setting.type()::format);
    }

    /**
     * Returns the deliveries of an event: one for each URL that it goes to.
     *
     * @throws IllegalStateException if no URL is set
     */
    protected List<OutgoingDelivery> outgoing(FakeEvent<?> event) {
        URI to = url;
        if (to == null) {
            throw new IllegalStateException("There is no URL to deliver to: call deliverTo(url) first");
        }
        SignedDelivery delivery = event.signedWith(secret.signing()).signedFor(to);
        return List.of(new OutgoingDelivery(event.name(), delivery, to));
    }

    /** Notes the state of this provider, and returns what restores it. */
    protected Runnable checkpoint() {
        URI before = url;
        int countBefore = samples.get();
        synchronized (sent) {
            int count = sent.size();
            return () -> {
                url = before;
                samples.set(countBefore);
                synchronized (sent) {
                    sent.subList(Math.min(count, sent.size()), sent.size()).clear();
                }
            };
        }
    }

    /** Stops what this provider has started, after the last test of a class: nothing, unless overridden. */
    protected void stop() {}

    private List<OutgoingDelivery> of(FakeEvent<?> event) {
        if (!event.provider().name().equals(kit.provider().name())) {
            throw new IllegalArgumentException(
                    "This is an event of " + event.provider().name() + ", and this provider is "
                            + kit.provider().name());
        }
        return outgoing(event);
    }

    /**
     * Returns a sample with its own id, as of now by the provider's clock.
     *
     * @param event the event's name
     * @throws IllegalArgumentException if the provider has no such sample; the message lists those that it has
     */
    public FakeSampleEvent<?> sample(String event) {
        return FakeEvent.sample(kit, event)
                .identifiedBy(seed + " " + samples.incrementAndGet())
                .at(clock);
    }

    /**
     * Delivers a sample with its own id.
     *
     * @param event the event's name
     * @throws IllegalArgumentException if the provider has no such sample; the message lists those that it has
     */
    public DeliveryReport deliver(String event) {
        return deliver(sample(event));
    }

    /**
     * Delivers a body as it is.
     *
     * @param event the event's name, for a provider that sends it outside of the body
     */
    public DeliveryReport deliver(String event, byte[] body) {
        return deliver(FakeEvent.of(kit, event, body));
    }

    /**
     * Delivers an event.
     *
     * @throws IllegalArgumentException if it is an event of another provider
     */
    public DeliveryReport deliver(FakeEvent<?> event) {
        return record(sender.carry(of(event), redelivery));
    }

    /** Delivers an event twice, one after the other, whatever the first answer is. */
    public DeliveryReport deliverTwice(FakeEvent<?> event) {
        List<OutgoingDelivery> outgoing = of(event);
        List<SentDelivery> both = new ArrayList<>(sender.carry(outgoing, redelivery));
        both.addAll(sender.carry(outgoing, redelivery));
        return record(both);
    }

    /**
     * Delivers an event several times at once, each on another connection. What is told to come again does so
     * together once all have been answered.
     *
     * @throws IllegalArgumentException if it is not from 1 to 1,000 times
     */
    public DeliveryReport deliverAtOnce(FakeEvent<?> event, int times) {
        if (times < 1 || times > 1000) {
            throw new IllegalArgumentException("From 1 to 1,000 deliveries at once are possible, not " + times);
        }
        List<OutgoingDelivery> outgoing = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            outgoing.addAll(of(event));
        }
        return record(sender.carryAtOnce(outgoing, redelivery));
    }

    /** Delivers events, the last one first. */
    public DeliveryReport deliverOutOfOrder(List<? extends FakeEvent<?>> events) {
        List<OutgoingDelivery> outgoing = new ArrayList<>();
        for (FakeEvent<?> event : events) {
            outgoing.addAll(0, of(event));
        }
        return record(sender.carry(outgoing, redelivery));
    }

    /**
     * Delivers a forged event, in one attempt.
     *
     * @throws IllegalStateException if it cannot be forged in that way; see {@link Forgery#appliesTo}
     */
    public DeliveryReport deliverForged(FakeEvent<?> event, Forgery forgery) {
        return deliverChanged(event, delivery -> delivery.forged(forgery));
    }

    /** Delivers an event changed at will, in one attempt. */
    public DeliveryReport deliverChanged(FakeEvent<?> event, UnaryOperator<SignedDelivery> change) {
        List<OutgoingDelivery> outgoing = of(event).stream()
                .map(each -> new OutgoingDelivery(each.event(), change.apply(each.delivery()), each.url()))
                .toList();
        return record(sender.carry(outgoing, RetrySchedule.none()));
    }

    /** Returns all that has been delivered so far. */
    public DeliveryReport deliveries() {
        synchronized (sent) {
            return new DeliveryReport(sent);
        }
    }

    private DeliveryReport record(List<SentDelivery> deliveries) {
        sent.addAll(deliveries);
        return new DeliveryReport(deliveries);
    }

    /** The provider and where it delivers; not the secret. */
    @Override
    public String toString() {
        return "FakeProvider[" + kit.provider().name() + ", " + (url == null ? "no URL" : url) + "]";
    }

    /**
     * Collects how a fake provider works.
     *
     * @param <B> the type of the builder
     */
    public abstract static class Builder<B extends Builder<B>> {
        private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

        private RetrySchedule redelivery = RetrySchedule.backOff(Duration.ofSeconds(10), 5);
        private @Nullable Duration answerTimeout;
        private Consumer<Duration> waiting = delay -> {};
        private Clock clock = Clock.systemUTC();
        private String seed = "hookseal";

        /** Creates one with the defaults. */
        protected Builder() {}

        /** Returns this. */
        protected abstract B self();

        /** Sets when what was not acknowledged is delivered again: 5 times, first after 10 seconds, unless set. */
        public B redelivery(RetrySchedule redelivery) {
            this.redelivery = Objects.requireNonNull(redelivery, "redelivery");
            return self();
        }

        /**
         * Sets how long an answer is really waited for: what the provider documents unless set, or else 5 seconds.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public B answerTimeout(Duration answerTimeout) {
            if (answerTimeout.isNegative() || answerTimeout.isZero()) {
                throw new IllegalArgumentException(
                        "The time for an answer must be positive, and it is " + answerTimeout);
            }
            this.answerTimeout = answerTimeout;
            return self();
        }

        private Duration answerTimeout(WebhookProvider<?> provider) {
            return answerTimeout != null
                    ? answerTimeout
                    : provider.answerDeadline().orElse(ANSWER_TIMEOUT);
        }

        /**
         * Sets how the time before a redelivery passes: not at all unless set. For a test that moves its clock,
         * which the application looks at too, this moves it on: {@code waiting(clock::advance)}.
         */
        public B waiting(Consumer<Duration> waiting) {
            this.waiting = Objects.requireNonNull(waiting, "waiting");
            return self();
        }

        /** Sets the provider's clock; the system's unless set. */
        public B clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return self();
        }

        /** Sets what secrets and ids follow from: the same seed gives the same ones. */
        public B seed(String seed) {
            this.seed = Objects.requireNonNull(seed, "seed");
            return self();
        }
    }

    /** Collects how the fake of any provider works. */
    public static final class KitBuilder extends Builder<KitBuilder> {
        private final ProviderKit kit;

        private KitBuilder(ProviderKit kit) {
            this.kit = kit;
        }

        @Override
        protected KitBuilder self() {
            return this;
        }

        /** Returns the provider. */
        public FakeProvider build() {
            return new FakeProvider(kit, this);
        }
    }
}
