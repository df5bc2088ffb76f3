package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One delivery is handled once, and what the handler answers decides whether it was. */
class HandlingTest {
    private static final AtomicInteger IDS = new AtomicInteger();
    private static final ThreadsOfStore STORE = new ThreadsOfStore();
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.start("handling", Server.endpointsOf(Handlers.class), STORE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync",
                "void",
                "on-executor",
                "future",
                "mono",
                "mono-response",
                "flux",
                "empty-mono",
                "late-future"
            })
    void handlesADeliveryOnceHoweverTheHandlerIsWritten(String kind) throws Exception {
        Delivery delivery = delivery("ok");

        assertThat(server.send("/handling/" + kind, delivery).statusCode()).isEqualTo(200);
        assertThat(server.send("/handling/" + kind, delivery).statusCode()).isEqualTo(200);

        assertThat(kindsOf(delivery)).containsExactly(Kind.HANDLED, Kind.DUPLICATE);
        assertThat(seen(delivery)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "sync, 500",
        "void, 500",
        "on-executor, 500",
        "future, 500",
        "mono, 500",
        "mono-response, 500",
        "late-future, 500",
        "status-exception, 422",
        "error-response, 503",
        "own-error-route, 418",
        "mapped-to-200, 200",
    })
    void handlesARedeliveryAfterAHandlerThatFailed(String kind, int status) throws Exception {
        Delivery delivery = delivery("fail");

        java.net.http.HttpResponse<String> first = server.send("/handling/" + kind, delivery);
        server.send("/handling/" + kind, delivery);

        assertThat(first.statusCode()).isEqualTo(status);
        Kind expected = status == 200 ? Kind.HANDLED : Kind.FAILED;
        assertThat(kindsOf(delivery)).first().isEqualTo(expected);
        assertThat(seen(delivery)).isEqualTo(status == 200 ? 1 : 2);
    }

    @Test
    void handlesARedeliveryAfterAStreamThatBrokeOff() {
        Delivery delivery = delivery("fail");

        sendAndExpectNoAnswer("/handling/flux", delivery);
        sendAndExpectNoAnswer("/handling/flux", delivery);

        assertThat(kindsOf(delivery)).containsExactly(Kind.FAILED_AFTER_ANSWER, Kind.FAILED_AFTER_ANSWER);
        assertThat(seen(delivery)).isEqualTo(2);
    }

    private static void sendAndExpectNoAnswer(String path, Delivery delivery) {
        try {
            java.net.http.HttpResponse<String> response = server.send(path, delivery);
            assertThat(response.statusCode()).isGreaterThanOrEqualTo(500);
        } catch (IOException e) {
            assertThat(e).isNotNull();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void countsTheStatusThatAResponseFilterChanged() throws Exception {
        Delivery delivery = delivery("ok");

        assertThat(server.send("/handling/vetoed", delivery).statusCode()).isEqualTo(500);

        assertThat(kindsOf(delivery)).containsExactly(Kind.FAILED);
    }

    @Test
    void handlesADeliveryThatManySendAtOnceOnce() throws Exception {
        Delivery delivery = delivery("ok");

        List<CompletableFuture<java.net.http.HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            answers.add(server.client()
                    .sendAsync(
                            delivery.request(server.uri("/handling/slow")).build(),
                            java.net.http.HttpResponse.BodyHandlers.ofString()));
        }
        assertThat(Handlers.STARTED.await(1, TimeUnit.MINUTES)).isTrue();
        CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new)).join();
        Handlers.RELEASED.countDown();
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<java.net.http.HttpResponse<String>> answer : answers) {
            statuses.add(answer.join().statusCode());
        }

        assertThat(seen(delivery)).isEqualTo(1);
        assertThat(statuses).containsOnly(200, 409).contains(409);
        assertThat(kindsOf(delivery)).containsOnlyOnce(Kind.HANDLED).doesNotContain(Kind.FAILED, Kind.REJECTED);
    }

    @Test
    void recognisesEveryRedeliveryThatFollowsRightUponTheAnswer() throws Exception {
        for (int i = 0; i < 100; i++) {
            Delivery delivery = delivery("ok");
            server.send("/handling/sync", delivery);
            server.send("/handling/sync", delivery);

            assertThat(kindsOf(delivery)).containsExactly(Kind.HANDLED, Kind.DUPLICATE);
        }
    }

    @Test
    void givesEachOfManySendersItsOwnEvent() {
        Map<String, CompletableFuture<String>> answers = new HashMap<>();
        for (int i = 0; i < 64; i++) {
            Delivery delivery = delivery("ok");
            answers.put(
                    idOf(delivery),
                    server.client()
                            .sendAsync(
                                    delivery.request(server.uri("/handling/sync"))
                                            .build(),
                                    java.net.http.HttpResponse.BodyHandlers.ofString())
                            .thenApply(java.net.http.HttpResponse::body));
        }

        answers.forEach((id, answer) -> assertThat(answer.join()).isEqualTo(id));
    }

    @Test
    void keepsTheStoreOffTheEventLoop() throws Exception {
        server.send("/handling/sync", delivery("ok"));
        server.send("/handling/future", delivery("fail"));
        server.send("/handling/flux", delivery("ok"));

        assertThat(STORE.threads).isNotEmpty().noneMatch(name -> name.contains("EventLoop"));
    }

    private static Delivery delivery(String name) {
        return Delivery.of(name + "-" + IDS.incrementAndGet());
    }

    private static String idOf(Delivery delivery) {
        return delivery.text().replaceAll("^\\{\"eventId\":\"([^\"]*)\".*", "$1");
    }

    private static long seen(Delivery delivery) {
        return server.seen().stream().filter(idOf(delivery)::equals).count();
    }

    private static List<Kind> kindsOf(Delivery delivery) {
        return server.outcomes().stream()
                .filter(outcome -> outcome.deliveryKey()
                        .filter(key -> key.value().endsWith(":" + idOf(delivery)))
                        .isPresent())
                .map(DeliveryOutcome::kind)
                .toList();
    }

    @Requires(property = "spec", value = "handling")
    @Controller("/handling")
    static class Handlers {
        static final CountDownLatch STARTED = new CountDownLatch(1);
        static final CountDownLatch RELEASED = new CountDownLatch(1);

        private final Seen seen;
        private final ExecutorService other;

        Handlers(Seen seen, @Named(TaskExecutors.IO) ExecutorService other) {
            this.seen = seen;
            this.other = other;
        }

        private String work(FormFlowEvent event) {
            seen.add(event.eventId());
            if (event.eventId().startsWith("fail")) {
                throw new UnsupportedOperationException("the handler of " + event.eventId());
            }
            return event.eventId();
        }

        @WebhookEndpoint("sync")
        @Post("/sync")
        String sync(FormFlowEvent event) {
            return work(event);
        }

        @WebhookEndpoint("void")
        @Post("/void")
        void nothing(FormFlowEvent event) {
            work(event);
        }

        @WebhookEndpoint("on-executor")
        @Post("/on-executor")
        @ExecuteOn(TaskExecutors.IO)
        String onExecutor(FormFlowEvent event) {
            return work(event);
        }

        @WebhookEndpoint("future")
        @Post("/future")
        CompletionStage<String> future(FormFlowEvent event) {
            return CompletableFuture.supplyAsync(() -> work(event), other);
        }

        @WebhookEndpoint("late-future")
        @Post("/late-future")
        CompletionStage<HttpResponse<String>> lateFuture(FormFlowEvent event) {
            return CompletableFuture.supplyAsync(
                    () -> HttpResponse.ok(work(event)),
                    CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS, other));
        }

        @WebhookEndpoint("mono")
        @Post("/mono")
        Mono<String> mono(FormFlowEvent event) {
            return Mono.fromCallable(() -> work(event));
        }

        @WebhookEndpoint("empty-mono")
        @Post("/empty-mono")
        Mono<Void> emptyMono(FormFlowEvent event) {
            return Mono.fromRunnable(() -> work(event));
        }

        @WebhookEndpoint("mono-response")
        @Post("/mono-response")
        Mono<MutableHttpResponse<String>> monoResponse(FormFlowEvent event) {
            return Mono.fromCallable(() -> HttpResponse.ok(work(event)));
        }

        @WebhookEndpoint("flux")
        @Post("/flux")
        Flux<String> flux(FormFlowEvent event) {
            return Flux.just("a", "b").concatWith(Mono.fromCallable(() -> work(event)));
        }

        @WebhookEndpoint("status-exception")
        @Post("/status-exception")
        String statusException(FormFlowEvent event) {
            seen.add(event.eventId());
            throw new HttpStatusException(HttpStatus.UNPROCESSABLE_ENTITY, "no");
        }

        @WebhookEndpoint("error-response")
        @Post("/error-response")
        HttpResponse<String> errorResponse(FormFlowEvent event) {
            seen.add(event.eventId());
            return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE);
        }

        @WebhookEndpoint("own-error-route")
        @Post("/own-error-route")
        String ownErrorRoute(FormFlowEvent event) {
            seen.add(event.eventId());
            throw new IllegalStateException("brew");
        }

        @Error(exception = IllegalStateException.class)
        HttpResponse<String> teapot() {
            return HttpResponse.status(HttpStatus.I_AM_A_TEAPOT);
        }

        @WebhookEndpoint("mapped-to-200")
        @Post("/mapped-to-200")
        String mappedTo200(FormFlowEvent event) {
            seen.add(event.eventId());
            throw new IllegalArgumentException("known, and no harm");
        }

        @Error(exception = IllegalArgumentException.class)
        HttpResponse<String> harmless() {
            return HttpResponse.ok();
        }

        @WebhookEndpoint("vetoed")
        @Post("/vetoed")
        String vetoed(FormFlowEvent event) {
            return work(event);
        }

        @WebhookEndpoint("slow")
        @Post("/slow")
        @ExecuteOn(TaskExecutors.IO)
        String slow(FormFlowEvent event) throws InterruptedException {
            work(event);
            STARTED.countDown();
            return RELEASED.await(1, TimeUnit.MINUTES) ? "slow" : "held up";
        }
    }

    @Requires(property = "spec", value = "handling")
    @ServerFilter("/handling/vetoed")
    static class Veto {
        @ResponseFilter
        HttpResponse<?> veto(HttpRequest<?> request) {
            return HttpResponse.serverError();
        }
    }

    static final class ThreadsOfStore implements DeliveryStore {
        final List<String> threads = new CopyOnWriteArrayList<>();
        private final DeliveryStore store = new InMemoryDeliveryStore(Clock.fixed(Server.NOW, ZoneOffset.UTC));

        private void note() {
            threads.add(Thread.currentThread().getName());
        }

        @Override
        public DeliveryClaim claim(DeliveryKey key, Duration lease) {
            note();
            return store.claim(key, lease);
        }

        @Override
        public boolean complete(DeliveryKey key, UUID token) {
            note();
            return store.complete(key, token);
        }

        @Override
        public boolean release(DeliveryKey key, UUID token) {
            note();
            return store.release(key, token);
        }
    }
}
