package dev.hookseal.receive;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.inbox.Acceptance;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.StoredDelivery;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.observe.GenuineDelivery;
import dev.hookseal.observe.HandlerResult;
import dev.hookseal.observe.LoggingObserver;
import dev.hookseal.observe.RejectedDelivery;
import dev.hookseal.observe.RejectedDeliveryFiles;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.HandshakeReply;
import dev.hookseal.provider.Verification;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.BodyBudget;
import dev.hookseal.request.BodyLimits;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.request.WebhookResponse;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on each delivery that arrives at one endpoint: whether it is genuine, wanted, and new. Adapters call it;
 * without a framework, so does an application:
 *
 * <pre>{@code
 * WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.of(new FormFlowProvider(), settings);
 * Decision<FormFlowEvent> decision = receiver.receive(request);
 * if (decision instanceof Decision.Admitted<FormFlowEvent> admitted) {
 *     handle(admitted.delivery().webhook().event());
 *     admitted.delivery().answered(200);
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads.
 *
 * @param <E> the type of the events
 */
public final class WebhookReceiver<E> {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookReceiver.class);

    private final WebhookProvider<E> provider;
    private final EndpointSettings settings;
    // null if the endpoint is disabled
    private final @Nullable WebhookVerifier<E> verifier;
    private final BodyLimits bodyLimits;
    private final DeliveryStore store;
    private final Duration lease;
    private final List<DeliveryObserver> observers;
    private final boolean mayBlock;
    private final LongSupplier nanoTime;
    private final ClaimWait claimWait;
    private final @Nullable Function<? super VerifiedWebhook<E>, @Nullable String> ownId;
    private final @Nullable Duration idRetention;
    private final @Nullable Inbox inbox;
    private final Set<String> inboxEvents;

    private WebhookReceiver(Builder<E> builder) {
        this.provider = builder.provider;
        this.settings = builder.settings;
        this.verifier = builder.enabled ? WebhookVerifier.of(provider, settings) : null;
        this.bodyLimits = new BodyLimits(
                settings.maxBodyBytes().orElse(provider.defaultMaxBodyBytes()),
                builder.bodyTimeout,
                builder.bodyBudget);
        this.store = builder.store == null ? new InMemoryDeliveryStore(settings.clock()) : builder.store;
        this.lease =
                builder.lease == null ? settings.value(EndpointSettings.LEASE).orElseThrow() : builder.lease;
        this.observers = observers(builder);
        this.inbox = builder.inbox;
        this.inboxEvents = builder.inboxEvents;
        this.mayBlock = verifier != null
                && (inbox != null
                        || !(store instanceof InMemoryDeliveryStore)
                        || settings.secrets().fixedSecrets().isEmpty()
                        || observers.stream().anyMatch(DeliveryObserver::mayBlock));
        this.nanoTime = builder.nanoTime;
        this.claimWait = builder.claimWait;
        this.ownId = builder.ownId;
        this.idRetention = builder.idRetention;
        if (verifier != null) {
            SecretWarnings.log(provider, settings);
            if (verifier.provesSenderAlone()) {
                SecretWarnings.logToken(settings);
            }
        }
    }

    private static List<DeliveryObserver> observers(Builder<?> builder) {
        boolean keepsRejected = builder.observers.stream().anyMatch(RejectedDeliveryFiles.class::isInstance);
        List<DeliveryObserver> all = new ArrayList<>();
        all.add(new LoggingObserver(builder.settings.clock(), keepsRejected));
        all.addAll(builder.observers);
        return List.copyOf(all);
    }

    /**
     * Returns a receiver with its own store in memory.
     *
     * @throws WebhookConfigurationException if the provider rejects one of the settings
     */
    public static <E> WebhookReceiver<E> of(WebhookProvider<E> provider, EndpointSettings settings) {
        return builder(provider, settings).build();
    }

    /** Begins a receiver with a custom store or observers. */
    public static <E> Builder<E> builder(WebhookProvider<E> provider, EndpointSettings settings) {
        return new Builder<>(provider, settings);
    }

    /** Whose deliveries it receives. */
    public WebhookProvider<E> provider() {
        return provider;
    }

    /** How it verifies them. */
    public EndpointSettings settings() {
        return settings;
    }

    /**
     * Returns the headers that carry signatures, so that an adapter can tell a request without one before it reads the
     * body; empty if the endpoint is disabled.
     */
    public List<String> signatureHeaders() {
        return verifier == null ? List.of() : verifier.signatureHeaders();
    }

    /**
     * Reads a delivery that was verified earlier from its stored content, for an inbox. Neither its signature nor its time
     * is checked, and nothing is claimed.
     *
     * @throws WebhookRejectedException if the provider cannot read it
     * @throws IllegalStateException if the endpoint is disabled
     */
    public VerifiedWebhook<E> restore(SignedContent content) throws WebhookRejectedException {
        if (verifier == null) {
            throw new IllegalStateException(
                    "Endpoint " + settings.name() + " is disabled: it reads no stored delivery");
        }
        return withOwnKey(verifier.read(content));
    }

    /** Returns false if every request is answered with 404 and nothing is verified. */
    public boolean isEnabled() {
        return verifier != null;
    }

    /** How an adapter reads a body: at most so large, so long, and together with the others no more than so much. */
    public BodyLimits bodyLimits() {
        return bodyLimits;
    }

    /**
     * Returns whether {@link #receive} or the end of a {@link AdmittedDelivery} may wait for a disk or a network, so that an
     * adapter keeps them off threads that must not wait. False only without an inbox, with an {@link
     * InMemoryDeliveryStore}, {@linkplain dev.hookseal.signature.SecretSource#fixedSecrets() secrets that never change}, and observers that do not block:
     * {@link RejectedDeliveryFiles} and the observers of an application count as blocking, unless {@link
     * DeliveryObserver#mayBlock} says otherwise.
     */
    public boolean mayBlock() {
        return mayBlock;
    }

    /** Decides on a delivery, whatever its event. */
    public Decision<E> receive(WebhookRequest request) {
        return receive(request, Set.of());
    }

    /**
     * Decides on a delivery. If the same delivery is being handled, this {@linkplain Decision.InProgress#await() waits
     * a moment} before it answers 409.
     *
     * @param events the names of the events to be handled; empty for all
     * @return {@link Decision.Admitted} or {@link Decision.Answered}
     */
    public Decision<E> receive(WebhookRequest request, Set<String> events) {
        Decision<E> decision = tryReceive(request, events);
        return decision instanceof Decision.InProgress<E> inProgress ? inProgress.await() : decision;
    }

    /**
     * Decides on a delivery without waiting for another request.
     *
     * @param events the names of the events to be handled; empty for all
     * @return {@link Decision.InProgress} if the same delivery is being handled
     */
    public Decision<E> tryReceive(WebhookRequest request, Set<String> events) {
        if (verifier == null) {
            return new Decision.Answered<>(WebhookResponse.notFound());
        }
        long start = System.nanoTime();
        VerifiedWebhook<E> delivery;
        ReadRequest read = new ReadRequest(request, bodyLimits.maxBytes());
        try {
            Verification<E> verification = verify(verifier, read);
            if (verification instanceof Verification.Answered<E> answered) {
                report(new DeliveryOutcome.Handshake(settings.name(), provider, since(start)));
                return new Decision.Answered<>(answered.reply().response());
            }
            delivery = withOwnKey(((Verification.Delivery<E>) verification).webhook());
        } catch (WebhookRejectedException e) {
            reportRejected(read, e.reason());
            report(new DeliveryOutcome.Rejected(
                    settings.name(), provider, since(start), e.reason(), detail(e), e.deliveryKey()));
            return new Decision.Answered<>(response(verifier, e.reason()));
        } catch (RuntimeException e) {
            // not the sender's doing: a source of secrets that is down, or a fault in a provider's class
            LOG.error("Verification at endpoint {} failed; the sender is told to come again later", settings.name(), e);
            report(new DeliveryOutcome.Unavailable(settings.name(), provider, since(start), null));
            return new Decision.Answered<>(WebhookResponse.unavailable());
        }
        Duration verification = since(start);
        if (inbox != null && delivery.isOneOf(inboxEvents)) {
            return accept(inbox, delivery, verification);
        }
        if (!delivery.isOneOf(events)) {
            return answer(
                    new DeliveryOutcome.Ignored(settings.name(), provider, verification, genuine(delivery)),
                    WebhookResponse.ok());
        }
        return admit(delivery, verification);
    }

    private Decision<E> accept(Inbox into, VerifiedWebhook<E> delivery, Duration verification) {
        Acceptance acceptance;
        try {
            acceptance = into.accept(StoredDelivery.of(delivery));
        } catch (RuntimeException e) {
            LOG.error("The inbox failed at endpoint {}; the sender is told to come again later", settings.name(), e);
            return answer(
                    new DeliveryOutcome.Unavailable(settings.name(), provider, verification, genuine(delivery)),
                    WebhookResponse.unavailable());
        }
        return acceptance == Acceptance.ACCEPTED
                ? answer(
                        new DeliveryOutcome.Accepted(settings.name(), provider, verification, genuine(delivery)),
                        WebhookResponse.accepted())
                : answer(
                        new DeliveryOutcome.Duplicate(settings.name(), provider, verification, genuine(delivery)),
                        WebhookResponse.ok());
    }

    /**
     * Returns whether the head of a request decides, so that its body is neither read nor waited for: another method than
     * POST, a body that is multipart or encoded, or no signature.
     */
    public boolean isDecidedByHead(WebhookRequest request) {
        return rejectionByHead(request) != null;
    }

    private @Nullable RejectionReason rejectionByHead(WebhookRequest request) {
        if (!request.method().equals("POST")) {
            return RejectionReason.METHOD_NOT_ALLOWED;
        }
        if (request.isMultipart()) {
            return RejectionReason.MULTIPART;
        }
        if (request.isEncoded()) {
            return RejectionReason.CONTENT_ENCODED;
        }
        for (String header : signatureHeaders()) {
            if (!request.headers(header).isEmpty()) {
                return null;
            }
        }
        return RejectionReason.SIGNATURE_MISSING;
    }

    private Verification<E> verify(WebhookVerifier<E> verifier, WebhookRequest request)
            throws WebhookRejectedException {
        RejectionReason reason = rejectionByHead(request);
        if (reason == RejectionReason.METHOD_NOT_ALLOWED
                && verifier.handshakeMethods().contains(request.method())) {
            HandshakeReply reply = verifier.challenge(request);
            if (reply != null) {
                return new Verification.Answered<>(reply);
            }
        }
        if (reason != null) {
            throw new WebhookRejectedException(reason);
        }
        return verifier.check(request);
    }

    private static WebhookResponse response(WebhookVerifier<?> verifier, RejectionReason reason) {
        Set<String> methods = verifier.handshakeMethods();
        return reason == RejectionReason.METHOD_NOT_ALLOWED && !methods.isEmpty()
                ? WebhookResponse.methodNotAllowed("POST, " + String.join(", ", new TreeSet<>(methods)))
                : WebhookResponse.rejected(reason);
    }

    private VerifiedWebhook<E> withOwnKey(VerifiedWebhook<E> webhook) {
        if (ownId == null || idRetention == null) {
            return webhook;
        }
        String id = ownId.apply(webhook);
        return VerifiedWebhook.of(
                webhook.signedContent(),
                webhook.event(),
                webhook.eventName(),
                id == null ? null : DeliveryKey.of(settings.name(), id, idRetention),
                webhook.unexpectedMembers());
    }

    private Decision<E> admit(VerifiedWebhook<E> delivery, Duration verification) {
        DeliveryKey key = delivery.deliveryKey();
        if (key == null) {
            return admitted(delivery, verification, handled -> {});
        }
        Supplier<DeliveryClaim> look = () -> store.claim(key, lease);
        DeliveryClaim claim = claim(look);
        return claim instanceof DeliveryClaim.InProgress
                ? new Decision.InProgress<>(
                        () -> decide(claim(() -> claimWait.await(look)), delivery, key, verification))
                : decide(claim, delivery, key, verification);
    }

    /** Returns null if the store failed. */
    private @Nullable DeliveryClaim claim(Supplier<DeliveryClaim> look) {
        try {
            return look.get();
        } catch (RuntimeException e) {
            LOG.error(
                    "The delivery store failed at endpoint {}; the sender is told to come again later",
                    settings.name(),
                    e);
            return null;
        }
    }

    private Decision<E> decide(
            @Nullable DeliveryClaim claim, VerifiedWebhook<E> delivery, DeliveryKey key, Duration verification) {
        if (claim == null) {
            return answer(
                    new DeliveryOutcome.Unavailable(settings.name(), provider, verification, genuine(delivery)),
                    WebhookResponse.unavailable());
        }
        if (claim instanceof DeliveryClaim.Granted granted) {
            return admitted(delivery, verification, handled -> settle(key, granted.token(), handled));
        }
        return claim instanceof DeliveryClaim.Completed
                ? answer(
                        new DeliveryOutcome.Duplicate(settings.name(), provider, verification, genuine(delivery)),
                        WebhookResponse.ok())
                : answer(
                        new DeliveryOutcome.InProgress(settings.name(), provider, verification, genuine(delivery)),
                        WebhookResponse.inProgress());
    }

    private Decision<E> admitted(VerifiedWebhook<E> delivery, Duration verification, Consumer<Boolean> claim) {
        return new Decision.Admitted<>(new AdmittedDelivery<>(delivery, nanoTime, new AdmittedDelivery.Listener() {
            @Override
            public void ended(Kind kind, HandlerResult result, boolean late) {
                claim.accept(kind == Kind.HANDLED);
                if (late) {
                    LOG.warn(
                            "The handler at {} ended after its request had timed out: {}, delivery {}",
                            settings.name(),
                            kind,
                            delivery.deliveryKey());
                } else {
                    report(handling(kind, verification, genuine(delivery), result));
                }
            }

            @Override
            public void timedOut(HandlerResult result) {
                report(new DeliveryOutcome.TimedOut(
                        settings.name(), provider, verification, genuine(delivery), result));
            }
        }));
    }

    private void settle(DeliveryKey key, UUID token, boolean handled) {
        try {
            boolean held = handled ? store.complete(key, token) : store.release(key, token);
            if (!held) {
                LOG.warn(
                        "Handling delivery {} took longer than the lease of {}: it may have been handled twice",
                        key,
                        lease);
            }
        } catch (RuntimeException e) {
            LOG.error(
                    "The delivery store failed after delivery {} was {}: {}",
                    key,
                    handled ? "handled" : "not handled",
                    handled ? "a redelivery may be handled again" : "a redelivery is held up until the lease is over",
                    e);
        }
    }

    private Decision<E> answer(DeliveryOutcome outcome, WebhookResponse response) {
        report(outcome);
        return new Decision.Answered<>(response);
    }

    private void reportRejected(ReadRequest request, RejectionReason reason) {
        RejectedDelivery delivery = new RejectedDelivery(
                settings.name(), provider.name(), reason, settings.clock().instant(), request, request.isComplete());
        tellObservers(observer -> observer.rejected(delivery));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private @Nullable String detail(WebhookRejectedException rejection) {
        if (rejection.detail() != null) {
            return rejection.detail();
        }
        return switch (rejection.reason()) {
            case BODY_TOO_LARGE ->
                "the limit is " + bodyLimits.maxBytes() + " bytes: " + settings.property("max-body-size");
            case BODY_TIMEOUT -> "the limit is " + bodyLimits.timeout() + ": hookseal.body-timeout";
            case OVERLOADED ->
                "bodies that are arriving hold " + bodyLimits.budget().heldBytes() + " bytes: hookseal.body-budget";
            default -> null;
        };
    }

    private DeliveryOutcome handling(Kind kind, Duration verification, GenuineDelivery delivery, HandlerResult result) {
        String endpoint = settings.name();
        return switch (kind) {
            case HANDLED -> new DeliveryOutcome.Handled(endpoint, provider, verification, delivery, result);
            case FAILED -> new DeliveryOutcome.Failed(endpoint, provider, verification, delivery, result);
            case FAILED_AFTER_ANSWER ->
                new DeliveryOutcome.FailedAfterAnswer(endpoint, provider, verification, delivery, result);
            default -> throw new AssertionError("A handler does not end as " + kind);
        };
    }

    private static GenuineDelivery genuine(VerifiedWebhook<?> delivery) {
        return new GenuineDelivery(
                delivery.eventName(),
                delivery.deliveryKey(),
                delivery.matchedSecret(),
                delivery.signedForm(),
                delivery.unexpectedMembers());
    }

    private void report(DeliveryOutcome outcome) {
        tellObservers(observer -> observer.observe(outcome));
    }

    private void tellObservers(Consumer<DeliveryObserver> telling) {
        for (DeliveryObserver observer : observers) {
            try {
                telling.accept(observer);
            } catch (RuntimeException e) {
                LOG.warn("An observer of deliveries failed", e);
            }
        }
    }

    /** Collects what a receiver works with. */
    public static final class Builder<E> {
        private final WebhookProvider<E> provider;
        private final EndpointSettings settings;
        private @Nullable DeliveryStore store;
        private boolean enabled = true;
        private @Nullable Duration lease;
        private Duration bodyTimeout = BodyLimits.DEFAULT_TIMEOUT;
        private BodyBudget bodyBudget = BodyBudget.ofTheHeap();
        private final List<DeliveryObserver> observers = new ArrayList<>();
        private LongSupplier nanoTime = System::nanoTime;
        private ClaimWait claimWait = new ClaimWait();
        private @Nullable Function<? super VerifiedWebhook<E>, @Nullable String> ownId;
        private @Nullable Duration idRetention;
        private @Nullable Inbox inbox;
        private Set<String> inboxEvents = Set.of();

        private Builder(WebhookProvider<E> provider, EndpointSettings settings) {
            this.provider = Objects.requireNonNull(provider, "provider");
            this.settings = Objects.requireNonNull(settings, "settings");
        }

        /** Where deliveries are remembered; endpoints may share one. Unless set, the receiver has one in memory. */
        public Builder<E> store(DeliveryStore store) {
            this.store = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Has events accepted by an inbox and answered with 202, in place of a handler that runs while the sender waits. The
         * inbox recognises duplicates of them, and the delivery store plays no part.
         *
         * @param events the names of these events; empty for all
         */
        public Builder<E> inbox(Inbox inbox, Set<String> events) {
            this.inbox = Objects.requireNonNull(inbox, "inbox");
            this.inboxEvents = Set.copyOf(events);
            return this;
        }

        /** Has every request answered with 404, and nothing verified or observed. */
        public Builder<E> disabled() {
            this.enabled = false;
            return this;
        }

        /**
         * How long a handler may take: after that a redelivery is handled as if the first one had been lost. That of
         * the settings unless set here.
         *
         * @throws WebhookConfigurationException if it is not positive
         */
        public Builder<E> lease(Duration lease) {
            if (lease.isNegative() || lease.isZero()) {
                throw new WebhookConfigurationException(
                        settings.property("lease") + " is " + lease, "set it to a positive duration, such as 5m");
            }
            this.lease = lease;
            return this;
        }

        /**
         * Within which a whole body has to arrive, before its sender is answered with 408. 10 seconds unless set.
         *
         * @throws WebhookConfigurationException if it is not positive
         */
        public Builder<E> bodyTimeout(Duration bodyTimeout) {
            if (bodyTimeout.isNegative() || bodyTimeout.isZero()) {
                throw new WebhookConfigurationException(
                        "hookseal.body-timeout is " + bodyTimeout, "set it to a positive duration, such as 10s");
            }
            this.bodyTimeout = bodyTimeout;
            return this;
        }

        /** What all bodies that are still arriving may hold; endpoints share one. That of this process unless set. */
        public Builder<E> bodyBudget(BodyBudget bodyBudget) {
            this.bodyBudget = Objects.requireNonNull(bodyBudget, "bodyBudget");
            return this;
        }

        /** Adds one that hears each outcome, besides the log. */
        public Builder<E> observer(DeliveryObserver observer) {
            observers.add(Objects.requireNonNull(observer, "observer"));
            return this;
        }

        /**
         * Identifies deliveries for duplicate detection by the application's own function, in place of the provider's id:
         * for Extracta, say, by file and status. Two deliveries with the same id are one, and the second is not handled.
         *
         * @param id returns the id of a verified delivery; null if it has none and is always handled. An id from
         *     {@link VerifiedWebhook#unsignedHeaders()} is one that anyone can choose
         * @param retention how long an id is remembered: longer than the sender redelivers
         * @throws WebhookConfigurationException if the retention is not positive
         */
        public Builder<E> deliveryId(Function<? super VerifiedWebhook<E>, @Nullable String> id, Duration retention) {
            if (retention.isNegative() || retention.isZero()) {
                throw new WebhookConfigurationException(
                        "The retention of delivery ids at endpoint " + settings.name() + " is " + retention,
                        "give a positive duration, such as Duration.ofDays(7)");
            }
            this.ownId = Objects.requireNonNull(id, "id");
            this.idRetention = retention;
            return this;
        }

        // for tests
        Builder<E> claimWait(ClaimWait claimWait) {
            this.claimWait = claimWait;
            return this;
        }

        // for tests
        Builder<E> nanoTime(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
            return this;
        }

        /**
         * The receiver.
         *
         * @throws WebhookConfigurationException if the provider rejects one of the settings
         */
        public WebhookReceiver<E> build() {
            return new WebhookReceiver<>(this);
        }
    }
}
