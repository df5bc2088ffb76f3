package dev.hookseal.diagnostics;

import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The secrets that were given, newest first, by the event that each is for.
 *
 * @param byEvent an empty name is for every event
 */
record Secrets(Map<String, List<SigningSecret>> byEvent) {
    private static final String EVERY_EVENT = "";

    static final Secrets NONE = new Secrets(Map.of());

    Secrets and(SigningSecret secret) {
        return and(EVERY_EVENT, secret);
    }

    Secrets and(String event, SigningSecret secret) {
        Map<String, List<SigningSecret>> more = new LinkedHashMap<>(byEvent);
        more.merge(
                event,
                List.of(secret),
                (present, added) ->
                        Stream.concat(present.stream(), added.stream()).toList());
        if (more.size() > 1 && more.containsKey(EVERY_EVENT)) {
            throw new IllegalArgumentException(
                    "Secrets are for every event, or for one event each: give an event with each of them, or with none");
        }
        return new Secrets(more);
    }

    boolean isEmpty() {
        return byEvent.isEmpty();
    }

    boolean differByEvent() {
        return !byEvent.containsKey(EVERY_EVENT);
    }

    /** Returns them as an endpoint has them; one that fits nothing if there are none. */
    SecretSource source() {
        if (isEmpty()) {
            return SecretSource.of(SigningSecret.ofUtf8("none was given"));
        }
        return differByEvent()
                ? SecretSource.byEventType(byEvent)
                : SecretSource.of(byEvent.getOrDefault(EVERY_EVENT, List.of()).toArray(SigningSecret[]::new));
    }

    List<SigningSecret> all() {
        return byEvent.values().stream().flatMap(List::stream).toList();
    }

    /** All others, by event. */
    Map<String, List<SigningSecret>> othersThan(List<SigningSecret> own) {
        Map<String, List<SigningSecret>> others = new LinkedHashMap<>();
        byEvent.forEach((event, secrets) -> {
            List<SigningSecret> left = new ArrayList<>(secrets);
            left.removeAll(own);
            if (!left.isEmpty()) {
                others.put(event, left);
            }
        });
        return others;
    }

    @Override
    public String toString() {
        return "Secrets" + byEvent.keySet();
    }
}
