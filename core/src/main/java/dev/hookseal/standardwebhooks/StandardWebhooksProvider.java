package dev.hookseal.standardwebhooks;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import java.time.Duration;
import java.util.List;

/**
 * Any sender that follows Standard Webhooks 1.0.0, such as those that send through Svix.
 *
 * <p>The header {@code webhook-signature} (or {@code svix-signature}) has one or more elements, each {@code v1,} and the
 * base64 HMAC-SHA256, or {@code v1a,} and the base64 Ed25519 signature, of {@code id.timestamp.body}. The key is the secret
 * without {@code whsec_}, decoded from base64; or the public key without {@code whpk_}. A retry has the same id, a new
 * timestamp and a new signature. An id with a full stop, and a timestamp that is not a number, are rejected: the signed
 * text could be read in two ways.
 *
 * @since 0.1.0
 */
public final class StandardWebhooksProvider implements WebhookProvider<StandardWebhooksEvent> {
    /** How a secret is written. */
    public enum SecretEncoding {
        /** Base64, after {@code whsec_}. */
        BASE64,
        /** The text itself is the key. */
        TEXT
    }

    /** How secrets are written: {@code base64}, or {@code text} for a sender that uses the text as the key. */
    public static final Setting<SecretEncoding> SECRET_ENCODING = Setting.of(
                    "secret-encoding",
                    SettingType.oneOf(SecretEncoding.class),
                    "How the secret is written: `base64`, or `text` if the sender uses it as it is.")
            .withDefault(SecretEncoding.BASE64);

    private static final List<Setting<?>> SETTINGS = List.of(
            EndpointSettings.TOLERANCE.withDefault(Duration.ofMinutes(5)),
            EndpointSettings.ID_RETENTION,
            SECRET_ENCODING);

    @Override
    public String name() {
        return "standard-webhooks";
    }

    @Override
    public Class<StandardWebhooksEvent> eventClass() {
        return StandardWebhooksEvent.class;
    }

    @Override
    public List<Setting<?>> settings() {
        return SETTINGS;
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        return new StandardWebhooksScheme(settings.value(SECRET_ENCODING).orElseThrow() == SecretEncoding.TEXT);
    }

    /**
     * Reads the event.
     *
     * @throws WebhookRejectedException if the body is not JSON
     */
    @Override
    public ReadEvent<StandardWebhooksEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        return StandardWebhooksPayload.read(content);
    }
}
