package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An event loop decides on deliveries where nothing may block, and never waits for a claim in progress. */
class WaitingThreadTest {

    @Test
    void theEventLoopDoesNotWaitForAClaimInProgress() throws Exception {
        Threads threads = new Threads();
        try (Server server = Server.startUnobserved("waiting-thread", Server.endpointsOf(Handlers.class), threads)) {
            Delivery delivery = Delivery.of("waited-for");
            CompletableFuture<java.net.http.HttpResponse<String>> first = server.client()
                    .sendAsync(delivery.request(server.uri("/waiting/slow")).build(), BodyHandlers.ofString());
            assertThat(Handlers.STARTED.await(1, TimeUnit.MINUTES)).isTrue();

            assertThat(server.send("/waiting/slow", delivery).statusCode()).isEqualTo(409);
            Handlers.RELEASED.complete("done");
            assertThat(first.join().statusCode()).isEqualTo(200);
            assertThat(server.send("/waiting/slow", delivery).statusCode()).isEqualTo(200);

            assertThat(threads.of(Kind.IN_PROGRESS)).isNotInstanceOf(FastThreadLocalThread.class);
            assertThat(threads.of(Kind.DUPLICATE)).isInstanceOf(FastThreadLocalThread.class);
        }
    }

    /** Notes which thread decided. */
    private static final class Threads implements DeliveryObserver {
        private final Map<Kind, Thread> byKind = new ConcurrentHashMap<>();

        @Override
        public void observe(DeliveryOutcome outcome) {
            byKind.put(outcome.kind(), Thread.currentThread());
        }

        @Override
        public boolean mayBlock() {
            return false;
        }

        Thread of(Kind kind) {
            return byKind.get(kind);
        }
    }

    /** Ends when it is told. */
    @Controller("/waiting")
    @Requires(property = "spec", value = "waiting-thread")
    static final class Handlers {
        static final CountDownLatch STARTED = new CountDownLatch(1);
        static final CompletableFuture<String> RELEASED = new CompletableFuture<>();

        @WebhookEndpoint("slow")
        @Post("/slow")
        CompletionStage<String> slow(FormFlowEvent event) {
            STARTED.countDown();
            return RELEASED;
        }
    }
}
