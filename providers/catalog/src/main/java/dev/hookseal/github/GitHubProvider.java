package dev.hookseal.github;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.PayloadMembers;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.UnsignedDeliveryId;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * GitHub, after its page "Validating webhook deliveries": {@code X-Hub-Signature-256: sha256=<hex>} over the body, which is JSON
 * or a form with the JSON in {@code payload}. Neither the event's name nor the delivery's id is signed, and no time is.
 *
 * @since 0.1.0
 */
public final class GitHubProvider implements WebhookProvider<GitHubEvent> {
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
        return Stream.concat(UnsignedDeliveryId.settings().stream(), Stream.of(EndpointSettings.REPEAT_WINDOW))
                .toList();
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
        UnsignedDeliveryId.check(settings);
        return SignatureScheme.of(SIGNATURE, request -> SignedMessage.of(request.body()));
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
                .withDeliveryId(UnsignedDeliveryId.ifItCounts(id(content.unsignedHeader(HOOK), delivery), settings))
                .withUnexpectedMembers(members.unexpected());
    }

    // GitHub sends one event under one id to each webhook, all of which may lead here
    private static @Nullable String id(@Nullable String hook, @Nullable String delivery) {
        return delivery == null || hook == null ? delivery : hook + ":" + delivery;
    }
}
