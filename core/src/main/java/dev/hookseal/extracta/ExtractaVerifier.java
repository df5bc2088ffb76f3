package dev.hookseal.extracta;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.internal.json.EcmaScriptJson;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureMatch;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.DeliveryKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class ExtractaVerifier implements WebhookVerifier<ExtractaEvent> {
    private final EndpointSettings settings;
    private final ExtractaKeys keys;

    ExtractaVerifier(EndpointSettings settings) {
        this.settings = settings;
        this.keys = new ExtractaKeys(settings.secrets(), settings.property("secret"));
    }

    @Override
    public VerifiedWebhook<ExtractaEvent> verify(WebhookRequest request) throws WebhookRejectedException {
        byte[] signature = SignatureHeader.base64(request, ExtractaProvider.SIGNATURE_HEADER);
        byte[] body = request.body();
        ExtractaEnvelope envelope = ExtractaEnvelope.of(body);
        List<SigningSecret> newestFirst = keys.newestFirst();
        if (newestFirst.isEmpty()) {
            throw new WebhookRejectedException(RejectionReason.SECRET_MISSING);
        }
        boolean spaced = startsSpaced(body, envelope.resultStart(), envelope.resultEnd());
        VerifiedWebhook<ExtractaEvent> webhook = spaced
                ? rewritten(signature, newestFirst, envelope, body)
                : asSent(signature, newestFirst, envelope, body);
        if (webhook == null) {
            webhook = spaced
                    ? asSent(signature, newestFirst, envelope, body)
                    : rewritten(signature, newestFirst, envelope, body);
        }
        if (webhook == null) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_MISMATCH);
        }
        return webhook;
    }

    // Whether there is white space up to the first colon or behind it, as there hardly is in what JSON.stringify wrote
    // and nearly always is in what something else did. It only tells which form to try first, so it may be wrong.
    private static boolean startsSpaced(byte[] body, int from, int to) {
        for (int at = from; at < to && (at == from || body[at - 1] != ':'); at++) {
            if (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t') {
                return true;
            }
        }
        return false;
    }

    private @Nullable VerifiedWebhook<ExtractaEvent> asSent(
            byte[] signature, List<SigningSecret> newestFirst, ExtractaEnvelope envelope, byte[] body) {
        int from = envelope.resultStart();
        int to = envelope.resultEnd();
        SignatureMatch match = HmacSha256.find(signature, newestFirst, body, from, to - from);
        return match == null ? null : verified(match, SignedForm.RAW, envelope, body, from, to);
    }

    private @Nullable VerifiedWebhook<ExtractaEvent> rewritten(
            byte[] signature, List<SigningSecret> newestFirst, ExtractaEnvelope envelope, byte[] body) {
        int from = envelope.resultStart();
        int to = envelope.resultEnd();
        byte[] message = EcmaScriptJson.stringifyValid(body, from, to);
        if (Arrays.equals(message, 0, message.length, body, from, to)) {
            return null;
        }
        SignatureMatch match = HmacSha256.find(signature, newestFirst, message, 0, message.length);
        return match == null ? null : verified(match, SignedForm.ECMASCRIPT, envelope, message, 0, message.length);
    }

    private VerifiedWebhook<ExtractaEvent> verified(
            SignatureMatch match, SignedForm form, ExtractaEnvelope envelope, byte[] message, int from, int to) {
        String name = envelope.unsignedTypeName();
        ExtractaReader reader = new ExtractaReader(message, from, to);
        ExtractaEvent event = reader.event(envelope);
        return VerifiedWebhook.of(
                match,
                settings.name(),
                settings.clock().instant(),
                event,
                name == null ? "" : name,
                form,
                repeatKey(message, from, to),
                reader.unexpectedMembers());
    }

    private @Nullable DeliveryKey repeatKey(byte[] message, int from, int to) {
        Duration window = settings.repeatWindow();
        return window == null ? null : DeliveryKey.ofContent(settings.name(), message, from, to, window);
    }
}
