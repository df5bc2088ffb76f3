package dev.hookseal.extracta;

import dev.hookseal.internal.json.EcmaScriptJson;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignatureAlgorithm;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.signature.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Signs {@code JSON.stringify(body.result)}, which the body has as it is, or in another writer's form. */
final class ExtractaScheme implements SignatureScheme {
    private static final SignatureHeader SIGNATURE = SignatureHeader.base64(ExtractaProvider.SIGNATURE_HEADER);
    private static final List<String> HEADERS = List.of(ExtractaProvider.SIGNATURE_HEADER);
    private static final String PREFIX = "E_AI_K_";
    private static final Set<String> UNEXPECTED_EVENT = Set.of("event");

    @Override
    public List<String> headers() {
        return HEADERS;
    }

    @Override
    public SignatureClaim claim(WebhookRequest request) throws WebhookRejectedException {
        List<byte[]> signature = SIGNATURE.read(request);
        byte[] body = request.body();
        ExtractaEnvelope envelope = ExtractaEnvelope.of(body);
        int from = envelope.resultStart();
        int to = envelope.resultEnd();
        Supplier<@Nullable SignedMessage> asSent = () -> SignedMessage.ofPart(body, from, to, SignedForm.RAW);
        Supplier<@Nullable SignedMessage> rewritten = () -> rewritten(body, from, to);
        SignatureClaim claim = SignatureClaim.of(
                        Map.of(SignatureAlgorithm.HMAC_SHA256, signature),
                        startsSpaced(body, from, to) ? List.of(rewritten, asSent) : List.of(asSent, rewritten))
                .unsignedEventName(envelope.unsignedTypeName());
        return envelope.hasTypeOfUnexpectedKind() ? claim.unexpectedMembers(UNEXPECTED_EVENT) : claim;
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

    private static @Nullable SignedMessage rewritten(byte[] body, int from, int to) {
        byte[] message = EcmaScriptJson.stringifyValid(body, from, to);
        return Arrays.equals(message, 0, message.length, body, from, to)
                ? null
                : SignedMessage.ofPart(message, 0, message.length, SignedForm.ECMASCRIPT);
    }

    /** Returns the dashboard's secret without the first {@code E_AI_K_} in it. */
    @Override
    public VerificationKey key(SigningSecret secret) {
        // one character for each byte, so that a secret that is not text stays as it is
        String text = new String(secret.exposeSecretBytes(), StandardCharsets.ISO_8859_1);
        int at = text.indexOf(PREFIX);
        if (at < 0) {
            return VerificationKey.hmacSha256(secret);
        }
        String key = text.substring(0, at) + text.substring(at + PREFIX.length());
        if (key.isEmpty()) {
            // such a key would sign for everyone
            throw new IllegalArgumentException(
                    "it is empty after its prefix " + PREFIX + ": set the whole secret of Extracta's dashboard");
        }
        return VerificationKey.hmac(SignatureAlgorithm.HMAC_SHA256, key.getBytes(StandardCharsets.ISO_8859_1));
    }
}
