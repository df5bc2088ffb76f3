package dev.hookseal.diagnostics;

import dev.hookseal.request.WebhookRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URLs that may be registered with the sender: those that were given, those that the headers of proxies tell, and the
 * spellings of each that are commonly confused. A header proves nothing: the signature does.
 */
final class UrlVariants {
    private static final Pattern FORWARDED = Pattern.compile("(?i)(?:^|[;,\\s])(host|proto)=\"?([^\";,\\s]+)\"?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");
    private static final List<String> TARGETS = List.of("X-Original-URL", "X-Original-URI", "X-Forwarded-Uri");
    private static final int MAX_PERMUTED_PARAMETERS = 5;

    private final WebhookRequest request;
    private final Set<URI> urls = new LinkedHashSet<>();

    private UrlVariants(WebhookRequest request) {
        this.request = request;
    }

    /** Returns URLs without a query, the likely ones first. */
    static List<URI> of(WebhookRequest request, List<URI> known) {
        UrlVariants variants = new UrlVariants(request);
        List<URI> bases = new ArrayList<>(known);
        known.forEach(url -> bases.addAll(variants.seenByProxies(url)));
        if (known.isEmpty()) {
            bases.addAll(variants.seenByProxies(URI.create("https://localhost/")));
        }
        variants.urls.addAll(bases);
        bases.forEach(variants::respelled);
        return List.copyOf(variants.urls);
    }

    /** Returns the same URL as the headers of the request have it. */
    private List<URI> seenByProxies(URI url) {
        Set<String> hosts = new LinkedHashSet<>();
        values("X-Forwarded-Host").forEach(hosts::add);
        forwarded("host").forEach(hosts::add);
        values("X-Original-Host").forEach(hosts::add);
        values("Host").forEach(hosts::add);
        hosts.add(url.getRawAuthority());
        Set<String> schemes = new LinkedHashSet<>(List.of(String.valueOf(url.getScheme())));
        values("X-Forwarded-Proto").forEach(schemes::add);
        forwarded("proto").forEach(schemes::add);
        Set<String> paths = new LinkedHashSet<>(List.of(String.valueOf(url.getRawPath())));
        values("X-Forwarded-Prefix").forEach(prefix -> paths.add(withoutSlash(prefix) + url.getRawPath()));
        TARGETS.forEach(name -> values(name).forEach(target -> paths.add(withoutQuery(target))));
        List<URI> found = new ArrayList<>();
        for (String host : hosts) {
            for (String scheme : schemes) {
                for (String path : paths) {
                    url(scheme, host, path).ifPresent(found::add);
                    values("X-Forwarded-Port")
                            .forEach(port -> url(scheme, withoutPort(host) + ":" + port, path)
                                    .ifPresent(found::add));
                }
            }
        }
        return found;
    }

    private List<String> values(String name) {
        return request.headers(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private List<String> forwarded(String parameter) {
        List<String> found = new ArrayList<>();
        for (String value : request.headers("Forwarded")) {
            Matcher matcher = FORWARDED.matcher(value);
            while (matcher.find()) {
                if (matcher.group(1).equalsIgnoreCase(parameter)) {
                    found.add(matcher.group(2));
                }
            }
        }
        return found;
    }

    private void respelled(URI url) {
        String path = String.valueOf(url.getRawPath());
        String slash = path.endsWith("/") ? withoutSlash(path) : path + "/";
        String bare = withoutPort(url.getRawAuthority());
        String www = bare.startsWith("www.") ? bare.substring("www.".length()) : "www." + bare;
        Set<String> hosts = new LinkedHashSet<>(
                List.of(url.getRawAuthority(), bare, bare + ":443", bare + ":80", www, bare.toLowerCase(Locale.ROOT)));
        for (String scheme : List.of(String.valueOf(url.getScheme()), "https", "http")) {
            for (String host : hosts) {
                url(scheme, host, path).ifPresent(urls::add);
                url(scheme, host, slash).ifPresent(urls::add);
            }
        }
        url(String.valueOf(url.getScheme()), url.getRawAuthority(), path.toLowerCase(Locale.ROOT))
                .ifPresent(urls::add);
    }

    private static Optional<URI> url(String scheme, String host, String path) {
        boolean isHttp = scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http");
        if (!isHttp || !HOST.matcher(withoutPort(host)).matches()) {
            return Optional.empty();
        }
        try {
            URI url = URI.create(scheme + "://" + host + path);
            return url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null
                    ? Optional.empty()
                    : Optional.of(url);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String withoutPort(String authority) {
        return authority.replaceFirst(":\\d*$", "");
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String withoutQuery(String target) {
        return target.replaceFirst("^https?://[^/]*", "").replaceFirst("[?#].*", "");
    }

    /**
     * A query that may have been signed.
     *
     * @param query null for a URL without one
     * @param description for people; empty for that of the request
     */
    record Query(@Nullable String query, String description) {}

    /** Returns the queries that the sender may have called with, the one of the request first. */
    static List<Query> queriesOf(WebhookRequest request) {
        String query = request.rawQuery();
        List<Query> queries = new ArrayList<>(List.of(new Query(query, "")));
        for (String name : TARGETS) {
            for (String target : request.headers(name)) {
                int mark = target.indexOf('?');
                if (mark >= 0) {
                    queries.add(new Query(target.substring(mark + 1), "with the query that " + name + " has"));
                }
            }
        }
        if (query == null) {
            return queries;
        }
        queries.add(new Query(null, "without the query"));
        queries.add(new Query(query.replace("+", "%20"), "with spaces of the query written as %20"));
        queries.add(new Query(query.replace("%20", "+"), "with spaces of the query written as +"));
        Matcher escape = Pattern.compile("%[0-9A-Fa-f]{2}").matcher(query);
        queries.add(new Query(
                escape.replaceAll(found -> found.group().toUpperCase(Locale.ROOT)),
                "with upper-case escapes in the query"));
        queries.add(new Query(
                escape.replaceAll(found -> found.group().toLowerCase(Locale.ROOT)),
                "with lower-case escapes in the query"));
        queries.add(new Query(decoded(query), "with the query decoded"));
        List<String> parameters = Arrays.asList(query.split("&", -1));
        queries.add(inOrder(parameters.stream().sorted().toList()));
        if (parameters.size() <= MAX_PERMUTED_PARAMETERS) {
            permute(new ArrayList<>(parameters), 0, queries);
        }
        for (int left = 0; left < parameters.size(); left++) {
            List<String> others = new ArrayList<>(parameters);
            others.remove(left);
            if (!others.isEmpty()) {
                queries.add(new Query(String.join("&", others), "without a parameter that was added to the query"));
            }
        }
        return queries;
    }

    private static Query inOrder(List<String> parameters) {
        return new Query(String.join("&", parameters), "with the parameters of the query in another order");
    }

    private static void permute(List<String> parameters, int from, List<Query> queries) {
        if (from == parameters.size()) {
            queries.add(inOrder(parameters));
        }
        for (int i = from; i < parameters.size(); i++) {
            Collections.swap(parameters, from, i);
            permute(parameters, from + 1, queries);
            Collections.swap(parameters, from, i);
        }
    }

    /** The escapes of printable ASCII are undone, as a proxy does that normalises URLs. */
    private static String decoded(String query) {
        return Pattern.compile("%([2-7][0-9A-Fa-f])").matcher(query).replaceAll(found -> {
            char c = (char) Integer.parseInt(found.group(1), 16);
            return c == '%' || c == '&' || c == '#' || c == 0x7F ? found.group() : Matcher.quoteReplacement("" + c);
        });
    }
}
