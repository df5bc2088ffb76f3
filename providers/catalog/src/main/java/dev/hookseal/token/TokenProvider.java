package dev.hookseal.token;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureAlgorithm;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.VerificationKey;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Any sender that shows a plain token in a header. The token is compared in constant time. It proves who sends, and
 * <strong>covers nothing of the body</strong>: core logs so at start-up, and makes no delivery key.
 *
 * @since 0.1.0
 */
public final class TokenProvider implements WebhookProvider<TokenEvent> {
    /** The header with the token; required. */
    public static final Setting<String> TOKEN_HEADER = Setting.of(
                    "token-header", SettingType.TEXT, "The header with the token, such as `X-Gitlab-Token`.")
            .otherwise("required");

    /** What is before the token in the header. */
    public static final Setting<String> TOKEN_PREFIX = Setting.of(
                    "token-prefix",
                    SettingType.TEXT,
                    "What is before the token in the header, with its space, such as `\"Bearer \"`.")
            .otherwise("nothing");

    /** The header with the event's name. */
    public static final Setting<String> EVENT_HEADER = Setting.of(
                    "event-header", SettingType.TEXT, "The header with the name of the event, which is not signed.")
            .otherwise("none");

    // RFC 9110, 5.6.2
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    @Override
    public String name() {
        return "token";
    }

    @Override
    public Class<TokenEvent> eventClass() {
        return TokenEvent.class;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(TOKEN_HEADER, TOKEN_PREFIX, EVENT_HEADER);
    }

    @Override
    public Set<String> unsignedHeaders(EndpointSettings settings) {
        return settings.value(EVENT_HEADER).map(Set::of).orElse(Set.of());
    }

    /**
     * Returns how the sender shows its token.
     *
     * @throws WebhookConfigurationException if a setting is missing, or is not a header
     */
    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        check(settings);
        SignatureHeader token =
                SignatureHeader.token(settings.value(TOKEN_HEADER).orElseThrow());
        SignatureHeader header =
                settings.value(TOKEN_PREFIX).map(token::withPrefix).orElse(token);
        return SignatureScheme.of(
                header,
                VerificationKey::token,
                request -> SignatureClaim.of(
                        SignatureAlgorithm.TOKEN, header.read(request), SignedMessage.of(request.body())));
    }

    private static void check(EndpointSettings settings) {
        String header = settings.value(TOKEN_HEADER).orElse("");
        if (!HEADER_NAME.matcher(header).matches()) {
            throw new WebhookConfigurationException(
                    settings.property(TOKEN_HEADER.key())
                            + (header.isEmpty() ? " is not set" : " is not the name of a header"),
                    "set it to the header with the sender's token, such as X-Gitlab-Token");
        }
        String event = settings.value(EVENT_HEADER).orElse(null);
        if (event != null && (!HEADER_NAME.matcher(event).matches() || event.equalsIgnoreCase(header))) {
            throw new WebhookConfigurationException(
                    settings.property(EVENT_HEADER.key()) + " is not the name of a header without the token",
                    "set it to the header with the name of the event, such as X-Gitlab-Event");
        }
    }

    @Override
    public ReadEvent<TokenEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        JsonData json = JsonData.of(content);
        String name = settings.value(EVENT_HEADER)
                .map(header -> content.unsignedHeaders().getOrDefault(header, List.of()))
                .filter(values -> values.size() == 1)
                .map(values -> values.get(0))
                .orElse(null);
        return ReadEvent.of(new TokenPayload(name, json), name == null ? "" : name);
    }
}
