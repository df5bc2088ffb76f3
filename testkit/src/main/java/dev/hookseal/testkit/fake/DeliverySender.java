package dev.hookseal.testkit.fake;

import dev.hookseal.testkit.SignedDelivery;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Carries deliveries over HTTP, in rounds: what one round leaves unacknowledged is the next one's. */
final class DeliverySender {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Duration answerTimeout;
    private final Clock clock;
    private final Consumer<Duration> waiting;

    DeliverySender(Duration answerTimeout, Clock clock, Consumer<Duration> waiting) {
        this.answerTimeout = answerTimeout;
        this.clock = clock;
        this.waiting = waiting;
    }

    private static final class Journey {
        private final OutgoingDelivery outgoing;
        private final List<DeliveryAttempt> attempts = new ArrayList<>();

        Journey(OutgoingDelivery outgoing) {
            this.outgoing = outgoing;
        }

        SentDelivery sent() {
            return new SentDelivery(outgoing.event(), outgoing.delivery(), outgoing.url(), attempts);
        }
    }

    /** In the order given, one after the other. */
    List<SentDelivery> carry(List<OutgoingDelivery> outgoing, RetrySchedule redelivery) {
        return carry(outgoing, redelivery, false);
    }

    /** All of a round at the same time. */
    List<SentDelivery> carryAtOnce(List<OutgoingDelivery> outgoing, RetrySchedule redelivery) {
        return carry(outgoing, redelivery, true);
    }

    private List<SentDelivery> carry(List<OutgoingDelivery> outgoing, RetrySchedule redelivery, boolean atOnce) {
        List<Journey> journeys = outgoing.stream().map(Journey::new).toList();
        Duration after = Duration.ZERO;
        round(journeys, after, atOnce);
        for (Duration delay : redelivery.delays()) {
            List<Journey> again = journeys.stream()
                    .filter(journey -> !journey.sent().isAcknowledged())
                    .toList();
            if (again.isEmpty()) {
                break;
            }
            waiting.accept(delay);
            after = after.plus(delay);
            round(again, after, atOnce);
        }
        return journeys.stream().map(Journey::sent).toList();
    }

    private void round(List<Journey> journeys, Duration after, boolean atOnce) {
        List<CompletableFuture<DeliveryAttempt>> attempts = new ArrayList<>();
        for (Journey journey : journeys) {
            CompletableFuture<DeliveryAttempt> attempt = send(journey.outgoing, journey.attempts.size() + 1, after);
            attempts.add(attempt);
            if (!atOnce) {
                attempt.join();
            }
        }
        for (int at = 0; at < journeys.size(); at++) {
            journeys.get(at).attempts.add(attempts.get(at).join());
        }
    }

    private CompletableFuture<DeliveryAttempt> send(OutgoingDelivery outgoing, int number, Duration after) {
        SignedDelivery delivery =
                number == 1 ? outgoing.delivery() : outgoing.delivery().redeliveredAt(clock.instant());
        HttpRequest request = delivery.toHttpRequest(outgoing.url());
        long start = System.nanoTime();
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(request, BodyHandlers.discarding());
        return exchange.copy()
                .orTimeout(answerTimeout.toNanos(), TimeUnit.NANOSECONDS)
                .handle((response, failure) -> {
                    Duration duration = Duration.ofNanos(System.nanoTime() - start);
                    exchange.cancel(true);
                    return failure == null
                            ? new DeliveryAttempt(
                                    number, after, OptionalInt.of(response.statusCode()), duration, "", false)
                            : unanswered(number, after, duration, failure);
                });
    }

    private DeliveryAttempt unanswered(int number, Duration after, Duration duration, Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null && !(root instanceof IOException); cause = cause.getCause()) {
            root = cause;
        }
        String reason = root instanceof TimeoutException
                ? "none within " + answerTimeout
                : root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        boolean cutOff = root instanceof IOException && !(root instanceof ConnectException);
        return new DeliveryAttempt(number, after, OptionalInt.empty(), duration, reason, cutOff);
    }
}
