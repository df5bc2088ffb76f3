package dev.hookseal.diagnostics;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a sender may have used instead of what the endpoint has.
 *
 * @param secrets of other endpoints
 * @param urls that may be registered with the sender
 * @param kits of providers that are not on the class path
 */
record Alternatives(List<NamedSecret> secrets, List<URI> urls, List<ProviderKit> kits) {
    static final Alternatives NONE = new Alternatives(List.of(), List.of(), List.of());

    /**
     * A secret.
     *
     * @param name says whose it is, such as {@code test mode}
     */
    record NamedSecret(String name, SigningSecret secret) {}

    Alternatives and(NamedSecret secret) {
        return new Alternatives(more(secrets, secret), urls, kits);
    }

    Alternatives and(URI url) {
        return new Alternatives(secrets, more(urls, url), kits);
    }

    Alternatives and(ProviderKit kit) {
        return new Alternatives(secrets, urls, more(kits, kit));
    }

    private static <T> List<T> more(List<T> present, T added) {
        return Stream.concat(present.stream(), Stream.of(added)).toList();
    }
}
