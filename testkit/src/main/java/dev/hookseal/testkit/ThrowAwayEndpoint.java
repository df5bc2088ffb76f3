package dev.hookseal.testkit;

import dev.hookseal.EndpointSettings;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookProvider;
import dev.hookseal.WebhookRejectedException;
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
        try {
            return provider.verifier(settings).verify(event.signedWith(SECRET).toWebhookRequest());
        } catch (WebhookRejectedException e) {
            throw new IllegalStateException(
                    "A receiver refuses this event, though it is rightly signed: "
                            + e.reason().tag(),
                    e);
        }
    }
}
