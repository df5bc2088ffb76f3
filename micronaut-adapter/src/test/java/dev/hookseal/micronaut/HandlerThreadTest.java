package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.NonBlocking;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** A handler runs where the same method would run without Hookseal; a delivery is verified where it keeps nobody up. */
class HandlerThreadTest {
    private static final String EVENT_LOOP = "EventLoop";
    private static final AtomicInteger IDS = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({
        "MANUAL, true", "MANUAL, false",
        "AUTO, true", "AUTO, false",
        "IO, true", "IO, false",
        "BLOCKING, true", "BLOCKING, false",
    })
    void runsAHandlerWhereItRunsWithoutHookseal(String selection, boolean mayBlock) throws Exception {
        Map<String, Object> properties = new HashMap<>(Server.endpointsOf(Handlers.class));
        properties.put("micronaut.server.thread-selection", selection);
        SoftAssertions all = new SoftAssertions();
        try (Server server =
                mayBlock ? Server.start("threads", properties) : Server.startUnobserved("threads", properties)) {
            for (String kind : List.of("plain", "blocking", "non-blocking", "stage", "mono")) {
                for (int size : new int[] {200, 300_000}) {
                    Delivery delivery = Delivery.ofSize("e-" + IDS.incrementAndGet(), size);

                    String without = server.send("/threads/" + kind + "/without", delivery)
                            .body();
                    String with = server.send("/threads/" + kind, delivery).body();
                    all.assertThat(kindOfThread(with)).as(kind + " " + size).isEqualTo(kindOfThread(without));
                }
            }
        }
        all.assertAll();
    }

    private static String kindOfThread(String name) {
        return name.replaceAll("-*\\d+", "*");
    }

    @Test
    void verifiesWhereADeliveryArrivedUnlessItIsLargeOrSomethingMayBlock() throws Exception {
        NotingProvider provider = new NotingProvider();
        Map<String, Object> properties =
                Map.of("hookseal.endpoints.plain.provider", "noting", "hookseal.endpoints.plain.secret", Server.SECRET);
        try (Server server = Server.startUnobserved("noting", properties, provider)) {
            server.send("/noting", Delivery.ofSize("e-1", 64 * 1024));
            server.send("/noting", Delivery.ofSize("e-2", 64 * 1024 + 1));
        }
        try (Server server = Server.start("noting", properties, provider)) {
            server.send("/noting", Delivery.ofSize("e-3", 200));
        }

        assertThat(provider.threads).hasSize(3);
        assertThat(provider.threads.get(0)).contains(EVENT_LOOP);
        assertThat(provider.threads.subList(1, 3)).noneMatch(name -> name.contains(EVENT_LOOP));
    }

    /** FormFlow, with the threads on which it verified. */
    static final class NotingProvider implements WebhookProvider<FormFlowEvent> {
        final List<String> threads = new CopyOnWriteArrayList<>();
        private final FormFlowProvider provider = new FormFlowProvider();

        @Override
        public String name() {
            return "noting";
        }

        @Override
        public Class<FormFlowEvent> eventClass() {
            return provider.eventClass();
        }

        @Override
        public List<Setting<?>> settings() {
            return provider.settings();
        }

        @Override
        public SignatureScheme scheme(EndpointSettings settings) {
            return provider.scheme(settings);
        }

        @Override
        public ReadEvent<FormFlowEvent> read(SignedContent content, EndpointSettings settings)
                throws WebhookRejectedException {
            threads.add(Thread.currentThread().getName());
            return provider.read(content, settings);
        }
    }

    @Requires(property = "spec", value = "noting")
    @Controller
    static class Noted {
        @WebhookEndpoint("plain")
        @Post("/noting")
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "threads")
    @Controller("/threads")
    static class Handlers {
        private static String thread() {
            return Thread.currentThread().getName();
        }

        @WebhookEndpoint("plain")
        @Post("/plain")
        String plain(FormFlowEvent event, @Body String body) {
            return thread();
        }

        @Post("/plain/without")
        String plain(@Body String body) {
            return thread();
        }

        @WebhookEndpoint("blocking")
        @Post("/blocking")
        @ExecuteOn(TaskExecutors.BLOCKING)
        String blocking(FormFlowEvent event, @Body String body) {
            return thread();
        }

        @Post("/blocking/without")
        @ExecuteOn(TaskExecutors.BLOCKING)
        String blocking(@Body String body) {
            return thread();
        }

        @WebhookEndpoint("non-blocking")
        @Post("/non-blocking")
        @NonBlocking
        String nonBlocking(FormFlowEvent event, @Body String body) {
            return thread();
        }

        @Post("/non-blocking/without")
        @NonBlocking
        String nonBlocking(@Body String body) {
            return thread();
        }

        @WebhookEndpoint("stage")
        @Post("/stage")
        CompletionStage<String> stage(FormFlowEvent event, @Body String body) {
            return CompletableFuture.completedFuture(thread());
        }

        @Post("/stage/without")
        CompletionStage<String> stage(@Body String body) {
            return CompletableFuture.completedFuture(thread());
        }

        @WebhookEndpoint("mono")
        @Post("/mono")
        Mono<String> mono(FormFlowEvent event, @Body String body) {
            return Mono.fromCallable(Handlers::thread);
        }

        @Post("/mono/without")
        Mono<String> mono(@Body String body) {
            return Mono.fromCallable(Handlers::thread);
        }
    }
}
