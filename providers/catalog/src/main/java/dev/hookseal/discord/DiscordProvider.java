package dev.hookseal.discord;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Handshake;
import dev.hookseal.provider.HandshakeReply;
import dev.hookseal.provider.PayloadMembers;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Discord's Webhook Events URL, after its page "Webhook Events": Ed25519 in {@code X-Signature-Ed25519} over
 * {@code X-Signature-Timestamp} and the body. The secret is the application's public key in hex. A ping is answered with 204.
 * For the Interactions Endpoint URL see {@link DiscordInteractionsProvider}.
 *
 * <p>Discord documents neither the form nor the age of {@code X-Signature-Timestamp}: it has to be digits, and is checked as
 * seconds since 1970 only if a {@code tolerance} is set. An event has no id, but a time in microseconds, so that the same
 * content within the {@code repeat-window} is a duplicate.
 *
 * @since 0.1.0
 */
public final class DiscordProvider implements WebhookProvider<DiscordEvent> {
    private static final Long PING = 0L;
    private static final Long EVENT = 1L;

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        return DiscordScheme.create();
    }

    @Override
    public Optional<Handshake> handshake(EndpointSettings settings) {
        return Optional.of(Handshake.ofVerified(content ->
                PING.equals(PayloadMembers.of(content).integer("type")) ? HandshakeReply.noContent() : null));
    }

    /**
     * Reads the event.
     *
     * @throws WebhookRejectedException if the body is not a JSON object of type 1 with an {@code event}
     */
    @Override
    public ReadEvent<DiscordEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        PayloadMembers members = PayloadMembers.of(content);
        if (!EVENT.equals(members.integer("type")) || members.object("event") == null) {
            throw new WebhookRejectedException(
                    RejectionReason.PAYLOAD_UNEXPECTED,
                    null,
                    "it is not a webhook event: an Interactions Endpoint URL needs the provider discord-interactions");
        }
        PayloadMembers event = members.in("event");
        String type = Objects.requireNonNullElse(event.text("type"), "");
        DiscordEvent read = new DiscordEventPayload(
                type, event.text("timestamp"), members.text("application_id"), event.object("data"), members.json());
        return ReadEvent.of(read, type).withUnexpectedMembers(members.unexpected());
    }

    @Override
    public String name() {
        return "discord";
    }

    @Override
    public Class<DiscordEvent> eventClass() {
        return DiscordEvent.class;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(EndpointSettings.TOLERANCE, EndpointSettings.REPEAT_WINDOW.withDefault(Duration.ofDays(7)));
    }

    /** Returns 3 seconds. */
    @Override
    public Optional<Duration> answerDeadline() {
        return Optional.of(Duration.ofSeconds(3));
    }
}
