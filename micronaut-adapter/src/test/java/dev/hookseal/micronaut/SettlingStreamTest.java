package dev.hookseal.micronaut;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.AdmittedDelivery;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** How a delivery is settled whose handler answers with a stream. */
class SettlingStreamTest {
    private static final Executor AT_ONCE = Runnable::run;

    private final List<String> events = new ArrayList<>();
    private FluxSink<Object> handler;
    private final Sender sender = new Sender();

    /** What Netty is to the stream. */
    private final class Sender implements Subscriber<Object> {
        private Subscription answer;

        @Override
        public void onSubscribe(Subscription subscription) {
            answer = subscription;
            answer.request(1);
        }

        @Override
        public void onNext(Object part) {
            events.add("sender read " + part);
        }

        @Override
        public void onComplete() {
            events.add("sender read the end");
        }

        @Override
        public void onError(Throwable error) {
            events.add("sender read an error");
        }

        void leave() {
            answer.cancel();
        }
    }

    @BeforeEach
    void begin() {
        Flux<Object> parts = Flux.create(sink -> {
            handler = sink;
            sink.onCancel(() -> events.add("handler stopped"));
        });
        new SettlingStream(parts, new AdmittedRun(admitted(), false), 200, AT_ONCE).subscribe(sender);
    }

    private AdmittedDelivery<?> admitted() {
        byte[] body = """
                {"eventId":"e-1","eventType":"extracted","timestamp":"%s","submissionId":"s-1","templateId":1}""".formatted(Instant.now()).getBytes(UTF_8);
        WebhookReceiver<?> receiver = WebhookReceiver.builder(
                        new FormFlowProvider(),
                        EndpointSettings.builder("formflow")
                                .secret(SigningSecret.ofUtf8(Server.SECRET))
                                .build())
                .observer(this::ended)
                .build();
        Decision<?> decision = receiver.receive(WebhookRequest.of(
                "POST", Map.of("X-Webhook-Signature", List.of(Delivery.sign(body, Server.SECRET))), body));
        return ((Decision.Admitted<?>) decision).delivery();
    }

    private void ended(DeliveryOutcome outcome) {
        events.add(outcome.kind().name());
    }

    @Test
    void isHandledBeforeTheSenderReadsTheEnd() {
        handler.next("a");
        handler.complete();

        assertThat(events).containsExactly("sender read a", Kind.HANDLED.name(), "sender read the end");
    }

    @Test
    void hasFailedBeforeTheSenderReadsAnError() {
        handler.error(new IllegalStateException());

        assertThat(events).containsExactly(Kind.FAILED.name(), "sender read an error");
    }

    @Test
    void hasFailedAfterItsAnswerOnceAPartWasRead() {
        handler.next("a");
        handler.error(new IllegalStateException());

        assertThat(events).containsExactly("sender read a", Kind.FAILED_AFTER_ANSWER.name(), "sender read an error");
    }

    @Test
    void isHandledIfTheSenderLeavesAfterTheLastPart() {
        handler.next("a");
        sender.leave();
        handler.complete();

        assertThat(events).containsExactly("sender read a", Kind.HANDLED.name());
    }

    @Test
    void hasFailedIfTheSenderLeavesBeforeTheLastPart() {
        handler.next("a");
        sender.leave();
        assertThat(events).containsExactly("sender read a");
        handler.next("b");

        assertThat(events).containsExactly("sender read a", "handler stopped", Kind.FAILED.name());
    }

    @Test
    void hasFailedIfItsWorkFailsAfterTheSenderLeft() {
        sender.leave();
        handler.error(new IllegalStateException());

        assertThat(events).containsExactly(Kind.FAILED.name());
    }
}
