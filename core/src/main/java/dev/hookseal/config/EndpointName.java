package dev.hookseal.config;

import java.util.Locale;

/**
 * The one rule for the names of endpoints: case, hyphens and underscores make no difference. {@code orders-eu},
 * {@code ordersEu}, {@code OrdersEu}, {@code orders_eu} and the {@code ORDERSEU} of an environment variable are the same
 * endpoint, and so are names of providers.
 */
public final class EndpointName {
    private EndpointName() {}

    /** Returns what two spellings of a name have in common: lower case, without hyphens and underscores. */
    public static String canonical(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    /** Returns the name as logs, metrics and property names show it: {@code orders-eu} for {@code OrdersEu}. */
    static String display(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
