package dev.hookseal.micronaut;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An application's own provider, which signs bodies of any content. Its event is what a provider's event should not be,
 * a class that a framework knows how to make.
 */
@Requires(property = "acme")
@Singleton
final class AcmeProvider implements WebhookProvider<AcmeProvider.Event> {

    /** A key that core does not know. */
    static final Setting<Integer> MAX_WORDS = Setting.of(
                    "max-words", SettingType.WHOLE_NUMBER, "How many words an event may have.")
            .between(1, 1000)
            .withDefault(1000);

    @Introspected
    record Event(@Nullable String eventId) {}

    @Override
    public String name() {
        return "acme";
    }

    @Override
    public Class<Event> eventClass() {
        return Event.class;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(MAX_WORDS);
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        int maxWords = settings.value(MAX_WORDS).orElseThrow();
        return SignatureScheme.of(SignatureHeader.hex("X-Acme-Signature"), request -> {
            if (request.body().length == 0 || words(request.body()) > maxWords) {
                throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
            }
            return SignedMessage.of(request.body());
        });
    }

    @Override
    public ReadEvent<Event> read(SignedContent content) {
        return ReadEvent.of(new Event("verified, " + content.bytes().length + " bytes"), "");
    }

    private static int words(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).split(" ", -1).length;
    }
}
