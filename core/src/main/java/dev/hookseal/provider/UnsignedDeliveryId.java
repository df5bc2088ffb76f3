package dev.hookseal.provider;

import dev.hookseal.WebhookConfigurationException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets an application choose that the id of a delivery counts although the provider does not sign it. Such an id recognises a
 * redelivery and stops no attacker, who writes another one: it counts only where {@code unsigned-delivery-id} is true.
 *
 * <pre>{@code
 * public List<Setting<?>> settings() {
 *     return UnsignedDeliveryId.settings();
 * }
 *
 * public ReadEvent<Event> read(SignedContent content, EndpointSettings settings) {
 *     String id = content.unsignedHeader("Acme-Delivery");
 *     return ReadEvent.of(event, name).withDeliveryId(UnsignedDeliveryId.ifItCounts(id, settings));
 * }
 * }</pre>
 *
 * @apiNote For authors of providers.
 * @since 0.1.0
 */
public final class UnsignedDeliveryId {
    /** Whether the id counts; false unless set. */
    public static final Setting<Boolean> SETTING = Setting.of(
                    "unsigned-delivery-id",
                    SettingType.TRUE_OR_FALSE,
                    "Whether a delivery with the id of another one is a duplicate although the id is not signed: this"
                            + " recognises redeliveries and stops no attacker.")
            .withDefault(false);

    // without a default, so that a value that does nothing is found
    private static final Setting<Duration> RETENTION =
            EndpointSettings.ID_RETENTION.otherwise("7 days, with `" + SETTING.key() + "`");

    private UnsignedDeliveryId() {}

    /** Returns the settings for {@link WebhookProvider#settings()}: whether the id counts, and how long it is remembered. */
    public static List<Setting<?>> settings() {
        return List.of(SETTING, RETENTION);
    }

    /**
     * Checks the settings of an endpoint, for {@link WebhookProvider#scheme}.
     *
     * @throws WebhookConfigurationException if it says how long an id is remembered, and none counts
     */
    public static void check(EndpointSettings settings) {
        if (settings.value(RETENTION).isPresent() && !counts(settings)) {
            throw new WebhookConfigurationException(
                    settings.property(RETENTION.key()) + " is set, and the sender signs no id",
                    "remove it, or set " + settings.property(SETTING.key()) + " to true");
        }
    }

    /** Returns an id if it counts at an endpoint, or else null. */
    public static @Nullable String ifItCounts(@Nullable String id, EndpointSettings settings) {
        return counts(settings) ? id : null;
    }

    private static boolean counts(EndpointSettings settings) {
        return settings.value(SETTING).orElse(false);
    }
}
