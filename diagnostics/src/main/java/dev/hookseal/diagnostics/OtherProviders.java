package dev.hookseal.diagnostics;

import dev.hookseal.diagnostics.Alternatives.NamedSecret;
import dev.hookseal.diagnostics.SignatureTrial.Result;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tries whether a delivery has a valid signature of another provider, with the secrets that were given. */
final class OtherProviders {
    private final Endpoint endpoint;
    private final Alternatives alternatives;

    OtherProviders(Endpoint endpoint, Alternatives alternatives) {
        this.endpoint = endpoint;
        this.alternatives = alternatives;
    }

    /** Returns whose it is, in words; empty if it is of none. */
    Optional<String> of(WebhookRequest request) {
        return KnownProviders.endpoints(alternatives.kits()).stream()
                .filter(other ->
                        !other.provider().name().equals(endpoint.provider().name()))
                .flatMap(other -> of(request, other.with(endpoint.clock()).asExample()).stream())
                .findFirst();
    }

    private Optional<String> of(WebhookRequest request, Endpoint other) {
        String whose = "it is one of " + other.provider().name();
        // a scheme that cannot read the request costs no more than that
        return trials(request, other)
                .flatMap(theirs -> {
                    if (isOf(request, theirs, endpoint.secrets().all())) {
                        return Stream.of(whose);
                    }
                    return alternatives.secrets().stream()
                            .filter(named -> isOf(request, theirs, List.of(named.secret())))
                            .map(NamedSecret::name)
                            .map(name -> whose + ", with the secret given as \"" + name + "\"");
                })
                .findFirst();
    }

    private static boolean isOf(WebhookRequest request, SignatureTrial theirs, List<SigningSecret> secrets) {
        return theirs.of(request, secrets) == Result.MATCHES;
    }

    /** Their endpoint would have one of the URLs that this one may have; what else it needs is as in a test. */
    private Stream<SignatureTrial> trials(WebhookRequest request, Endpoint other) {
        if (!other.hasPublicUrl()) {
            return other.possibleTrial().stream();
        }
        List<URI> known = Stream.concat(endpoint.publicUrl().stream(), alternatives.urls().stream())
                .toList();
        return UrlVariants.of(request, known).stream()
                .flatMap(url -> other.withPublicUrl(url).possibleTrial().stream());
    }
}
