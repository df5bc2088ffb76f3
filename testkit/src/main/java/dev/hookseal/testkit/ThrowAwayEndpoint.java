package dev.hookseal.testkit;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.time.Clock;

/** An endpoint for one delivery, with a secret that is worth nothing. */
final class ThrowAwayEndpoint {
    private static final SigningSecret SECRET = SigningSecret.ofUtf8("worth nothing");

    private ThrowAwayEndpoint() {}

    static <E> VerifiedWebhook<E> verify(WebhookProvider<E> provider, FakeEvent<E> event, Clock clock) {
        EndpointSettings settings = EndpointSettings.builder(provider.name())
                .secret(SECRET)
                .clock(clock)
                .build();
        WebhookRequest request = event.signedWith(SECRET).toWebhookRequest();
        try {
            // tells why it would be rejected; a receiver says so in the log alone
            WebhookVerifier.of(provider, settings).verify(request);
        } catch (WebhookRejectedException e) {
            throw new IllegalStateException(
                    "A receiver rejects this event, though it is rightly signed: "
                            + e.reason().tag(),
                    e);
        }
        if (WebhookReceiver.of(provider, settings).receive(request) instanceof Decision.Admitted<E> admitted) {
            return admitted.delivery().webhook();
        }
        throw new AssertionError("a verified delivery to a new receiver is admitted");
    }
}
