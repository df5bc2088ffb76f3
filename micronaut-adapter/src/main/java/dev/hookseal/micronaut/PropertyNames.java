package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.KnownProperties;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.context.env.SystemPropertiesPropertySource;
import io.micronaut.core.naming.NameUtils;
import java.util.Collection;

/**
 * Finds what is set below {@code hookseal} and is not a property, which Micronaut would pass over: a tolerance that is
 * misspelt would not be checked. Left out are environment variables, since no one can tell where in them a name begins,
 * and system properties, which others in the same process may mean for something else.
 */
final class PropertyNames {

    private PropertyNames() {}

    /**
     * Looks through all sources.
     *
     * @throws WebhookConfigurationException if something is set that is not a property
     */
    static void check(Environment environment, KnownProperties known) {
        for (PropertySource source : environment.getPropertySources()) {
            if (source.getConvention() != PropertyConvention.ENVIRONMENT_VARIABLE
                    && !(source instanceof SystemPropertiesPropertySource)) {
                for (String name : source) {
                    check(NameUtils.hyphenate(name, true), source.get(name), known);
                }
            }
        }
    }

    private static void check(String name, Object value, KnownProperties known) {
        // a list that is offered whole
        boolean list = name.endsWith(".secrets") && value instanceof Collection<?>;
        if (name.startsWith("hookseal.") && !list && !known.isKnown(name)) {
            throw known.unknown(name);
        }
    }
}
