package dev.hookseal.slack;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Handshake;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SignedTime;
import dev.hookseal.signature.VerificationKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Slack, after its page "Verifying requests from Slack": {@code X-Slack-Signature: v0=<hex>} over {@code v0:time:body}, five
 * minutes either way, boundary included. The key is the signing secret as text. Events come as JSON, interactions and
 * commands as forms. A {@code url_verification} is answered with its challenge.
 *
 * @since 0.1.0
 */
public final class SlackProvider implements WebhookProvider<SlackEvent> {
    private static final SignatureHeader SIGNATURE =
            SignatureHeader.hex("X-Slack-Signature").withPrefix("v0=");

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        return SignatureScheme.of(SIGNATURE, VerificationKey::hmacSha256, request -> {
            String time = SignedTime.header(request, "X-Slack-Request-Timestamp");
            return SignatureClaim.of(
                            SIGNATURE.read(request),
                            SignedMessage.of(request.body()).after("v0:" + time + ":"))
                    .signedTime(() -> SignedTime.ofUnixSeconds(time));
        });
    }

    @Override
    public Optional<Handshake> handshake(EndpointSettings settings) {
        return Optional.of(Handshake.ofVerified(SlackBody::challenge));
    }

    @Override
    public ReadEvent<SlackEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        return SlackBody.read(content);
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public Class<SlackEvent> eventClass() {
        return SlackEvent.class;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(EndpointSettings.TOLERANCE.withDefault(Duration.ofMinutes(5)), EndpointSettings.ID_RETENTION);
    }

    /** Returns the number and the reason of a retry. */
    @Override
    public Set<String> unsignedHeaders(EndpointSettings settings) {
        return Set.of("X-Slack-Retry-Num", "X-Slack-Retry-Reason");
    }

    /** Returns 3 seconds. */
    @Override
    public Optional<Duration> answerDeadline() {
        return Optional.of(Duration.ofSeconds(3));
    }
}
