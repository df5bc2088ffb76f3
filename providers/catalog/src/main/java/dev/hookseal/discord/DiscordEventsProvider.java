package dev.hookseal.discord;

import dev.hookseal.JsonData;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Handshake;
import dev.hookseal.provider.HandshakeReply;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Discord's Webhook Events URL: a ping is answered with 204. The secret is the
 * application's public key, in hex.
 *
 * @since 0.1.0
 */
public final class DiscordEventsProvider implements WebhookProvider<DiscordEvent> {
    @Override
    public String name() {
        return "discord-events";
    }

    @Override
    public Class<DiscordEvent> eventClass() {
        return DiscordEvent.class;
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
                        JsonData.of(content).text("/type").filter("0"::equals).isPresent();
                return isPing ? HandshakeReply.noContent() : null;
            }
        });
    }

    @Override
    public ReadEvent<DiscordEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        JsonData json = JsonData.of(content);
        String type = json.text("/event/type").orElse("");
        return ReadEvent.of(new DiscordPayload(type, null, json), type);
    }
}
