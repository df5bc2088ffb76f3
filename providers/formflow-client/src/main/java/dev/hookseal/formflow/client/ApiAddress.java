package dev.hookseal.formflow.client;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** The address of the API; checked, since the access token is sent there. */
record ApiAddress(URI baseUrl) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    ApiAddress {
        checkHttp("The base URL", baseUrl);
        if (baseUrl.getRawUserInfo() != null || baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException("The base URL has no user info, query or fragment");
        }
        String host = baseUrl.getHost().toLowerCase(Locale.ROOT);
        if (!baseUrl.getScheme().equalsIgnoreCase("https") && !THIS_MACHINE.contains(host)) {
            throw new IllegalArgumentException(
                    "The base URL begins with https, or the access token would be sent in the"
                            + " clear; only for this machine http will do: " + baseUrl);
        }
        String text = baseUrl.toString();
        baseUrl = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    static void checkHttp(String what, URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !Set.of("http", "https").contains(scheme)) {
            throw new IllegalArgumentException(what + " is an absolute one of HTTP, with a host");
        }
    }

    URI resolve(String path) {
        return URI.create(baseUrl + path);
    }

    @Override
    public String toString() {
        return baseUrl.toString();
    }
}
