package dev.hookseal.spring;

import dev.hookseal.config.KnownProperties;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Warns of variables of the environment that are meant for an endpoint and that Boot does not bind, such as
 * {@code HOOKSEAL_ENDPOINTS_FORM_FLOW_SECRET} for the endpoint {@code formflow}. They do not fail the start, as elsewhere
 * in Boot.
 */
final class UnusedVariables {
    private static final Logger LOG = LoggerFactory.getLogger(UnusedVariables.class);
    private static final String PREFIX = "HOOKSEAL_ENDPOINTS_";

    private UnusedVariables() {}

    /**
     * Logs a WARN for each one.
     *
     * @param endpoints the names as they were bound
     */
    static void warn(ConfigurableEnvironment environment, KnownProperties known, Collection<String> endpoints) {
        List<String> used = endpoints.stream()
                .flatMap(endpoint -> known.ofAnEndpoint().stream().flatMap(key -> variables(endpoint + "." + key)))
                .toList();
        for (String variable : variables(environment)) {
            String name = variable.toUpperCase(Locale.ROOT);
            if (used.stream().noneMatch(each -> isSame(name, each))) {
                LOG.warn("The environment variable {} is not used: {}", variable, remedy(name, used));
            }
        }
    }

    private static Collection<String> variables(ConfigurableEnvironment environment) {
        TreeSet<String> variables = new TreeSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof SystemEnvironmentPropertySource system) {
                Stream.of(system.getPropertyNames())
                        .filter(name -> name.toUpperCase(Locale.ROOT).startsWith(PREFIX))
                        .forEach(variables::add);
            }
        }
        return variables;
    }

    /** Returns the two spellings that Boot looks for: without hyphens, and with underscores for all of them. */
    private static Stream<String> variables(String property) {
        String upper = property.toUpperCase(Locale.ROOT);
        return Stream.of(upper.replaceAll("[-_]", ""), upper.replace('-', '_'))
                .map(name -> PREFIX + name.replace('.', '_'));
    }

    private static boolean isSame(String variable, String used) {
        return variable.equals(used) || (used.endsWith("_SECRETS") && variable.startsWith(used + "_"));
    }

    private static String remedy(String variable, List<String> used) {
        Optional<String> meant = used.stream()
                .filter(each -> letters(each).equals(letters(variable)))
                .findFirst();
        return meant.map(name -> "write it as " + name)
                .orElse("it names no endpoint and property that there is. Write both without hyphens and without"
                        + " underscores in them, such as " + PREFIX + "ORDERSEU_MAXBODYSIZE");
    }

    private static String letters(String variable) {
        return variable.replace("_", "");
    }
}
