package dev.hookseal.diagnostics;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRequest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A provider whose delivery a request may be, by its headers. Nothing of it is verified.
 *
 * @param name the provider's name
 * @param headers those of its headers by which it was recognised
 * @param fit how well they fit
 * @since 0.1.0
 */
public record RecognisedProvider(String name, List<String> headers, Fit fit) {

    /** How well the headers of a request fit a provider, the best first. */
    public enum Fit {
        /** The request has the provider's signature header, written as the provider writes it. */
        SIGNATURE_READABLE,
        /** The request has the provider's signature header, and the provider could not read it. */
        SIGNATURE_UNREADABLE,
        /** The request has no signature of the provider, but other headers that only some senders send. */
        OTHER_HEADERS
    }

    // what any sender may send
    private static final Set<String> COMMON = Set.of("accept", "content-type", "date", "user-agent");

    /** Copies the list. */
    public RecognisedProvider {
        headers = List.copyOf(headers);
    }

    static List<RecognisedProvider> all(WebhookRequest request, Collection<ProviderKit> more) {
        return KnownProviders.endpoints(more).stream()
                .flatMap(endpoint -> of(endpoint, request).stream())
                .sorted(Comparator.comparing(RecognisedProvider::fit).thenComparing(RecognisedProvider::name))
                .toList();
    }

    private static Optional<RecognisedProvider> of(Endpoint endpoint, WebhookRequest request) {
        String name = endpoint.provider().name();
        List<String> signatures = present(endpoint.signatureHeaders(), request);
        if (!signatures.isEmpty()) {
            return Optional.of(new RecognisedProvider(
                    name,
                    signatures,
                    isReadable(endpoint, request) ? Fit.SIGNATURE_READABLE : Fit.SIGNATURE_UNREADABLE));
        }
        List<String> others = present(endpoint.exampleHeaders().keySet(), request);
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new RecognisedProvider(name, others, Fit.OTHER_HEADERS));
    }

    private static List<String> present(Collection<String> names, WebhookRequest request) {
        return names.stream()
                .filter(name -> !COMMON.contains(name.toLowerCase(Locale.ROOT)))
                .filter(name -> request.headers(name).stream().anyMatch(value -> !value.isBlank()))
                .toList();
    }

    private static boolean isReadable(Endpoint endpoint, WebhookRequest request) {
        try {
            return endpoint.asExample()
                    .trial()
                    .problem(request)
                    // what needs the body, or another header, is not a matter of the signature
                    .filter(problem -> problem.reason() == RejectionReason.SIGNATURE_MALFORMED
                            || problem.reason() == RejectionReason.SIGNATURE_REPEATED)
                    .isEmpty();
        } catch (WebhookConfigurationException e) {
            return false;
        }
    }
}
