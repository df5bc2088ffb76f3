package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where nothing may block, a delivery is verified and settled on the event loop. All other tests observe, so that they
 * show the same on the blocking executor.
 */
class UnobservedTest {
    private static final AtomicInteger IDS = new AtomicInteger();
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.startUnobserved("unobserved", Server.endpointsOf(Handlers.class));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Delivery delivery(String name) {
        return Delivery.of(name + "-" + IDS.incrementAndGet());
    }

    @ParameterizedTest
    @CsvSource({"nothing, 200", "text, 200", "json, 200", "response, 202", "stage, 200", "mono, 200", "flux, 200"})
    void handlesADeliveryOnce(String kind, int status) throws Exception {
        for (int round = 0; round < 50; round++) {
            Delivery delivery = delivery(kind);

            assertThat(server.send("/unobserved/" + kind, delivery).statusCode())
                    .isEqualTo(status);
            assertThat(server.send("/unobserved/" + kind, delivery).statusCode())
                    .isEqualTo(200);
            assertThat(seen(delivery)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"nothing, 500", "text, 500", "json, 500", "response, 500", "stage, 500", "mono, 500"})
    void handlesARedeliveryAfterAHandlerThatFailed(String kind, int status) throws Exception {
        Delivery delivery = delivery("fail");

        assertThat(server.send("/unobserved/" + kind, delivery).statusCode()).isEqualTo(status);
        assertThat(server.send("/unobserved/" + kind, delivery).statusCode()).isEqualTo(status);

        assertThat(seen(delivery)).isEqualTo(2);
    }

    @Test
    void rejectsAForgery() throws Exception {
        Delivery forged = delivery("forged").withSignature("0".repeat(64));

        assertThat(server.send("/unobserved/text", forged).statusCode()).isEqualTo(401);
        assertThat(server.send(forged.unsignedRequest(server.uri("/unobserved/text"))
                                .build())
                        .statusCode())
                .isEqualTo(401);
        assertThat(seen(forged)).isZero();
    }

    @Test
    void answersARedeliveryWhileTheFirstIsHandled() throws Exception {
        Delivery delivery = delivery("slow");
        CompletableFuture<java.net.http.HttpResponse<String>> first = server.client()
                .sendAsync(
                        delivery.request(server.uri("/unobserved/slow")).build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(Handlers.STARTED.await(1, TimeUnit.MINUTES)).isTrue();

        assertThat(server.send("/unobserved/slow", delivery).statusCode()).isEqualTo(409);

        Handlers.RELEASED.complete("slow");
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(server.send("/unobserved/slow", delivery).statusCode()).isEqualTo(200);
        assertThat(seen(delivery)).isEqualTo(1);
    }

    @Test
    void handlesADeliveryThatManySendAtOnceOnce() {
        Delivery delivery = delivery("text");
        List<CompletableFuture<Integer>> statuses = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            statuses.add(server.client()
                    .sendAsync(
                            delivery.request(server.uri("/unobserved/text")).build(),
                            java.net.http.HttpResponse.BodyHandlers.ofString())
                    .thenApply(java.net.http.HttpResponse::statusCode));
        }

        assertThat(statuses).allSatisfy(status -> assertThat(status.join()).isIn(200, 409));
        assertThat(seen(delivery)).isEqualTo(1);
    }

    private static long seen(Delivery delivery) {
        String id = delivery.text().replaceAll("^\\{\"eventId\":\"([^\"]*)\".*", "$1");
        return server.seen().stream().filter(id::equals).count();
    }

    @Introspected
    record Answer(String id) {}

    @Requires(property = "spec", value = "unobserved")
    @Controller("/unobserved")
    static class Handlers {
        static final CountDownLatch STARTED = new CountDownLatch(1);
        static final CompletableFuture<String> RELEASED = new CompletableFuture<>();

        private final Seen seen;

        Handlers(Seen seen) {
            this.seen = seen;
        }

        private String work(FormFlowEvent event) {
            seen.add(event.eventId());
            if (event.eventId().startsWith("fail")) {
                throw new UnsupportedOperationException("the handler of " + event.eventId());
            }
            return event.eventId();
        }

        @WebhookEndpoint("nothing")
        @Post("/nothing")
        void nothing(FormFlowEvent event) {
            work(event);
        }

        @WebhookEndpoint("text")
        @Post("/text")
        String text(FormFlowEvent event, @Body String body) {
            return work(event) + body.length();
        }

        @WebhookEndpoint("json")
        @Post("/json")
        Answer json(FormFlowEvent event) {
            return new Answer(work(event));
        }

        @WebhookEndpoint("response")
        @Post("/response")
        HttpResponse<Answer> response(FormFlowEvent event) {
            return HttpResponse.accepted().body(new Answer(work(event)));
        }

        @WebhookEndpoint("stage")
        @Post("/stage")
        CompletionStage<String> stage(FormFlowEvent event) {
            return CompletableFuture.supplyAsync(() -> work(event));
        }

        @WebhookEndpoint("mono")
        @Post("/mono")
        Mono<String> mono(FormFlowEvent event) {
            return Mono.fromCallable(() -> work(event));
        }

        @WebhookEndpoint("flux")
        @Post("/flux")
        Flux<String> flux(FormFlowEvent event) {
            return Flux.just("a").concatWith(Mono.fromCallable(() -> work(event)));
        }

        @WebhookEndpoint("slow")
        @Post("/slow")
        CompletionStage<String> slow(FormFlowEvent event) {
            work(event);
            STARTED.countDown();
            return RELEASED;
        }
    }
}
