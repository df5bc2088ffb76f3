package dev.hookseal.cli;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.signature.SigningSecret;
import java.util.Arrays;
import java.util.Map;

/** Finds out whether a provider's kit sends the name of an event that a user chooses, since not every kit can. */
final class EventNaming {
    private EventNaming() {}

    /** Returns whether the body, or a header, has the name. */
    static boolean isSent(ProviderKit kit, UnsignedDelivery delivery, String name) {
        return !Arrays.equals(kit.withEventName(delivery.body(), name), delivery.body())
                || isSentOutsideOfTheBody(kit, delivery, name);
    }

    static boolean isSentOutsideOfTheBody(ProviderKit kit, UnsignedDelivery delivery, String name) {
        SigningSecret secret = kit.newSecret("any").signing();
        Map<String, String> plain = kit.sign(named(delivery, ""), secret);
        Map<String, String> again = kit.sign(named(delivery, ""), secret);
        Map<String, String> named = kit.sign(named(delivery, name), secret);
        // some signatures are another one each time
        return named.entrySet().stream()
                .anyMatch(header -> !header.getValue().equals(plain.get(header.getKey()))
                        && String.valueOf(plain.get(header.getKey()))
                                .equals(String.valueOf(again.get(header.getKey()))));
    }

    private static UnsignedDelivery named(UnsignedDelivery delivery, String name) {
        return new UnsignedDelivery(
                delivery.method(), delivery.url(), name, delivery.id(), delivery.time(), delivery.body());
    }
}
