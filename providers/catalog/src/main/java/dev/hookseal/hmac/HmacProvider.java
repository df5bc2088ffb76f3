package dev.hookseal.hmac;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.hmac.SignedTemplate.Placeholder;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Any sender that signs with an HMAC in a header, described by {@link HmacSettings}. Several endpoints can have this
 * provider, each with another sender.
 *
 * @since 0.1.0
 */
public final class HmacProvider implements WebhookProvider<HmacEvent> {
    private static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "hmac";
    }

    @Override
    public Class<HmacEvent> eventClass() {
        return HmacEvent.class;
    }

    @Override
    public List<Setting<?>> settings() {
        return HmacSettings.ALL;
    }

    /** Returns five minutes for a signed time unless set, and nothing for an unsigned one unless set. */
    @Override
    public Optional<Duration> tolerance(EndpointSettings settings) {
        boolean isSigned = settings.value(HmacSettings.TIMESTAMP_POINTER).isPresent()
                || SettingsCheck.of(settings).has(Placeholder.TIMESTAMP);
        return settings.value(HmacSettings.TOLERANCE)
                .or(() -> isSigned ? Optional.of(DEFAULT_TOLERANCE) : Optional.empty());
    }

    /** Returns the headers of the event's name, of the id and of the time, those that are signed excluded. */
    @Override
    public Set<String> unsignedHeaders(EndpointSettings settings) {
        SignedTemplate template = SettingsCheck.of(settings);
        Set<String> unsigned = new LinkedHashSet<>();
        settings.value(HmacSettings.EVENT_HEADER).ifPresent(unsigned::add);
        if (!template.has(Placeholder.ID)) {
            settings.value(HmacSettings.ID_HEADER).ifPresent(unsigned::add);
        }
        if (!template.has(Placeholder.TIMESTAMP)) {
            settings.value(HmacSettings.TIMESTAMP_HEADER).ifPresent(unsigned::add);
        }
        return unsigned;
    }

    /**
     * Returns how the sender signs.
     *
     * @throws WebhookConfigurationException if a setting is missing, contradicts another or has no effect, or if what is
     *     signed could be read in two ways
     */
    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        return new HmacScheme(settings, SettingsCheck.of(settings));
    }

    @Override
    public ReadEvent<HmacEvent> read(SignedContent content, EndpointSettings settings) throws WebhookRejectedException {
        return new HmacReader(settings, content).read();
    }
}
