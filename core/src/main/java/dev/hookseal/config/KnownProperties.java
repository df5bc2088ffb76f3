package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The properties that there are, and what to say of one that there is not. */
public final class KnownProperties {
    /** The keys below {@code hookseal.endpoints.<name>}. */
    public static final Set<String> OF_AN_ENDPOINT = endpointKeys();

    /** The properties that no endpoint has. */
    public static final Set<String> OTHERS = Set.of(
            "hookseal.body-timeout",
            "hookseal.body-budget",
            "hookseal.store.max-deliveries",
            "hookseal.rejected.keep",
            "hookseal.rejected.max-deliveries",
            "hookseal.rejected.max-size");

    private static final String ENDPOINTS = "hookseal.endpoints";
    private static final Pattern ENDPOINT = Pattern.compile("hookseal\\.endpoints\\.([^.\\[]+)\\.([^.\\[]+)(.*)");

    // more than that is another word
    private static final int MAX_EDITS = 4;

    private KnownProperties() {}

    private static Set<String> endpointKeys() {
        Set<String> keys = new TreeSet<>();
        for (RecordComponent component : EndpointProperties.class.getRecordComponents()) {
            String name = component.getName().replace("maxBodyBytes", "maxBodySize");
            keys.add(name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        }
        return Set.copyOf(keys);
    }

    /** Whether a property below {@code hookseal}, in lower case with hyphens, is one that there is. */
    public static boolean isKnown(String property) {
        Matcher endpoint = ENDPOINT.matcher(property);
        if (!endpoint.matches()) {
            return OTHERS.contains(property);
        }
        String rest = endpoint.group(3);
        return endpoint.group(2).equals("secrets")
                ? !rest.isEmpty()
                : rest.isEmpty() && OF_AN_ENDPOINT.contains(endpoint.group(2));
    }

    /**
     * Returns what is wrong with a property that there is not, with the nearest right one. Its value is not shown, since
     * it may be a secret.
     *
     * @param property the whole name, in lower case with hyphens, such as {@code hookseal.endpoints.formflow.tolerence}
     */
    public static WebhookConfigurationException unknown(String property) {
        Matcher endpoint = ENDPOINT.matcher(property);
        if (!endpoint.matches()) {
            return new WebhookConfigurationException(
                    property + " is not a property of Hookseal", ofNoEndpoint(property));
        }
        String prefix = ENDPOINTS + "." + endpoint.group(1) + ".";
        String key = endpoint.group(2);
        String rest = endpoint.group(3);
        if (key.equals("secrets") && rest.isEmpty()) {
            return new WebhookConfigurationException(
                    property + " is a list, or has a secret for each event, and not one value",
                    "set " + prefix + "secret for one secret, " + prefix + "secrets[0] for the first of a list, or "
                            + prefix + "secrets.<event>");
        }
        if (key.equals("secret") && !rest.isEmpty()) {
            return new WebhookConfigurationException(
                    property + " is not a property of Hookseal: " + prefix + "secret is one value",
                    "set " + prefix + "secrets" + rest + ", or " + prefix + "secret for every event");
        }
        if (OF_AN_ENDPOINT.contains(key)) {
            return new WebhookConfigurationException(
                    property + " is not a property of Hookseal: " + prefix + key + " is one value",
                    "set " + prefix + key);
        }
        return new WebhookConfigurationException(
                property + " is not a property of Hookseal",
                nearest(key, OF_AN_ENDPOINT)
                        .map(known -> "use " + prefix + whole(known, rest))
                        .orElse("use one of " + new TreeSet<>(OF_AN_ENDPOINT) + " below " + ENDPOINTS + "."
                                + endpoint.group(1)));
    }

    private static String whole(String key, String rest) {
        if (!key.startsWith("secret")) {
            return key;
        }
        return rest.isEmpty() ? key.replace("secrets", "secrets.<event>") : "secrets" + rest;
    }

    private static String ofNoEndpoint(String property) {
        if (property.startsWith(ENDPOINTS + ".")) {
            return "set a key below the name of an endpoint, such as " + property + ".secret";
        }
        return nearest(property, OTHERS)
                .map(known -> "use " + known)
                .orElse("use " + ENDPOINTS + ".<name>.<key>, or one of " + new TreeSet<>(OTHERS));
    }

    /** Returns what was most likely meant, if anything is near. */
    static Optional<String> nearest(String wrong, Set<String> known) {
        Optional<String> longer =
                known.stream().filter(each -> each.startsWith(wrong)).min(Comparator.naturalOrder());
        return longer.isPresent()
                ? longer
                : known.stream()
                        .min(Comparator.<String>comparingInt(each -> edits(wrong, each))
                                .thenComparing(each -> each))
                        .filter(best -> edits(wrong, best) <= Math.min(MAX_EDITS, wrong.length() / 2));
    }

    /** Returns the Levenshtein distance. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, column -> column);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
