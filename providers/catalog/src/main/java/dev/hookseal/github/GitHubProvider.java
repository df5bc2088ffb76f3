package dev.hookseal.github;

import dev.hookseal.JsonData;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
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

/**
 * GitHub, after its page "Validating webhook deliveries": {@code X-Hub-Signature-256: sha256=<hex>} over the body. Neither the
 * event name nor the delivery id is signed, and no time is.
 *
 * @since 0.1.0
 */
public final class GitHubProvider implements WebhookProvider<GitHubEvent> {
    private static final SignatureHeader SIGNATURE =
            SignatureHeader.hex("X-Hub-Signature-256").withPrefix("sha256=");
    private static final String EVENT = "X-GitHub-Event";
    // GitHub delivers nothing larger
    private static final int MAX_BODY_BYTES = 25 * 1024 * 1024;

    @Override
    public int defaultMaxBodyBytes() {
        return MAX_BODY_BYTES;
    }

    @Override
    public Set<String> unsignedHeaders(EndpointSettings settings) {
        return Set.of(EVENT, "X-GitHub-Delivery", "X-GitHub-Hook-ID");
    }

    /** Returns 10 seconds. */
    @Override
    public Optional<Duration> answerDeadline() {
        return Optional.of(Duration.ofSeconds(10));
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        return SignatureScheme.of(SIGNATURE, request -> SignedMessage.of(request.body()));
    }

    @Override
    public ReadEvent<GitHubEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        JsonData json = JsonData.of(content);
        List<String> names = content.unsignedHeaders().getOrDefault(EVENT, List.of());
        String name = names.size() == 1 ? names.get(0) : "";
        GitHubEvent event = new GitHubPayload(
                name,
                json.text("/action").orElse(null),
                json.text("/repository/full_name").orElse(null),
                json);
        return ReadEvent.of(event, name);
    }

    @Override
    public String name() {
        return "github";
    }

    @Override
    public Class<GitHubEvent> eventClass() {
        return GitHubEvent.class;
    }
}
