package dev.hookseal.cli;

import dev.hookseal.diagnostics.SignatureExplainer;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The settings of the endpoint, as a configuration has them. */
final class SettingOptions {
    private final Map<String, String> values = new LinkedHashMap<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the endpoint as its configuration has it, such as max-body-size=2MB, if the"
                    + " provider has it. May be repeated. Otherwise the provider's default applies.")
    void set(Map<String, String> given) {
        values.putAll(given);
    }

    @Option(names = "--tolerance", paramLabel = "DURATION", description = "Short for --set tolerance=DURATION.")
    void tolerance(String duration) {
        values.put(EndpointSettings.TOLERANCE.key(), duration);
    }

    @Option(names = "--replay-window", paramLabel = "DURATION", description = "Short for --set replay-window=DURATION.")
    void replayWindow(String duration) {
        values.put(EndpointSettings.REPLAY_WINDOW.key(), duration);
    }

    /**
     * Sets them.
     *
     * @throws IllegalStateException if the provider has no such setting, or the value is out of bounds
     */
    void applyTo(EndpointSettings.Builder settings, WebhookProvider<?> provider) {
        values.forEach((key, value) -> set(
                settings,
                EndpointSettings.setting(key, provider, "hookseal.endpoints." + provider.name() + "." + key),
                value));
    }

    /**
     * Returns the kit of a sender that signs as these settings say.
     *
     * @throws IllegalStateException if the provider has no such setting, or the value is out of bounds
     */
    ProviderKit applyTo(ProviderKit kit) {
        EndpointSettings.Builder settings =
                EndpointSettings.builder(kit.provider().name()).secrets(event -> List.of());
        applyTo(settings, kit.provider());
        return values.isEmpty() ? kit : kit.withSettings(settings.build());
    }

    private static <T extends Comparable<T>> void set(
            EndpointSettings.Builder settings, Setting<T> setting, String value) {
        T parsed;
        try {
            parsed = setting.type().parse(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--set " + setting.key() + " is '" + value + "', which is not "
                            + setting.type().name() + ": " + setting.type().fix(),
                    e);
        }
        settings.set(setting, parsed);
    }

    SignatureExplainer givenTo(SignatureExplainer explainer) {
        SignatureExplainer with = explainer;
        for (Map.Entry<String, String> setting : values.entrySet()) {
            with = with.withSetting(setting.getKey(), setting.getValue());
        }
        return with;
    }
}
