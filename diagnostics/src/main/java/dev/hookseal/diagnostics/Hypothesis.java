package dev.hookseal.diagnostics;

import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that may have happened: if it did, this request would have a valid signature.
 *
 * @param detail what to say of the cause besides; may be empty
 * @param secrets the secrets that would have been the right ones; null for those that the request is to be signed with
 */
record Hypothesis(
        Cause cause,
        String detail,
        WebhookRequest request,
        @Nullable List<SigningSecret> secrets) {

    static Hypothesis ofRequest(Cause cause, String detail, WebhookRequest request) {
        return new Hypothesis(cause, detail, request, null);
    }

    static Hypothesis ofSecret(Cause cause, String detail, WebhookRequest request, SigningSecret secret) {
        return new Hypothesis(cause, detail, request, List.of(secret));
    }

    SignatureTrial.Result triedBy(SignatureTrial trial) {
        return secrets == null ? trial.of(request) : trial.of(request, secrets);
    }
}
