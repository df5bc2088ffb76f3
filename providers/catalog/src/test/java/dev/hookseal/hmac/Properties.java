package dev.hookseal.hmac;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Setting;
import dev.hookseal.signature.SigningSecret;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** Settings as a configuration writes them. */
final class Properties {
    private static final HmacProvider PROVIDER = new HmacProvider();

    private Properties() {}

    static EndpointSettings of(Map<String, String> values, String secret, Instant now) {
        EndpointSettings.Builder settings = EndpointSettings.builder("shop")
                .secret(SigningSecret.ofUtf8(secret))
                .clock(Clock.fixed(now, ZoneOffset.UTC));
        values.forEach((key, value) ->
                set(settings, EndpointSettings.setting(key, PROVIDER, "hookseal.endpoints.shop." + key), value));
        return settings.build();
    }

    private static <T extends Comparable<T>> void set(
            EndpointSettings.Builder settings, Setting<T> setting, String value) {
        settings.set(setting, setting.type().parse(value));
    }
}
