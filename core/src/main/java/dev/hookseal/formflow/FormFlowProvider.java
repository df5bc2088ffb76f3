package dev.hookseal.formflow;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SignedTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * FormFlow of Insly Nora, after its pages "Setting up webhooks" and "Webhooks".
 *
 * <p>The signature, {@value #SIGNATURE_HEADER}, is the lower-case hex HMAC-SHA256 of the exact body. Each subscription,
 * and so each type of event, has its own secret. A redelivery has the same {@code eventId}; that and the event's
 * signed time protect against replays. The header {@value #TIMESTAMP_HEADER} is not signed: it is looked at only where
 * a tolerance is set.
 */
public final class FormFlowProvider implements WebhookProvider<FormFlowEvent> {
    /** The header with the signature. */
    public static final String SIGNATURE_HEADER = "X-Webhook-Signature";

    /** The header with the time of signing, ISO 8601, which the signature does not cover. */
    public static final String TIMESTAMP_HEADER = "X-Webhook-Timestamp";

    private static final SignatureHeader SIGNATURE = SignatureHeader.hex(SIGNATURE_HEADER);
    private static final Set<String> UNSIGNED_HEADERS = Set.of(TIMESTAMP_HEADER);
    private static final List<Setting<?>> SETTINGS = List.of(
            EndpointSettings.REPLAY_WINDOW.withDefault(Duration.ofDays(3)),
            Setting.of(
                            EndpointSettings.TOLERANCE.key(),
                            SettingType.DURATION,
                            "How far the unsigned time header may be off, in either direction.")
                    .between(Duration.ofSeconds(1), Duration.ofDays(1))
                    .otherwise("not checked"));
    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(5);
    private static final Set<String> EVENT_NAMES = Arrays.stream(FormFlowEventType.values())
            .filter(type -> type != FormFlowEventType.UNKNOWN)
            .map(FormFlowEventType::wireName)
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public String name() {
        return "formflow";
    }

    @Override
    public Class<FormFlowEvent> eventClass() {
        return FormFlowEvent.class;
    }

    /** {@value #TIMESTAMP_HEADER}. */
    @Override
    public Set<String> unsignedHeaders(EndpointSettings settings) {
        return UNSIGNED_HEADERS;
    }

    /** Returns 5 seconds, after which FormFlow counts a delivery as failed. */
    @Override
    public Optional<Duration> answerDeadline() {
        return Optional.of(ANSWER_DEADLINE);
    }

    /** Returns true: each subscription has its own secret, and is for one type of event. */
    @Override
    public boolean hasSecretPerEvent() {
        return true;
    }

    @Override
    public Set<String> eventNames() {
        return EVENT_NAMES;
    }

    /** Returns the replay window and the tolerance; there is no repeat window, since events have ids. */
    @Override
    public List<Setting<?>> settings() {
        return SETTINGS;
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        boolean differsByEventType = settings.secrets().differsByEventType();
        return new SignatureScheme() {
            @Override
            public List<String> headers() {
                return List.of(SIGNATURE_HEADER);
            }

            @Override
            public SignatureClaim claim(WebhookRequest request) throws WebhookRejectedException {
                List<byte[]> signature = SIGNATURE.read(request);
                byte[] body = request.body();
                SignatureClaim claim = SignatureClaim.of(signature, SignedMessage.of(body))
                        .unsignedTime(() -> SignedTime.ofIso8601(SignedTime.header(request, TIMESTAMP_HEADER)));
                return differsByEventType ? claim.secretName(FormFlowPayload.unverifiedType(body)) : claim;
            }
        };
    }

    @Override
    public ReadEvent<FormFlowEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        return FormFlowPayload.read(content);
    }
}
