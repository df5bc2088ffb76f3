package dev.hookseal.testkit;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.SampleEvent;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * An event of any provider that has a {@link ProviderKit}: one of the kit's samples, to be changed at will, or a body of
 * your own. {@link FakeEvent#sample} and {@link FakeEvent#of} make one.
 *
 * <p>Ids are fixed, so that the same sample is a redelivery to a receiver; {@link #identifiedBy} gives it another one.
 *
 * @param <E> what a handler is given for it
 */
public final class FakeSampleEvent<E> implements FakeEvent<E> {
    private final ProviderKit kit;
    private final WebhookProvider<E> provider;
    // without its time, which is the clock's at each signing
    private final UnsignedDelivery draft;
    private final Clock clock;

    private FakeSampleEvent(ProviderKit kit, WebhookProvider<E> provider, UnsignedDelivery draft, Clock clock) {
        this.kit = kit;
        this.provider = provider;
        this.draft = draft;
        this.clock = clock;
    }

    static List<FakeSampleEvent<?>> all(ProviderKit kit) {
        return kit.samples().stream()
                .<FakeSampleEvent<?>>map(sample -> of(kit, sample))
                .toList();
    }

    private static FakeSampleEvent<?> of(ProviderKit kit, SampleEvent sample) {
        return of(kit, sample.name(), sample.body().getBytes(StandardCharsets.UTF_8))
                .at(Clock.systemUTC());
    }

    static FakeSampleEvent<?> of(ProviderKit kit, String name, byte[] body) {
        String id = uuid(kit.provider().name() + ":" + name);
        Clock clock = Clock.systemUTC();
        return new FakeSampleEvent<>(
                kit,
                kit.provider(),
                new UnsignedDelivery("POST", SignedDelivery.ANY_URL, name, id, clock.instant(), body.clone()),
                clock);
    }

    private static String uuid(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /**
     * Returns the same event with the type that a handler is given.
     *
     * @throws IllegalArgumentException if the provider's events are of another type; the message names it
     */
    @SuppressWarnings("unchecked")
    public <T> FakeSampleEvent<T> as(Class<T> eventClass) {
        if (!provider.eventClass().equals(eventClass)) {
            throw new IllegalArgumentException("Events of " + provider.name() + " are of "
                    + provider.eventClass().getName() + ", and not of " + eventClass.getName());
        }
        return (FakeSampleEvent<T>) this;
    }

    /**
     * Returns the same with another body, as it is: neither its name nor its id or time is changed.
     *
     * @param body copied
     */
    public FakeSampleEvent<E> withBody(byte[] body) {
        return with(draft.url(), draft.eventName(), draft.id(), clock, body.clone());
    }

    /** Returns the same with another body, in UTF-8; see {@link #withBody(byte[])}. */
    public FakeSampleEvent<E> withBody(String body) {
        return withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the same with another name, in the body or outside of it as the provider has it. */
    public FakeSampleEvent<E> withName(String name) {
        return with(draft.url(), name, draft.id(), clock, kit.withEventName(draft.body(), name));
    }

    /**
     * Returns the same with another id, in the body or outside of it as the provider has it: another event to the
     * receiver, unless the provider has no ids.
     */
    public FakeSampleEvent<E> withId(String id) {
        return with(draft.url(), draft.eventName(), id, clock, kit.withEventId(draft.body(), id));
    }

    /** Returns the same with a UUID for its id that is made from a text: the same text gives the same id. */
    public FakeSampleEvent<E> identifiedBy(String seed) {
        return withId(uuid(seed));
    }

    /** Returns the same, happened and signed at this time. */
    public FakeSampleEvent<E> at(Instant time) {
        return at(Clock.fixed(time, ZoneOffset.UTC));
    }

    /**
     * Returns the same with the time of a clock: in the body now, if the provider has it there, and outside of the body
     * whenever the event is signed. A clock that is advanced in between makes a late redelivery.
     */
    public FakeSampleEvent<E> at(Clock clock) {
        return with(
                draft.url(), draft.eventName(), draft.id(), clock, kit.withEventTime(draft.body(), clock.instant()));
    }

    /** Returns the same for a URL, if the provider signs it; {@code https://example.com/webhooks} unless set. */
    public FakeSampleEvent<E> to(URI url) {
        return with(url.toString(), draft.eventName(), draft.id(), clock, draft.body());
    }

    private FakeSampleEvent<E> with(String url, String name, String id, Clock clock, byte[] body) {
        UnsignedDelivery changed = new UnsignedDelivery(draft.method(), url, name, id, clock.instant(), body);
        return new FakeSampleEvent<>(kit, provider, changed, clock);
    }

    @Override
    public ProviderKit kit() {
        return kit;
    }

    @Override
    public WebhookProvider<E> provider() {
        return provider;
    }

    @Override
    public String name() {
        return draft.eventName();
    }

    @Override
    public UnsignedDelivery unsigned() {
        return SignedDelivery.at(SignedDelivery.with(draft, draft.body().clone()), clock.instant());
    }

    @Override
    public String toString() {
        return "FakeSampleEvent[" + provider.name() + ", " + draft.eventName() + ", " + draft.body().length + " bytes]";
    }
}
