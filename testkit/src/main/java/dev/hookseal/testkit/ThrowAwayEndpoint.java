package dev.hookseal.testkit;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;

/** An endpoint for one delivery, with a secret that is worth nothing. */
final class ThrowAwayEndpoint {
    private static final String SEED = "worth nothing";

    private ThrowAwayEndpoint() {}

    static <E> VerifiedWebhook<E> verify(FakeEvent<E> event) {
        WebhookProvider<E> provider = event.provider();
        TestSecret secret = event.kit().newSecret(SEED);
        SignedDelivery delivery = event.signedWith(secret.signing());
        EndpointSettings settings = settings(delivery, secret)
                .clock(Clock.fixed(event.time(), ZoneOffset.UTC))
                .build();
        WebhookRequest request = delivery.toWebhookRequest();
        try {
            // tells why it would be rejected; a receiver says so in the log alone
            verifier(provider, settings).verify(request);
        } catch (WebhookRejectedException e) {
            throw new IllegalStateException(
                    "A receiver rejects this event, though its signature is valid: "
                            + e.reason().tag(),
                    e);
        }
        if (WebhookReceiver.of(provider, settings).receive(request) instanceof Decision.Admitted<E> admitted) {
            return admitted.delivery().webhook();
        }
        throw new AssertionError("a verified delivery to a new receiver is admitted");
    }

    /** Returns how the provider of a delivery signs, at an endpoint with the provider's defaults. */
    static SignatureScheme scheme(SignedDelivery delivery) {
        ProviderKit kit = delivery.kit();
        EndpointSettings settings = settings(delivery, kit.newSecret(SEED)).build();
        try {
            return kit.provider().scheme(settings);
        } catch (WebhookConfigurationException e) {
            throw notConfigured(kit.provider(), e);
        }
    }

    /** Returns how far the time of a delivery may be off at such an endpoint; empty if that is not checked. */
    static Optional<Duration> tolerance(SignedDelivery delivery) {
        ProviderKit kit = delivery.kit();
        EndpointSettings settings = settings(delivery, kit.newSecret(SEED)).build();
        try {
            return kit.provider().tolerance(settings);
        } catch (WebhookConfigurationException e) {
            throw notConfigured(kit.provider(), e);
        }
    }

    private static <E> WebhookVerifier<E> verifier(WebhookProvider<E> provider, EndpointSettings settings) {
        try {
            return WebhookVerifier.of(provider, settings);
        } catch (WebhookConfigurationException e) {
            throw notConfigured(provider, e);
        }
    }

    private static IllegalStateException notConfigured(WebhookProvider<?> provider, WebhookConfigurationException e) {
        return new IllegalStateException(
                "The testkit has no endpoint for " + provider.name()
                        + " to try a delivery with: set in ProviderKit.configure what it lacks: " + e.getMessage(),
                e);
    }

    private static EndpointSettings.Builder settings(SignedDelivery delivery, TestSecret secret) {
        WebhookProvider<?> provider = delivery.kit().provider();
        EndpointSettings.Builder settings =
                EndpointSettings.builder(provider.name()).secret(SigningSecret.ofUtf8(secret.configured()));
        for (Setting<?> setting : provider.settings()) {
            if (setting.key().equals(EndpointSettings.PUBLIC_URL.key())) {
                URI url = URI.create(delivery.content().url().replaceFirst("[?#].*", ""));
                settings.set(EndpointSettings.PUBLIC_URL, url);
            }
            // a body that was given may tell of an event from any time
            if (setting.key().equals(EndpointSettings.REPLAY_WINDOW.key()) && setting.max() instanceof Duration max) {
                settings.replayWindow(max);
            }
        }
        delivery.kit().configure(settings);
        return settings;
    }
}
