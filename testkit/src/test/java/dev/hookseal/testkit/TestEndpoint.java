package dev.hookseal.testkit;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SecretSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Core's real receiver, which handles whatever it admits. */
public final class TestEndpoint<E> {
    private final WebhookReceiver<E> receiver;
    private final List<DeliveryOutcome> outcomes = new ArrayList<>();
    private final List<VerifiedWebhook<E>> handled = new ArrayList<>();

    private TestEndpoint(WebhookProvider<E> provider, EndpointSettings settings) {
        this.receiver = WebhookReceiver.builder(provider, settings)
                .observer(outcomes::add)
                .build();
    }

    public static <E> TestEndpoint<E> of(WebhookProvider<E> provider, Consumer<EndpointSettings.Builder> further) {
        EndpointSettings.Builder settings = EndpointSettings.builder(provider.name());
        further.accept(settings);
        return new TestEndpoint<>(provider, settings.build());
    }

    public static TestEndpoint<FormFlowEvent> formFlow(
            SecretSource secrets, Consumer<EndpointSettings.Builder> further) {
        EndpointSettings.Builder settings = EndpointSettings.builder("formflow").secrets(secrets);
        further.accept(settings);
        return new TestEndpoint<>(new FormFlowProvider(), settings.build());
    }

    public static TestEndpoint<FormFlowEvent> formFlow(SecretSource secrets, Clock clock) {
        return formFlow(secrets, settings -> settings.clock(clock));
    }

    public static TestEndpoint<ExtractaEvent> extracta(
            SecretSource secrets, Consumer<EndpointSettings.Builder> further) {
        EndpointSettings.Builder settings = EndpointSettings.builder("extracta").secrets(secrets);
        further.accept(settings);
        return new TestEndpoint<>(new ExtractaProvider(), settings.build());
    }

    public static TestEndpoint<ExtractaEvent> extracta(SecretSource secrets) {
        return extracta(secrets, settings -> {});
    }

    /** What became of it: {@code handled}, {@code repeated}, or the reason of a rejection. */
    public String receive(SignedDelivery delivery) {
        if (receiver.receive(delivery.toWebhookRequest()) instanceof Decision.Admitted<E> admitted) {
            handled.add(admitted.delivery().webhook());
            admitted.delivery().answered(200);
        }
        DeliveryOutcome outcome = outcomes.get(outcomes.size() - 1);
        return outcome instanceof DeliveryOutcome.Rejected rejected
                ? rejected.reason().tag()
                : outcome.kind().name().toLowerCase(Locale.ROOT);
    }

    /** Returns what an application that handles every event answers. */
    int status(SignedDelivery delivery) {
        return receiver.receive(delivery.toWebhookRequest()) instanceof Decision.Answered<E> answered
                ? answered.response().status()
                : 200;
    }

    public VerifiedWebhook<E> lastHandled() {
        return handled.get(handled.size() - 1);
    }
}
