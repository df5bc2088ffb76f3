package dev.hookseal.diagnostics;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignatureCheck;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SigningSecret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells whether a signature matches, by the scheme that a receiver uses. It looks at nothing else: neither at times nor at
 * the event, since thousands of requests may have to be tried.
 */
final class SignatureTrial {
    private final SignatureScheme scheme;
    private final SignatureCheck check;
    private final SecretSource secrets;
    private final Instant now;

    enum Result {
        MATCHES,
        DIFFERS,
        /** The scheme cannot read such a request, or there is no usable secret. */
        NOT_COMPARED
    }

    SignatureTrial(SignatureScheme scheme, EndpointSettings settings) {
        this.scheme = scheme;
        this.check = new SignatureCheck(scheme, settings.name());
        this.secrets = settings.secrets();
        this.now = settings.clock().instant();
    }

    static SignatureTrial of(WebhookProvider<?> provider, EndpointSettings settings) {
        return new SignatureTrial(provider.scheme(settings), settings);
    }

    SignatureScheme scheme() {
        return scheme;
    }

    /** Tries the secrets that the request is to be signed with. */
    Result of(WebhookRequest request) {
        try {
            SignatureClaim claim = scheme.claim(request);
            return compare(claim, secretsFor(claim.secretName()));
        } catch (WebhookRejectedException e) {
            return Result.NOT_COMPARED;
        }
    }

    /** Tries secrets that may be guesses. */
    Result of(WebhookRequest request, List<SigningSecret> tried) {
        try {
            SignatureClaim claim = scheme.claim(request);
            return compare(claim, tried.stream().filter(this::isUsable).toList());
        } catch (WebhookRejectedException e) {
            return Result.NOT_COMPARED;
        }
    }

    private Result compare(SignatureClaim claim, List<SigningSecret> tried) {
        try {
            check.verify(claim, tried, now, Map.of());
            return Result.MATCHES;
        } catch (WebhookRejectedException e) {
            return switch (e.reason()) {
                case SIGNATURE_MISMATCH -> Result.DIFFERS;
                case SECRET_MISSING -> Result.NOT_COMPARED;
                // its time is read only once the signature has matched
                default -> Result.MATCHES;
            };
        }
    }

    /** Returns whether the provider can have such a secret. The check logs one that it cannot have as a mistake. */
    boolean isUsable(SigningSecret secret) {
        try {
            scheme.key(secret);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    boolean hasPublicKey(List<SigningSecret> given) {
        return given.stream()
                .filter(this::isUsable)
                .anyMatch(secret -> scheme.key(secret).algorithm().isAsymmetric());
    }

    private List<SigningSecret> secretsFor(String name) {
        return secrets.secretsFor(secrets.differsByEventType() ? name : "");
    }

    /** Returns the secrets that a request is to be signed with; empty if it cannot be read. */
    Optional<List<SigningSecret>> secretsOf(WebhookRequest request) {
        return secretName(request).map(this::secretsFor);
    }

    /** Returns the name that the secret of a request goes by; empty if the request cannot be read. */
    Optional<String> secretName(WebhookRequest request) {
        try {
            return Optional.of(scheme.claim(request).secretName());
        } catch (WebhookRejectedException e) {
            return Optional.empty();
        }
    }

    /** Returns why the scheme cannot read a request; empty if it can. */
    Optional<WebhookRejectedException> problem(WebhookRequest request) {
        try {
            scheme.claim(request);
            return Optional.empty();
        } catch (WebhookRejectedException e) {
            return Optional.of(e);
        }
    }

    boolean isProblem(RejectionReason reason, WebhookRequest request) {
        return problem(request).filter(problem -> problem.reason() == reason).isPresent();
    }

    /**
     * Returns the signatures that would be right for a request, whatever it offers; none if it cannot be read, and with a
     * public key.
     */
    List<byte[]> matching(WebhookRequest request, List<SigningSecret> tried) {
        try {
            SignatureClaim claim = scheme.claim(request);
            return tried.stream()
                    .filter(this::isUsable)
                    .flatMap(secret -> check.matching(claim, secret).stream())
                    .toList();
        } catch (WebhookRejectedException e) {
            return List.of();
        }
    }
}
