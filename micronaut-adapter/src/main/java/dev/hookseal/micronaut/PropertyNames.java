package dev.hookseal.micronaut;

import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.context.env.SystemPropertiesPropertySource;
import io.micronaut.core.naming.NameUtils;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what is set below {@code hookseal} and is no property, which Micronaut would pass over: a tolerance that is
 * misspelt would be none. Left out are environment variables, since nobody can tell where in them a name begins, and
 * system properties, which others in the same process may mean for something else.
 */
final class PropertyNames {
    private static final Pattern ENDPOINT = Pattern.compile("hookseal\\.endpoints\\.([^.\\[]+)\\.([^.\\[]+)(.*)");

    private PropertyNames() {}

    /**
     * Looks through all sources.
     *
     * @param endpointKeys what may stand below an endpoint, besides {@code secrets}
     * @throws IllegalArgumentException if something is set that is no property
     */
    static void check(Environment environment, Set<String> endpointKeys) {
        for (PropertySource source : environment.getPropertySources()) {
            if (source.getConvention() != PropertyConvention.ENVIRONMENT_VARIABLE
                    && !(source instanceof SystemPropertiesPropertySource)) {
                for (String name : source) {
                    check(NameUtils.hyphenate(name, true), endpointKeys);
                }
            }
        }
    }

    private static void check(String name, Set<String> endpointKeys) {
        Matcher endpoint = ENDPOINT.matcher(name);
        if (endpoint.matches()) {
            boolean known = endpoint.group(3).isEmpty() && endpointKeys.contains(endpoint.group(2));
            if (!known && !endpoint.group(2).equals(EndpointConfiguration.SECRETS)) {
                throw new IllegalArgumentException(name + " is set, and is no property: below hookseal.endpoints."
                        + endpoint.group(1) + " there are secrets and " + new TreeSet<>(endpointKeys));
            }
        } else if (name.startsWith("hookseal.")
                && !name.startsWith("hookseal.endpoints")
                && !name.equals(HooksealFactory.MAX_DELIVERIES)) {
            throw new IllegalArgumentException(name + " is set, and is no property: there are hookseal.endpoints and "
                    + HooksealFactory.MAX_DELIVERIES);
        }
    }
}
