package dev.hookseal.cli;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.SampleEvent;
import dev.hookseal.provider.WebhookProviders;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The providers on the class path, with how they send: those of Hookseal, and those of a jar that the user adds. */
final class Kits {
    private Kits() {}

    /** Returns all, in the order of their names. */
    static List<ProviderKit> all() {
        return WebhookProviders.kits().stream()
                .sorted(Comparator.comparing(Kits::nameOf))
                .toList();
    }

    static Optional<ProviderKit> named(String name) {
        return WebhookProviders.kit(name);
    }

    /** Returns those that have a sample of an event. */
    static List<ProviderKit> withSample(String event) {
        return all().stream().filter(kit -> hasSample(kit, event)).toList();
    }

    static boolean hasSample(ProviderKit kit, String event) {
        return kit.samples().stream().map(SampleEvent::name).anyMatch(event::equals);
    }

    static String nameOf(ProviderKit kit) {
        return kit.provider().name();
    }
}
