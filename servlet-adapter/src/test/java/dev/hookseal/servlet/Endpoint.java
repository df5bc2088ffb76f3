package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.BodyBudget;
import dev.hookseal.request.BodyLimits;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A FormFlow endpoint, with the secret that its deliveries are signed with and the outcomes that it reported. */
final class Endpoint {
    static final int MAX_BODY_BYTES = 10_000;
    static final Clock CLOCK = Clock.fixed(Instant.parse("2023-10-28T12:00:30Z"), ZoneOffset.UTC);

    private final SigningSecret secret;
    private final BlockingQueue<DeliveryOutcome> outcomes = new LinkedBlockingQueue<>();
    private final WebhookReceiver<FormFlowEvent> receiver;

    Endpoint() {
        this("formflow", new InMemoryDeliveryStore(CLOCK));
    }

    Endpoint(DeliveryStore store) {
        this("formflow", store);
    }

    Endpoint(String name, DeliveryStore store) {
        this(name, store, BodyLimits.DEFAULT_TIMEOUT, BodyBudget.ofTheHeap());
    }

    Endpoint(Duration bodyTimeout, BodyBudget bodyBudget) {
        this("formflow", new InMemoryDeliveryStore(CLOCK), bodyTimeout, bodyBudget);
    }

    private Endpoint(String name, DeliveryStore store, Duration bodyTimeout, BodyBudget bodyBudget) {
        secret = SigningSecret.ofUtf8("the secret of " + name);
        DeliveryObserver observer = outcomes::add;
        receiver = WebhookReceiver.builder(
                        new FormFlowProvider(),
                        EndpointSettings.builder(name)
                                .secret(secret)
                                .clock(CLOCK)
                                .maxBodyBytes(MAX_BODY_BYTES)
                                .build())
                .store(store)
                .bodyTimeout(bodyTimeout)
                .bodyBudget(bodyBudget)
                .observer(observer)
                .build();
    }

    WebhookReceiver<FormFlowEvent> receiver() {
        return receiver;
    }

    /** The outcomes that were reported up to now, and not taken. */
    List<DeliveryOutcome.Kind> reported() {
        return outcomes.stream().map(DeliveryOutcome::kind).toList();
    }

    /** Takes the outcomes as they are reported, which may be after the answer, and expects no others. */
    void assertOutcomes(DeliveryOutcome.Kind... expected) throws InterruptedException {
        List<DeliveryOutcome.Kind> kinds = new ArrayList<>();
        for (int i = 0; i < expected.length; i++) {
            kinds.add(nextOutcome().kind());
        }
        assertThat(kinds).containsExactly(expected);
        assertThat(outcomes).isEmpty();
    }

    /** The next outcome, when it is there. */
    DeliveryOutcome nextOutcome() throws InterruptedException {
        DeliveryOutcome outcome = outcomes.poll(60, TimeUnit.SECONDS);
        if (outcome == null) {
            throw new AssertionError("No outcome was reported");
        }
        return outcome;
    }

    /** A genuine delivery with the body of the provider's page. */
    Delivery delivery(String eventId) {
        return delivery(eventId, "sub_789012");
    }

    Delivery delivery(String eventId, String submissionId) {
        return Delivery.signed(
                secret,
                "{\"eventId\":\"" + eventId
                        + "\",\"eventType\":\"extracted\",\"timestamp\":\"2023-10-28T12:00:00.000Z\",\"submissionId\":\""
                        + submissionId + "\",\"templateId\":1}");
    }

    /** A genuine delivery whose body has this size. */
    Delivery deliveryOfSize(int bytes) {
        int frame = delivery("sized", "").body().length;
        return delivery("sized", "s".repeat(bytes - frame));
    }

    Delivery signed(String body) {
        return Delivery.signed(secret, body);
    }
}
