package dev.hookseal.extracta;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Extracta LABS, after its pages "Webhook" and "Webhook Event Types".
 *
 * <p>The signature, {@value #SIGNATURE_HEADER}, is the padded base64 HMAC-SHA256 of {@code JSON.stringify(body.result)};
 * the key is the dashboard's secret without its first {@code E_AI_K_}. Neither the name of the event nor anything else
 * beside the result is signed, and there is neither a delivery id nor a signed time: a replay looks like the original.
 */
public final class ExtractaProvider implements WebhookProvider<ExtractaEvent> {
    /** The header with the signature. */
    public static final String SIGNATURE_HEADER = "x-webhook-signature";

    private static final int DEFAULT_MAX_BODY_BYTES = 4 * 1024 * 1024;
    private static final List<Setting<?>> SETTINGS = List.of(EndpointSettings.REPEAT_WINDOW);

    private static final String OWN_NAMESPACE = "extraction.";
    private static final Set<String> EVENT_NAMES = Arrays.stream(ExtractaEventType.values())
            .filter(type -> type != ExtractaEventType.UNKNOWN)
            .map(ExtractaEventType::wireName)
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public String name() {
        return "extracta";
    }

    @Override
    public Class<ExtractaEvent> eventClass() {
        return ExtractaEvent.class;
    }

    @Override
    public int defaultMaxBodyBytes() {
        return DEFAULT_MAX_BODY_BYTES;
    }

    @Override
    public Set<String> eventNames() {
        return EVENT_NAMES;
    }

    /** Any documented name, and any name of another namespace, since such are announced. */
    @Override
    public boolean supportsEvent(String name) {
        return EVENT_NAMES.contains(name) || (!name.startsWith(OWN_NAMESPACE) && name.indexOf('.') > 0);
    }

    /** Returns the repeat window: no time is signed that a window could be measured from. */
    @Override
    public List<Setting<?>> settings() {
        return SETTINGS;
    }

    /**
     * Returns how Extracta signs.
     *
     * @throws WebhookConfigurationException if the secrets differ by event: Extracta does not sign the event's name
     */
    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        if (settings.secrets().differsByEventType()) {
            throw new WebhookConfigurationException(
                    settings.property("secrets")
                            + " is by event, and Extracta has one secret for every event, whose name it does not sign",
                    "set " + settings.property("secret"));
        }
        return new ExtractaScheme();
    }

    @Override
    public ReadEvent<ExtractaEvent> read(SignedContent content, EndpointSettings settings) {
        String name = content.unsignedEventName();
        return content.read((bytes, from, to) -> {
            ExtractaReader reader = new ExtractaReader(bytes, from, to);
            ExtractaEvent event = reader.event(name);
            Set<String> unexpected = new HashSet<>(content.unexpectedMembers());
            unexpected.addAll(reader.unexpectedMembers());
            return ReadEvent.of(event, name == null ? "" : name).withUnexpectedMembers(unexpected);
        });
    }
}
