package dev.hookseal.discord;

import dev.hookseal.JsonData;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Handshake;
import dev.hookseal.provider.HandshakeReply;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Discord's Interactions Endpoint URL: a ping is answered with 200 and the type 1. The secret is the
 * application's public key, in hex.
 *
 * @since 0.1.0
 */
public final class DiscordInteractionsProvider implements WebhookProvider<DiscordEvent> {
    @Override
    public String name() {
        return "discord-interactions";
    }

    @Override
    public Class<DiscordEvent> eventClass() {
        return DiscordEvent.class;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(EndpointSettings.ID_RETENTION);
    }

    /** Returns 3 seconds. */
    @Override
    public Optional<Duration> answerDeadline() {
        return Optional.of(Duration.ofSeconds(3));
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        return DiscordScheme.create();
    }

    @Override
    public Optional<Handshake> handshake(EndpointSettings settings) {
        return Optional.of(new Handshake() {
            @Override
            public @Nullable HandshakeReply verified(SignedContent content, Function<String, byte[]> mac)
                    throws WebhookRejectedException {
                boolean isPing =
                        JsonData.of(content).text("/type").filter("1"::equals).isPresent();
                return isPing ? HandshakeReply.json(Map.of("type", 1)) : null;
            }
        });
    }

    @Override
    public ReadEvent<DiscordEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        JsonData json = JsonData.of(content);
        String type = json.text("/type").orElse("");
        String id = json.text("/id").orElse(null);
        return ReadEvent.<DiscordEvent>of(new DiscordPayload(type, id, json), type)
                .withDeliveryId(id);
    }
}
