package dev.hookseal.micronaut;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.core.io.Writable;
import io.micronaut.core.io.buffer.ByteArrayBufferFactory;
import io.micronaut.core.io.buffer.ByteBuffer;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.sse.Event;
import java.io.IOException;
import java.io.Serializable;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Answers are encoded before the delivery counts as handled, into the bytes that Micronaut would have written. */
class EncodedAnswersTest {
    private static final AtomicInteger IDS = new AtomicInteger();
    private static final HeldStore STORE = new HeldStore();
    private static final String[] ANSWERS = {
        "one",
        "subclass",
        "list",
        "object",
        "writable",
        "serializable",
        "records",
        "no-records",
        "subclasses",
        "objects",
        "numbers",
        "texts",
        "bytes",
        "buffers",
        "writables",
        "lists",
        "response",
        "events",
        "event-stream",
        "event-texts",
        "json-stream",
        "text-numbers",
    };
    private static final String[] NOT_ENCODABLE = {
        "broken", "broken-writable", "broken-first", "broken-later", "broken-event", "broken-writables",
    };

    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.start("encoded", Server.endpointsOf(Handlers.class), STORE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static String[] answers() {
        return ANSWERS;
    }

    static String[] notEncodable() {
        return NOT_ENCODABLE;
    }

    @ParameterizedTest
    @MethodSource("answers")
    void areWrittenAsWithoutHookseal(String path) throws Exception {
        java.net.http.HttpResponse<String> plain = server.send("/plain/" + path, delivery());
        java.net.http.HttpResponse<String> answer = server.send("/encoded/" + path, delivery());

        assertThat(answer.body()).isEqualTo(plain.body());
        assertThat(answer.statusCode()).isEqualTo(plain.statusCode()).isEqualTo(200);
        for (String header : List.of("Content-Type", "Transfer-Encoding")) {
            assertThat(answer.headers().allValues(header))
                    .as(header)
                    .isEqualTo(plain.headers().allValues(header));
        }
    }

    @ParameterizedTest
    @MethodSource("notEncodable")
    void goOutAfterTheClaimIsReleased(String path) throws Exception {
        Delivery delivery = delivery();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        STORE.hold(answer);

        CompletableFuture<Boolean> sent = server.client()
                .sendAsync(delivery.request(server.uri("/encoded/" + path)).build(), BodyHandlers.ofString())
                .handle((response, error) -> answer.complete(null));

        assertThat(sent.get(60, SECONDS)).isTrue();
        assertThat(STORE.hasReleasedFirst()).isTrue();
        assertThat(server.outcomes())
                .filteredOn(outcome -> outcome.deliveryKey()
                        .filter(key -> key.value().endsWith(":e-" + IDS.get()))
                        .isPresent())
                .extracting(DeliveryOutcome::kind)
                .containsExactly(
                        path.equals("broken-later")
                                ? DeliveryOutcome.Kind.FAILED_AFTER_ANSWER
                                : DeliveryOutcome.Kind.FAILED);
    }

    private static Delivery delivery() {
        return Delivery.of("e-" + IDS.incrementAndGet());
    }

    /** Waits for the sender's answer before it releases a claim, and at most for a second. */
    private static final class HeldStore implements DeliveryStore {
        private final DeliveryStore store = new InMemoryDeliveryStore(Clock.fixed(Server.NOW, ZoneOffset.UTC));
        private volatile CompletableFuture<Void> answer = new CompletableFuture<>();
        private volatile boolean releasedFirst;

        void hold(CompletableFuture<Void> answerOfTheNext) {
            releasedFirst = false;
            answer = answerOfTheNext;
        }

        boolean hasReleasedFirst() {
            return releasedFirst;
        }

        @Override
        public DeliveryClaim claim(DeliveryKey key, Duration lease) {
            return store.claim(key, lease);
        }

        @Override
        public boolean complete(DeliveryKey key, UUID token) {
            return store.complete(key, token);
        }

        @Override
        public boolean release(DeliveryKey key, UUID token) {
            releasedFirst = !isCompletedSoon(answer);
            return store.release(key, token);
        }

        private static boolean isCompletedSoon(CompletableFuture<Void> future) {
            try {
                future.get(1, SECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** An answer of an application. */
    @Introspected
    record Item(String name, int number) {}

    @Introspected
    static class Named {
        public String getName() {
            return "a";
        }
    }

    @Introspected
    static class Numbered extends Named {
        public int getNumber() {
            return 1;
        }
    }

    @Introspected
    static class Broken {
        private @Nullable String value;

        public String getValue() {
            return Objects.requireNonNull(value, "This object cannot be written");
        }
    }

    @Requires(property = "spec", value = "encoded")
    @Controller
    static class Handlers {
        @WebhookEndpoint("one")
        @Post("/encoded/one")
        Item one() {
            return new Item("a", 1);
        }

        @Post("/plain/one")
        Item plainOne() {
            return one();
        }

        @WebhookEndpoint("subclass")
        @Post("/encoded/subclass")
        Named subclass() {
            return new Numbered();
        }

        @Post("/plain/subclass")
        Named plainSubclass() {
            return subclass();
        }

        @WebhookEndpoint("list")
        @Post("/encoded/list")
        List<Item> list() {
            return List.of(new Item("a", 1), new Item("b", 2));
        }

        @Post("/plain/list")
        List<Item> plainList() {
            return list();
        }

        @WebhookEndpoint("object")
        @Post("/encoded/object")
        Object object() {
            return Map.of("a", 1);
        }

        @Post("/plain/object")
        Object plainObject() {
            return object();
        }

        @WebhookEndpoint("writable")
        @Post("/encoded/writable")
        Writable writable() {
            return out -> out.write("a");
        }

        @Post("/plain/writable")
        Writable plainWritable() {
            return writable();
        }

        @WebhookEndpoint("serializable")
        @Post("/encoded/serializable")
        Serializable serializable() {
            return "a";
        }

        @Post("/plain/serializable")
        Serializable plainSerializable() {
            return serializable();
        }

        @WebhookEndpoint("records")
        @Post("/encoded/records")
        Flux<Item> records() {
            return Flux.just(new Item("a", 1), new Item("b", 2));
        }

        @Post("/plain/records")
        Flux<Item> plainRecords() {
            return records();
        }

        @WebhookEndpoint("no-records")
        @Post("/encoded/no-records")
        Flux<Item> noRecords() {
            return Flux.empty();
        }

        @Post("/plain/no-records")
        Flux<Item> plainNoRecords() {
            return noRecords();
        }

        @WebhookEndpoint("subclasses")
        @Post("/encoded/subclasses")
        Flux<Named> subclasses() {
            return Flux.just(new Named(), new Numbered());
        }

        @Post("/plain/subclasses")
        Flux<Named> plainSubclasses() {
            return subclasses();
        }

        @WebhookEndpoint("objects")
        @Post("/encoded/objects")
        Flux<Object> objects() {
            return Flux.just(new Item("a", 1), "b", 3, Map.of("c", 4));
        }

        @Post("/plain/objects")
        Flux<Object> plainObjects() {
            return objects();
        }

        @WebhookEndpoint("numbers")
        @Post("/encoded/numbers")
        Flux<Integer> numbers() {
            return Flux.range(1, 100);
        }

        @Post("/plain/numbers")
        Flux<Integer> plainNumbers() {
            return numbers();
        }

        @WebhookEndpoint("texts")
        @Post("/encoded/texts")
        Flux<String> texts() {
            return Flux.just("a", "b");
        }

        @Post("/plain/texts")
        Flux<String> plainTexts() {
            return texts();
        }

        @WebhookEndpoint("bytes")
        @Post("/encoded/bytes")
        Flux<byte[]> bytes() {
            return Flux.just(bytes("a"), bytes("b"));
        }

        @Post("/plain/bytes")
        Flux<byte[]> plainBytes() {
            return bytes();
        }

        @WebhookEndpoint("buffers")
        @Post("/encoded/buffers")
        Flux<ByteBuffer<?>> buffers() {
            return Flux.just(buffer("a"), buffer("b"));
        }

        @Post("/plain/buffers")
        Flux<ByteBuffer<?>> plainBuffers() {
            return buffers();
        }

        @WebhookEndpoint("writables")
        @Post("/encoded/writables")
        Flux<Writable> writables() {
            return Flux.just(out -> out.write("a"), out -> out.write("b"));
        }

        @Post("/plain/writables")
        Flux<Writable> plainWritables() {
            return writables();
        }

        @WebhookEndpoint("lists")
        @Post("/encoded/lists")
        Flux<List<Item>> lists() {
            return Flux.just(List.of(new Item("a", 1)), List.of());
        }

        @Post("/plain/lists")
        Flux<List<Item>> plainLists() {
            return lists();
        }

        @WebhookEndpoint("response")
        @Post("/encoded/response")
        HttpResponse<Flux<Item>> response() {
            return HttpResponse.ok(Flux.just(new Item("a", 1), new Item("b", 2)));
        }

        @Post("/plain/response")
        HttpResponse<Flux<Item>> plainResponse() {
            return response();
        }

        @WebhookEndpoint("events")
        @Post("/encoded/events")
        @Produces(MediaType.TEXT_EVENT_STREAM)
        Flux<Event<Item>> events() {
            return Flux.just(Event.of(new Item("a", 1)).id("1").name("n"), Event.of(new Item("b", 2)));
        }

        @Post("/plain/events")
        @Produces(MediaType.TEXT_EVENT_STREAM)
        Flux<Event<Item>> plainEvents() {
            return events();
        }

        @WebhookEndpoint("event-stream")
        @Post("/encoded/event-stream")
        @Produces(MediaType.TEXT_EVENT_STREAM)
        Flux<Item> eventStream() {
            return Flux.just(new Item("a", 1), new Item("b", 2));
        }

        @Post("/plain/event-stream")
        @Produces(MediaType.TEXT_EVENT_STREAM)
        Flux<Item> plainEventStream() {
            return eventStream();
        }

        @WebhookEndpoint("event-texts")
        @Post("/encoded/event-texts")
        @Produces(MediaType.TEXT_EVENT_STREAM)
        Flux<String> eventTexts() {
            return Flux.just("a", "b");
        }

        @Post("/plain/event-texts")
        @Produces(MediaType.TEXT_EVENT_STREAM)
        Flux<String> plainEventTexts() {
            return eventTexts();
        }

        @WebhookEndpoint("json-stream")
        @Post("/encoded/json-stream")
        @Produces(MediaType.APPLICATION_JSON_STREAM)
        Flux<Item> jsonStream() {
            return Flux.just(new Item("a", 1), new Item("b", 2));
        }

        @Post("/plain/json-stream")
        @Produces(MediaType.APPLICATION_JSON_STREAM)
        Flux<Item> plainJsonStream() {
            return jsonStream();
        }

        @WebhookEndpoint("text-numbers")
        @Post("/encoded/text-numbers")
        @Produces(MediaType.TEXT_PLAIN)
        Flux<Integer> textNumbers() {
            return Flux.just(1, 2);
        }

        @Post("/plain/text-numbers")
        @Produces(MediaType.TEXT_PLAIN)
        Flux<Integer> plainTextNumbers() {
            return textNumbers();
        }

        @WebhookEndpoint("broken")
        @Post("/encoded/broken")
        Broken broken() {
            return new Broken();
        }

        @WebhookEndpoint("broken-writable")
        @Post("/encoded/broken-writable")
        Writable brokenWritable() {
            return out -> {
                throw new IOException("This text cannot be written");
            };
        }

        @WebhookEndpoint("broken-first")
        @Post("/encoded/broken-first")
        Flux<Broken> brokenFirst() {
            return Flux.just(new Broken());
        }

        @WebhookEndpoint("broken-later")
        @Post("/encoded/broken-later")
        Flux<Object> brokenLater() {
            return Flux.just(new Item("a", 1), new Broken());
        }

        @WebhookEndpoint("broken-event")
        @Post("/encoded/broken-event")
        @Produces(MediaType.TEXT_EVENT_STREAM)
        Flux<Event<Broken>> brokenEvent() {
            return Flux.just(Event.of(new Broken()));
        }

        @WebhookEndpoint("broken-writables")
        @Post("/encoded/broken-writables")
        Flux<Writable> brokenWritables() {
            return Flux.just(out -> {
                throw new IOException("This text cannot be written");
            });
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private static ByteBuffer<?> buffer(String text) {
            return ByteArrayBufferFactory.INSTANCE.wrap(bytes(text));
        }
    }
}
