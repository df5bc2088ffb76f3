package dev.hookseal.formflow;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureMatch;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.DeliveryKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class FormFlowVerifier implements WebhookVerifier<FormFlowEvent> {
    // how far the provider's clock may be ahead of ours
    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private final EndpointSettings settings;
    private final @Nullable Duration tolerance;
    private final Duration replayWindow;
    private final Duration retention;

    FormFlowVerifier(EndpointSettings settings) {
        this.settings = settings;
        this.tolerance = settings.tolerance();
        this.replayWindow = settings.value(FormFlowProvider.REPLAY_WINDOW).orElseThrow();
        // An event from ahead of our clock is taken until its time is a window ago, boundary included: its id has to
        // be known for longer than that.
        this.retention = replayWindow.plus(MAX_AHEAD).plusSeconds(1);
    }

    @Override
    public VerifiedWebhook<FormFlowEvent> verify(WebhookRequest request) throws WebhookRejectedException {
        byte[] signature = SignatureHeader.hex(request, FormFlowProvider.SIGNATURE_HEADER);
        byte[] body = request.body();
        SecretSource secrets = settings.secrets();
        FormFlowPayload.Draft draft;
        SignatureMatch match;
        if (secrets.differsByEventType()) {
            draft = FormFlowPayload.Draft.parse(body);
            match = HmacSha256.verify(signature, secretsFor(draft.unverifiedType()), body);
        } else {
            match = HmacSha256.verify(signature, secrets.secretsFor(""), body);
            draft = FormFlowPayload.Draft.parse(body);
        }
        String id = draft.signedId();
        DeliveryKey key = id == null ? null : DeliveryKey.of(settings.name(), id, retention);
        try {
            FormFlowPayload event = draft.event();
            Instant now = settings.clock().instant();
            if (tolerance != null) {
                checkHeader(request, now, tolerance);
            }
            checkAge(event, now);
            return VerifiedWebhook.of(
                    match,
                    settings.name(),
                    now,
                    event,
                    event.typeName(),
                    SignedForm.RAW,
                    key,
                    draft.unexpectedMembers());
        } catch (WebhookRejectedException e) {
            throw new WebhookRejectedException(e.reason(), key, e.detail());
        }
    }

    private List<SigningSecret> secretsFor(String unverifiedType) throws WebhookRejectedException {
        List<SigningSecret> newestFirst = settings.secrets().secretsFor(unverifiedType);
        if (newestFirst.isEmpty()) {
            throw new WebhookRejectedException(
                    RejectionReason.SECRET_MISSING,
                    null,
                    FormFlowProvider.EVENT_NAMES.contains(unverifiedType)
                            ? "for event " + unverifiedType + ": set " + settings.property("secrets." + unverifiedType)
                            : "for an event that FormFlow does not document");
        }
        return newestFirst;
    }

    private void checkHeader(WebhookRequest request, Instant now, Duration tolerance) throws WebhookRejectedException {
        List<String> values = request.headers(FormFlowProvider.TIMESTAMP_HEADER);
        if (values.isEmpty()) {
            throw outsideTolerance(RejectionReason.TIMESTAMP_MISSING);
        }
        Instant sent = values.size() == 1 ? parse(values.get(0)) : null;
        if (sent == null) {
            throw outsideTolerance(RejectionReason.TIMESTAMP_MALFORMED);
        }
        if (sent.isBefore(now.minus(tolerance))) {
            throw outsideTolerance(RejectionReason.TIMESTAMP_TOO_OLD);
        }
        if (sent.isAfter(now.plus(tolerance))) {
            throw outsideTolerance(RejectionReason.TIMESTAMP_TOO_FAR_AHEAD);
        }
    }

    private WebhookRejectedException outsideTolerance(RejectionReason reason) {
        return new WebhookRejectedException(
                reason,
                null,
                "the signature is valid; " + FormFlowProvider.TIMESTAMP_HEADER + " is checked since "
                        + settings.property("tolerance") + " is set, to " + tolerance);
    }

    private static @Nullable Instant parse(String time) {
        try {
            return Instant.parse(time);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void checkAge(FormFlowEvent event, Instant now) throws WebhookRejectedException {
        if (event.timestamp().isBefore(now.minus(replayWindow))) {
            throw new WebhookRejectedException(
                    RejectionReason.EVENT_TOO_OLD,
                    null,
                    "the signature is valid; the event is of " + event.timestamp() + ", and "
                            + settings.property("replay-window") + " is " + replayWindow
                            + ". That is a rule of Hookseal against replays, and not one of FormFlow: to try an old"
                            + " example, set a longer window, at most 3650d, or send a new event with the testkit or"
                            + " \"hookseal send\"");
        }
        if (event.timestamp().isAfter(now.plus(MAX_AHEAD))) {
            throw new WebhookRejectedException(
                    RejectionReason.EVENT_TOO_FAR_AHEAD,
                    null,
                    "the signature is valid; the event is of " + event.timestamp() + ", more than " + MAX_AHEAD
                            + " ahead of this machine's clock, which says " + now);
        }
    }
}
