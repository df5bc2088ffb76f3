package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The properties that there are, and what to say of one that there is not. */
public final class KnownProperties {
    static final String ENDPOINTS = "hookseal.endpoints";

    private static final Pattern ENDPOINT = Pattern.compile("hookseal\\.endpoints\\.([^.\\[]+)\\.([^.\\[]+)(.*)");

    // more than that is another word
    private static final int MAX_EDITS = 4;

    private final Set<String> ofAnEndpoint;
    private final Set<String> others;

    private KnownProperties(Set<String> ofAnEndpoint, Set<String> others) {
        this.ofAnEndpoint = Collections.unmodifiableSet(ofAnEndpoint);
        this.others = others;
    }

    /**
     * Returns the properties of an application: core's, and those of its providers and modules.
     *
     * @param ownProviders the application's, besides Extracta and FormFlow
     * @throws WebhookConfigurationException if a provider declares a key that every endpoint has, or of several levels
     */
    public static KnownProperties of(Collection<? extends WebhookProvider<?>> ownProviders) {
        Set<String> common = new TreeSet<>();
        EndpointProperties.OF_EVERY_ENDPOINT.forEach(setting -> common.add(setting.key()));
        Set<String> all = new TreeSet<>(common);
        for (WebhookProvider<?> provider : Providers.of(ownProviders).all()) {
            for (Setting<?> setting : provider.settings()) {
                if (common.contains(setting.key()) || setting.key().contains(".")) {
                    throw new WebhookConfigurationException(
                            "The provider " + provider.name() + " declares the setting " + setting.key(),
                            "give it a name without dots that is not one of " + common);
                }
                all.add(setting.key());
            }
        }
        Set<String> others = new TreeSet<>();
        GlobalProperties.settings().forEach(setting -> others.add(setting.key()));
        return new KnownProperties(all, others);
    }

    /** Returns the keys below {@code hookseal.endpoints.<name>}, of whatever provider. */
    public Set<String> ofAnEndpoint() {
        return ofAnEndpoint;
    }

    /** Returns whether a property below {@code hookseal}, in lower case with hyphens, is one that there is. */
    public boolean isKnown(String property) {
        Matcher endpoint = ENDPOINT.matcher(property);
        if (!endpoint.matches()) {
            return others.contains(property);
        }
        String rest = endpoint.group(3);
        return endpoint.group(2).equals("secrets")
                ? !rest.isEmpty()
                : rest.isEmpty() && ofAnEndpoint.contains(endpoint.group(2));
    }

    /**
     * Returns what is wrong with a property that there is not, with the nearest right one. Its value is not shown, since
     * it may be a secret.
     *
     * @param property the whole name, in lower case with hyphens, such as {@code hookseal.endpoints.formflow.tolerence}
     */
    public WebhookConfigurationException unknown(String property) {
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
        if (ofAnEndpoint.contains(key)) {
            return new WebhookConfigurationException(
                    property + " is not a property of Hookseal: " + prefix + key + " is one value",
                    "set " + prefix + key);
        }
        return new WebhookConfigurationException(
                property + " is not a property of Hookseal",
                nearest(key, ofAnEndpoint)
                        .map(known -> "use " + prefix + whole(known, rest))
                        .orElse("use one of " + ofAnEndpoint + " below " + ENDPOINTS + "." + endpoint.group(1)));
    }

    private static String whole(String key, String rest) {
        if (!key.startsWith("secret")) {
            return key;
        }
        return rest.isEmpty() ? key.replace("secrets", "secrets.<event>") : "secrets" + rest;
    }

    private String ofNoEndpoint(String property) {
        if (property.startsWith(ENDPOINTS + ".")) {
            return "set a key below the name of an endpoint, such as " + property + ".secret";
        }
        return nearest(property, others)
                .map(known -> "use " + known)
                .orElse("use " + ENDPOINTS + ".<name>.<key>, or one of " + others);
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
