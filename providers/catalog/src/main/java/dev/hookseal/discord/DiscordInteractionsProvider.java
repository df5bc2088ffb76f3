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
import java.util.Map;
import java.util.Optional;

/**
 * Discord's Interactions Endpoint URL, after its page "Receiving and Responding", signed as {@link DiscordProvider} says. A ping
 * is answered with 200 and the type 1. The answer to any other interaction is the handler's.
 *
 * @since 0.1.0
 */
public final class DiscordInteractionsProvider implements WebhookProvider<DiscordInteraction> {
    private static final Long PING = 1L;
    private static final Map<Long, String> TYPES = Map.of(
            2L, "APPLICATION_COMMAND",
            3L, "MESSAGE_COMPONENT",
            4L, "APPLICATION_COMMAND_AUTOCOMPLETE",
            5L, "MODAL_SUBMIT");

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        return DiscordScheme.create();
    }

    @Override
    public Optional<Handshake> handshake(EndpointSettings settings) {
        return Optional.of(Handshake.ofVerified(content -> {
            PayloadMembers members = PayloadMembers.of(content);
            boolean isPing = PING.equals(members.integer("type")) && !members.has("event");
            return isPing ? HandshakeReply.json(Map.of("type", PING)) : null;
        }));
    }

    /**
     * Reads the interaction.
     *
     * @throws WebhookRejectedException if the body is not a JSON object with a {@code type} from 2, or is a webhook event
     */
    @Override
    public ReadEvent<DiscordInteraction> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        PayloadMembers members = PayloadMembers.of(content);
        Long number = members.integer("type");
        if (number == null || number <= PING) {
            throw new WebhookRejectedException(
                    RejectionReason.PAYLOAD_UNEXPECTED,
                    null,
                    "it is not an interaction: a Webhook Events URL needs the provider discord");
        }
        String type = TYPES.getOrDefault(number, number.toString());
        String id = members.text("id");
        DiscordInteraction interaction = new DiscordInteractionPayload(
                type,
                id,
                members.text("application_id"),
                members.text("token"),
                members.text("guild_id"),
                members.text("channel_id"),
                members.object("data"),
                members.json());
        return ReadEvent.of(interaction, type).withDeliveryId(id).withUnexpectedMembers(members.unexpected());
    }

    @Override
    public String name() {
        return "discord-interactions";
    }

    @Override
    public Class<DiscordInteraction> eventClass() {
        return DiscordInteraction.class;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(EndpointSettings.TOLERANCE, EndpointSettings.ID_RETENTION);
    }

    /** Returns 3 seconds. */
    @Override
    public Optional<Duration> answerDeadline() {
        return Optional.of(Duration.ofSeconds(3));
    }
}
