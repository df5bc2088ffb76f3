package dev.hookseal.testkit.formflow;

import dev.hookseal.formflow.FormFlowKit;
import dev.hookseal.formflow.client.FormFlowSubscription;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.fake.DeliveryReport;
import dev.hookseal.testkit.fake.FakeProvider;
import dev.hookseal.testkit.fake.OutgoingDelivery;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * FormFlow as a receiver meets it: its webhook API on a port of this machine, which hands out a secret for each
 * subscription, and deliveries to the URLs that were subscribed, each signed with its subscription's secret.
 *
 * <pre>{@code
 * try (FakeFormFlow formFlow = FakeFormFlow.start()) {
 *     formFlow.subscribe("extracted", endpoint);
 *     formFlow.deliver(FormFlowEvents.extracted()).assertAcknowledgedWithin(Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>It needs {@code org.wiremock:wiremock-standalone}. What the provider's page does not say about its API is kept to the
 * least: errors have no body, POST and PUT answer with the subscription. The schedule of redeliveries is not documented
 * either: this one is the fake's own.
 */
public final class FakeFormFlow extends FakeProvider implements AutoCloseable {
    private final SubscriptionBook book;
    private final String accessToken;
    private final SubscriptionApi api;
    private final ApiServer server;

    private FakeFormFlow(Builder builder) {
        super(new FormFlowKit(), builder);
        SeededSecrets secrets = new SeededSecrets(seed());
        this.book = new SubscriptionBook(secrets, clock());
        this.accessToken = secrets.secret("formflow access token");
        this.api = new SubscriptionApi(book, accessToken);
        this.server = serve(api);
    }

    private static ApiServer serve(SubscriptionApi api) {
        try {
            return new ApiServer(api);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "FakeFormFlow needs WireMock: add org.wiremock:wiremock-standalone in scope test", e);
        }
    }

    /**
     * Starts one with the defaults.
     *
     * @throws IllegalStateException if WireMock is not there
     */
    public static FakeFormFlow start() {
        return builder().start();
    }

    /** Begins one. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where the API is: what is before {@code /api/webhook}. */
    public URI baseUrl() {
        return server.address();
    }

    /** The bearer token that the API takes. */
    public String accessToken() {
        return accessToken;
    }

    /**
     * Subscribes to an event, as a person does. Where the URL is subscribed to it already, that subscription is it, so that
     * each test of a class can begin with this; a call of the API makes another one.
     */
    public FormFlowSubscription subscribe(String event, URI url) {
        return book.findOrAdd(event, url);
    }

    /** Subscribes to each documented event. */
    public List<FormFlowSubscription> subscribeToAll(URI url) {
        return FormFlowEvents.documented().stream()
                .map(event -> subscribe(event.name(), url))
                .toList();
    }

    /** Removes a subscription; nothing happens if it is gone. */
    public void unsubscribe(FormFlowSubscription subscription) {
        book.remove(subscription.id());
    }

    /** The subscriptions at this time, the oldest first. */
    public List<FormFlowSubscription> subscriptions() {
        return List.copyOf(book.all());
    }

    /** Has the API answer 500 to everything, until {@link #restoreApi}. Deliveries go on. */
    public void breakApi() {
        api.broken(true);
    }

    /** Has the API answer again. */
    public void restoreApi() {
        api.broken(false);
    }

    /**
     * The secret of an event's first subscription, made already or not: so an application can be given it before
     * its URL is known.
     */
    public String firstSecret(String event) {
        return book.firstSecret(event);
    }

    /** Subscribes this URL to each documented event, as {@link #subscribeToAll} does. */
    @Override
    public void deliverTo(URI url) {
        subscribeToAll(url);
    }

    /** {@inheritDoc} They are those of each event's first subscription, made already or not. */
    @Override
    public SecretSource secrets() {
        return event -> List.of(SigningSecret.ofUtf8(firstSecret(event)));
    }

    /** {@inheritDoc} They are those of each documented event's first subscription, made already or not. */
    @Override
    public Map<String, String> properties(String endpoint) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("hookseal.endpoints." + endpoint + ".provider", "formflow");
        FormFlowEvents.documented()
                .forEach(event -> properties.put(
                        "hookseal.endpoints." + endpoint + ".secrets." + event.name(), firstSecret(event.name())));
        return properties;
    }

    /** Delivers an event that happened this long ago, by the provider's clock. Its time header has that time too. */
    public DeliveryReport deliverLate(FakeFormFlowEvent event, Duration late) {
        return deliver(event.withClock(Clock.offset(clock(), late.negated())));
    }

    /** {@inheritDoc} It goes to each subscription to the event; to none without one. */
    @Override
    protected List<OutgoingDelivery> outgoing(FakeEvent<?> event) {
        return book.all().stream()
                .filter(subscription -> subscription.event().equals(event.name()))
                .map(subscription -> new OutgoingDelivery(
                        event.name(), event.signedWith(secrets(subscription)), URI.create(subscription.url())))
                .toList();
    }

    // those of other events are what a forged delivery is signed with
    private SecretSource secrets(FormFlowSubscription subscription) {
        return type -> List.of(
                type.equals(subscription.event())
                        ? subscription.secret()
                        : SigningSecret.ofUtf8(book.firstSecret(type)));
    }

    @Override
    protected Runnable checkpoint() {
        Runnable others = super.checkpoint();
        Runnable subscriptions = book.checkpoint();
        return () -> {
            others.run();
            subscriptions.run();
            restoreApi();
        };
    }

    /** Stops the API. */
    @Override
    public void close() {
        stop();
    }

    @Override
    protected void stop() {
        server.close();
    }

    /** Where the API is; neither token nor secrets. */
    @Override
    public String toString() {
        return "FakeFormFlow[" + baseUrl() + "]";
    }

    /** Collects how a fake FormFlow works. */
    public static final class Builder extends FakeProvider.Builder<Builder> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Starts it.
         *
         * @throws IllegalStateException if WireMock is not there
         */
        public FakeFormFlow start() {
            return new FakeFormFlow(this);
        }
    }
}
