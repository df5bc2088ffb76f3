package dev.hookseal.formflow.client;

import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of the subscriptions that deliver to one endpoint, loaded from FormFlow's API, so that a new subscription
 * needs no restart.
 *
 * <pre>{@code
 * SubscribedSecrets secrets = SubscribedSecrets.builder(subscriptions, endpoint).build();
 * EndpointSettings settings = EndpointSettings.builder("formflow").secrets(secrets).build();
 * WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(new FormFlowProvider(), settings)
 *         .observer(secrets)
 *         .build();
 * }</pre>
 *
 * <p>Deliveries are verified with the secrets in memory. They are loaded again, on a separate thread,
 *
 * <ul>
 *   <li>once the refresh interval is over, when the next delivery comes, which does not wait for it;
 *   <li>when a delivery names an event that has no secret yet: it waits for the answer, for at most 2 seconds, and
 *       no more than 4 deliveries wait at a time;
 *   <li>when a signature does not match, if this is also an observer of the receiver: that delivery is rejected, and its
 *       redelivery meets the new secret.
 * </ul>
 *
 * <p>Anyone who sends forgeries can cause calls of the API by the last two, so that there is never more than one call
 * at a time, and none before the pause after the one before is over. Where the API does not answer, the known secrets
 * go on working; if it never answered, {@link #secretsFor} throws, and the sender is told to come again later. A secret
 * that the list no longer has is not taken any more once the list has been loaded.
 *
 * <p>Safe for use by any number of threads. It holds nothing that has to be closed.
 */
public final class SubscribedSecrets implements SecretSource, DeliveryObserver {
    private static final Logger LOG = LoggerFactory.getLogger(SubscribedSecrets.class);
    private static final int MOST_WAITING = 4;
    private static final Executor DAEMON = task -> {
        Thread thread = new Thread(task, "hookseal-formflow-secrets");
        thread.setDaemon(true);
        thread.start();
    };

    private final FormFlowSubscriptions subscriptions;
    private final Predicate<URI> urls;
    private final Clock clock;
    private final Duration interval;
    private final Duration pause;
    private final Duration longestWait;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Object lock = new Object();

    private volatile @Nullable Known known;
    private @Nullable CompletableFuture<Void> running;
    private @Nullable Instant lastBegun;
    private boolean failing;

    private record Known(Map<String, List<SigningSecret>> byEvent, Instant since) {
        List<SigningSecret> secretsFor(String event) {
            return byEvent.getOrDefault(event, List.of());
        }
    }

    private SubscribedSecrets(Builder builder) {
        this.subscriptions = builder.subscriptions;
        this.urls = builder.urls;
        this.clock = builder.clock;
        this.interval = builder.interval;
        this.pause = builder.pause;
        this.longestWait = builder.longestWait;
    }

    /**
     * Begins the secrets of the subscriptions to one URL. URLs are compared as a whole, scheme and host in any case.
     *
     * @param url the public URL of the endpoint, as it was subscribed
     */
    public static Builder builder(FormFlowSubscriptions subscriptions, URI url) {
        Objects.requireNonNull(url, "url");
        return builder(subscriptions, url::equals);
    }

    /**
     * Begins a source for an endpoint that has several URLs. Anyone who knows the secret of a subscription that counts
     * can sign what this endpoint takes, so those of a test system must not count in production.
     */
    public static Builder builder(FormFlowSubscriptions subscriptions, Predicate<URI> urls) {
        return new Builder(subscriptions, urls);
    }

    /**
     * Returns the secrets of all subscriptions to an event that count, the youngest subscription first; none if there
     * is no such subscription.
     *
     * @throws FormFlowApiException if the API has never answered yet
     */
    @Override
    public List<SigningSecret> secretsFor(String eventType) {
        Known present = known;
        if (present != null && !present.secretsFor(eventType).isEmpty()) {
            if (hasPassed(interval, present.since())) {
                begin();
            }
            return present.secretsFor(eventType);
        }
        begin();
        awaitRunning();
        present = known;
        if (present == null) {
            throw FormFlowApiException.unknownSecrets();
        }
        return present.secretsFor(eventType);
    }

    /** Loads the secrets again if a signature of FormFlow's did not match. */
    @Override
    public void observe(DeliveryOutcome outcome) {
        if (outcome instanceof DeliveryOutcome.Rejected rejected
                && rejected.reason() == RejectionReason.SIGNATURE_MISMATCH
                && outcome.provider().eventClass() == FormFlowEvent.class) {
            begin();
        }
    }

    /**
     * Loads the secrets now, whatever the pause, and waits for the answer: at start-up, so that the first delivery
     * finds them, or when something has been subscribed to.
     *
     * @throws FormFlowApiException if the API answers with an error or not in time; what was known stays
     */
    public void refresh() {
        CompletableFuture<Void> own;
        synchronized (lock) {
            CompletableFuture<Void> before =
                    running == null ? CompletableFuture.completedFuture(null) : running.exceptionally(failure -> null);
            lastBegun = clock.instant();
            own = before.thenRunAsync(this::load, DAEMON);
            running = own;
        }
        try {
            own.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Begins a call of the API, unless one is running or it is too soon for one. */
    private void begin() {
        synchronized (lock) {
            boolean idle = running == null || running.isDone();
            if (idle && (lastBegun == null || hasPassed(pause, lastBegun))) {
                lastBegun = clock.instant();
                running = CompletableFuture.runAsync(this::load, DAEMON);
            }
        }
    }

    // a clock that was put back must not keep the secrets as they are
    private boolean hasPassed(Duration time, Instant since) {
        Duration passed = Duration.between(since, clock.instant());
        return passed.isNegative() || passed.compareTo(time) >= 0;
    }

    private void awaitRunning() {
        CompletableFuture<Void> call;
        synchronized (lock) {
            call = running;
        }
        if (call == null || call.isDone() || !waiting.tryAcquire()) {
            return;
        }
        try {
            call.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("A delivery goes on with the secrets that are known", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.release();
        }
    }

    private void load() {
        Instant since = clock.instant();
        try {
            Map<String, List<SigningSecret>> secrets = new HashMap<>();
            subscriptions.list().stream()
                    .filter(subscription -> counts(subscription.url()))
                    .sorted(Comparator.comparing(FormFlowSubscriptions::age).reversed())
                    .forEach(subscription -> secrets.computeIfAbsent(subscription.event(), event -> new ArrayList<>())
                            .add(subscription.secret()));
            secrets.replaceAll((event, newestFirst) -> List.copyOf(newestFirst));
            loaded(new Known(secrets, since));
        } catch (RuntimeException e) {
            failed(e);
            throw e;
        }
    }

    private boolean counts(String url) {
        try {
            return urls.test(URI.create(url));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void loaded(Known loaded) {
        Known before = known;
        if (loaded.byEvent().isEmpty()) {
            LOG.warn("FormFlow has no subscription that delivers to this endpoint: every delivery will be rejected");
        } else if (before == null
                || !before.byEvent().keySet().equals(loaded.byEvent().keySet())) {
            LOG.info(
                    "FormFlow has subscriptions to {} that deliver to this endpoint",
                    loaded.byEvent().keySet());
        }
        known = loaded;
        failing = false;
    }

    private void failed(RuntimeException failure) {
        if (failing) {
            LOG.debug("FormFlow's API still does not give the subscriptions", failure);
        } else if (known == null) {
            LOG.error("FormFlow's API does not give the subscriptions: deliveries are answered with 503", failure);
        } else {
            LOG.warn("FormFlow's API does not give the subscriptions: the known secrets are used on", failure);
        }
        failing = true;
    }

    /** Returns the events that have secrets. */
    @Override
    public String toString() {
        Known present = known;
        return "SubscribedSecrets["
                + (present == null ? "not loaded yet" : present.byEvent().keySet()) + "]";
    }

    /** Collects what the source works with. */
    public static final class Builder {
        private final FormFlowSubscriptions subscriptions;
        private final Predicate<URI> urls;
        private Clock clock = Clock.systemUTC();
        private Duration interval = Duration.ofMinutes(10);
        private Duration pause = Duration.ofSeconds(15);
        private Duration longestWait = Duration.ofSeconds(2);

        private Builder(FormFlowSubscriptions subscriptions, Predicate<URI> urls) {
            this.subscriptions = Objects.requireNonNull(subscriptions, "subscriptions");
            this.urls = Objects.requireNonNull(urls, "urls");
        }

        /** Sets the clock of interval and pause; the system's unless set. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets after what time the secrets are loaded again; 10 minutes unless set.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder refreshEvery(Duration interval) {
            this.interval = positive(interval);
            return this;
        }

        /**
         * Sets the shortest time from one call of the API to the next, whatever is delivered; 15 seconds unless set.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder pause(Duration pause) {
            this.pause = positive(pause);
            return this;
        }

        /**
         * Sets how long a delivery of an event without a secret waits for the API's answer; 2 seconds unless set.
         * FormFlow expects its own answer within 5.
         *
         * @throws IllegalArgumentException if it is not positive, or longer than a minute
         */
        public Builder longestWait(Duration longestWait) {
            if (longestWait.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException("A delivery waits for at most a minute, not " + longestWait);
            }
            this.longestWait = positive(longestWait);
            return this;
        }

        private static Duration positive(Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("The time must be positive, and it is " + duration);
            }
            return duration;
        }

        /**
         * Returns the source. It loads the secrets when they are first needed; see also
         * {@link SubscribedSecrets#refresh}.
         */
        public SubscribedSecrets build() {
            return new SubscribedSecrets(this);
        }
    }
}
