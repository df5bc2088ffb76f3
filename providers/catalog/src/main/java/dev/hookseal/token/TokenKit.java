package dev.hookseal.token;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends as the settings of an endpoint say. Without settings it is an imaginary sender with the header {@code X-Token}.
 *
 * @since 0.1.0
 */
public final class TokenKit implements ProviderKit {
    private final EndpointSettings settings;

    /** Creates the kit of an imaginary sender. */
    public TokenKit() {
        this(EndpointSettings.builder("example")
                .secrets(event -> List.of())
                .set(TokenProvider.TOKEN_HEADER, "X-Token")
                .set(TokenProvider.EVENT_HEADER, "X-Event")
                .build());
    }

    private TokenKit(EndpointSettings settings) {
        this.settings = settings;
    }

    @Override
    public WebhookProvider<TokenEvent> provider() {
        return new TokenProvider();
    }

    @Override
    public ProviderKit withSettings(EndpointSettings settings) {
        return new TokenKit(settings);
    }

    @Override
    public void configure(EndpointSettings.Builder builder) {
        provider().settings().forEach(setting -> copy(setting, builder));
    }

    private <T extends Comparable<T>> void copy(Setting<T> setting, EndpointSettings.Builder builder) {
        settings.value(setting).ifPresent(value -> builder.set(setting, value));
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        String header = settings.value(TokenProvider.TOKEN_HEADER)
                .orElseThrow(() -> new IllegalArgumentException(
                        TokenProvider.TOKEN_HEADER.key() + " is not set: it is the header with the token"));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        settings.value(TokenProvider.EVENT_HEADER)
                .filter(name -> !delivery.eventName().isEmpty())
                .ifPresent(name -> headers.put(name, delivery.eventName()));
        headers.put(
                header,
                settings.value(TokenProvider.TOKEN_PREFIX).orElse("")
                        + new String(secret.exposeSecretBytes(), StandardCharsets.ISO_8859_1));
        return headers;
    }

    @Override
    public List<SampleEvent> samples() {
        return List.of(new SampleEvent("token-example", "{\"message\":\"Hello\"}"));
    }
}
