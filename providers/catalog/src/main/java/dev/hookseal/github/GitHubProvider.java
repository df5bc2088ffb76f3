package dev.hookseal.github;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.PayloadMembers;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * GitHub, after its page "Validating webhook deliveries": {@code X-Hub-Signature-256: sha256=<hex>} over the body, which is JSON
 * or a form with the JSON in {@code payload}. Neither the event's name nor the delivery's id is signed, and no time is.
 *
 * @since 0.1.0
 */
public final class GitHubProvider implements WebhookProvider<GitHubEvent> {
    /** Whether {@code X-GitHub-Delivery}, which is not signed, counts as the id of a delivery. */
    public static final Setting<Boolean> UNSIGNED_DELIVERY_ID = Setting.of(
                    "unsigned-delivery-id",
                    SettingType.TRUE_OR_FALSE,
                    "Whether a delivery with the X-GitHub-Delivery of another one is a duplicate. The header is not"
                            + " signed: this recognises GitHub's redeliveries and stops no attacker.")
            .withDefault(false);

    private static final Setting<Duration> ID_RETENTION =
            EndpointSettings.ID_RETENTION.otherwise("7 days, with `unsigned-delivery-id`");

    private static final SignatureHeader SIGNATURE =
            SignatureHeader.hex("X-Hub-Signature-256").withPrefix("sha256=");
    private static final String EVENT = "X-GitHub-Event";
    private static final String DELIVERY = "X-GitHub-Delivery";
    private static final String HOOK = "X-GitHub-Hook-ID";

    // GitHub delivers nothing larger
    private static final int MAX_BODY_BYTES = 25 * 1024 * 1024;

    @Override
    public String name() {
        return "github";
    }

    @Override
    public Class<GitHubEvent> eventClass() {
        return GitHubEvent.class;
    }

    /** Returns 25 MiB: GitHub delivers at most 25 MB. */
    @Override
    public int defaultMaxBodyBytes() {
        return MAX_BODY_BYTES;
    }

    /** Returns 10 seconds. */
    @Override
    public Optional<Duration> answerDeadline() {
        return Optional.of(Duration.ofSeconds(10));
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(UNSIGNED_DELIVERY_ID, ID_RETENTION, EndpointSettings.REPEAT_WINDOW);
    }

    @Override
    public Set<String> unsignedHeaders(EndpointSettings settings) {
        return Set.of(
                EVENT,
                DELIVERY,
                HOOK,
                "X-GitHub-Hook-Installation-Target-Type",
                "X-GitHub-Hook-Installation-Target-ID",
                "X-GitHub-Enterprise-Host",
                "X-GitHub-Enterprise-Version");
    }

    /**
     * Returns how GitHub signs.
     *
     * @throws WebhookConfigurationException if {@code id-retention} is set and no id counts
     */
    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        if (settings.value(ID_RETENTION).isPresent() && !countsUnsignedId(settings)) {
            throw new WebhookConfigurationException(
                    settings.property(ID_RETENTION.key()) + " is set, and GitHub signs no id",
                    "remove it, or set " + settings.property(UNSIGNED_DELIVERY_ID.key()) + " to true");
        }
        return SignatureScheme.of(SIGNATURE, request -> SignedMessage.of(request.body()));
    }

    private static boolean countsUnsignedId(EndpointSettings settings) {
        return settings.value(UNSIGNED_DELIVERY_ID).orElse(false);
    }

    @Override
    public ReadEvent<GitHubEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        PayloadMembers members = PayloadMembers.of(GitHubBody.json(content));
        String name = content.unsignedHeader(EVENT);
        String delivery = content.unsignedHeader(DELIVERY);
        GitHubEvent event = new GitHubPayload(
                name == null ? "" : name,
                delivery,
                members.text("action"),
                members.object("repository"),
                members.object("organization"),
                members.object("installation"),
                members.object("sender"),
                members.json());
        return ReadEvent.of(event, event.unsignedEventName())
                .withDeliveryId(countsUnsignedId(settings) ? id(content.unsignedHeader(HOOK), delivery) : null)
                .withUnexpectedMembers(members.unexpected());
    }

    // GitHub sends one event under one id to each webhook, all of which may lead here
    private static @Nullable String id(@Nullable String hook, @Nullable String delivery) {
        return delivery == null || hook == null ? delivery : hook + ":" + delivery;
    }
}
