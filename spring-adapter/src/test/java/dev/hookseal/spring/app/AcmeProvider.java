package dev.hookseal.spring.app;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureMatch;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.store.DeliveryKey;
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
    public String signatureHeader() {
        return SIGNATURE_HEADER;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(MAX_WORDS);
    }

    @Override
    public WebhookVerifier<AcmeEvent> verifier(EndpointSettings settings) {
        int maxWords = settings.value(MAX_WORDS).orElseThrow();
        return request -> {
            byte[] signature = SignatureHeader.hex(request, SIGNATURE_HEADER);
            byte[] body = request.body();
            SignatureMatch match =
                    HmacSha256.verify(signature, settings.secrets().secretsFor(""), body);
            AcmeEvent event = new AcmeEvent(new String(body, StandardCharsets.UTF_8));
            if (event.text().split(" ", -1).length > maxWords) {
                throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
            }
            DeliveryKey key = DeliveryKey.ofContent(settings.name(), body, 0, body.length, Duration.ofHours(1));
            return VerifiedWebhook.of(
                    match, settings.name(), settings.clock().instant(), event, "", SignedForm.RAW, key);
        };
    }
}
