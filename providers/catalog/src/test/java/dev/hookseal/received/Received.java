package dev.hookseal.received;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.request.WebhookResponse;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.SignedDelivery;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Core's receiver of one kit's provider, and an application that handles whatever it admits. */
public final class Received<E> {
    /** What the test secret of every kit is made from. */
    public static final String SEED = "any";

    /** What is registered, at a provider that signs it. */
    public static final URI PUBLIC_URL = URI.create("https://hooks.example.org/in");

    /** The limit to a body: a small one, so that an oversized body is a quick test. */
    public static final int MAX_BODY_BYTES = 64 * 1024;

    private final WebhookReceiver<E> receiver;
    private final List<DeliveryOutcome> outcomes = new ArrayList<>();
    private final List<VerifiedWebhook<E>> handled = new ArrayList<>();

    private Received(WebhookProvider<E> provider, EndpointSettings settings) {
        this.receiver = WebhookReceiver.builder(provider, settings)
                .observer(outcomes::add)
                .build();
    }

    public static Received<?> by(ProviderKit kit, Clock clock) {
        return by(kit, kit.provider(), clock, settings -> {});
    }

    /** A receiver; the provider gives the type of the events. */
    public static <E> Received<E> by(
            ProviderKit kit, WebhookProvider<E> provider, Clock clock, Consumer<EndpointSettings.Builder> further) {
        EndpointSettings.Builder settings = EndpointSettings.builder(provider.name())
                .secret(SigningSecret.ofUtf8(kit.newSecret(SEED).configured()))
                .clock(clock)
                .maxBodyBytes(MAX_BODY_BYTES);
        if (provider.settings().contains(EndpointSettings.PUBLIC_URL)) {
            settings.set(EndpointSettings.PUBLIC_URL, PUBLIC_URL);
        }
        further.accept(settings);
        return new Received<>(provider, settings.build());
    }

    /** Returns {@code handled}, another kind of outcome, or the reason of a rejection. */
    public String outcome(SignedDelivery delivery) {
        return outcome(delivery.toWebhookRequest());
    }

    public String outcome(WebhookRequest request) {
        answer(request);
        DeliveryOutcome outcome = outcomes.get(outcomes.size() - 1);
        return outcome instanceof DeliveryOutcome.Rejected rejected
                ? rejected.reason().tag()
                : outcome.kind().name().toLowerCase(Locale.ROOT);
    }

    public int status(SignedDelivery delivery) {
        return answer(delivery.toWebhookRequest()).status();
    }

    public WebhookResponse answer(SignedDelivery delivery) {
        return answer(delivery.toWebhookRequest());
    }

    private WebhookResponse answer(WebhookRequest request) {
        Decision<E> decision = receiver.receive(request);
        if (decision instanceof Decision.Admitted<E> admitted) {
            handled.add(admitted.delivery().webhook());
            admitted.delivery().answered(200);
            return new WebhookResponse(200, Map.of(), "");
        }
        return ((Decision.Answered<E>) decision).response();
    }

    public List<VerifiedWebhook<E>> handled() {
        return handled;
    }

    /** Returns the last webhook that was handled, as it is after it was stored. */
    public VerifiedWebhook<E> restored() throws Exception {
        return receiver.restore(SignedContent.ofStored(last().signedContent().toStored()));
    }

    public VerifiedWebhook<E> last() {
        return handled.get(handled.size() - 1);
    }
}
