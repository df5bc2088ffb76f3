package dev.hookseal.spring.app;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A provider of the application's own. Its event is a record, which Spring could make from request parameters. */
public final class AcmeProvider implements WebhookProvider<AcmeProvider.AcmeEvent> {
    public static final String SIGNATURE_HEADER = "Acme-Signature";

    /** A key that core does not know. */
    public static final Setting<Integer> MAX_WORDS = Setting.of(
                    "max-words", SettingType.WHOLE_NUMBER, "How many words an event may have.")
            .between(1, 1000)
            .withDefault(1000);

    /** Whatever the body is. */
    public record AcmeEvent(String text) {}

    @Override
    public String name() {
        return "acme";
    }

    @Override
    public Class<AcmeEvent> eventClass() {
        return AcmeEvent.class;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(MAX_WORDS, EndpointSettings.REPEAT_WINDOW.withDefault(Duration.ofHours(1)));
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        int maxWords = settings.value(MAX_WORDS).orElseThrow();
        return SignatureScheme.of(SignatureHeader.hex(SIGNATURE_HEADER), request -> {
            if (new String(request.body(), StandardCharsets.UTF_8).split(" ", -1).length > maxWords) {
                throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
            }
            return SignedMessage.of(request.body());
        });
    }

    @Override
    public ReadEvent<AcmeEvent> read(SignedContent content) {
        return ReadEvent.of(new AcmeEvent(new String(content.bytes(), StandardCharsets.UTF_8)), "");
    }
}
