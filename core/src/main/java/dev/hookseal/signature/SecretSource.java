package dev.hookseal.signature;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an endpoint's secrets come from. It is called for each delivery, so what it answers may change while the
 * application runs; it should answer from memory, and must be safe for use by many threads.
 */
@FunctionalInterface
public interface SecretSource {

    /**
     * The secrets that a delivery may be signed with, the newest first: several during a rotation, none if such a
     * delivery is not expected, which rejects it.
     *
     * @param eventType the type of event that the delivery names, which is not verified yet; empty for a provider
     *     whose secrets do not differ by type
     */
    List<SigningSecret> secretsFor(String eventType);

    /**
     * Whether the answer depends on the type of the event. Where it does not, the signature is checked before the body
     * is parsed at all.
     */
    default boolean differsByEventType() {
        return true;
    }

    /**
     * Returns the secrets by type of event, with the key "" for those of every event, where they never change; empty
     * where they may. It is for start-up checks alone.
     */
    default Map<String, List<SigningSecret>> fixedSecrets() {
        return Map.of();
    }

    /**
     * The same secrets for every event.
     *
     * @param newestFirst at least one
     * @throws IllegalArgumentException without one
     */
    static SecretSource of(SigningSecret... newestFirst) {
        List<SigningSecret> secrets = List.of(newestFirst);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("At least one secret is needed");
        }
        return new SecretSource() {
            @Override
            public List<SigningSecret> secretsFor(String eventType) {
                return secrets;
            }

            @Override
            public boolean differsByEventType() {
                return false;
            }

            @Override
            public Map<String, List<SigningSecret>> fixedSecrets() {
                return Map.of("", secrets);
            }
        };
    }

    /**
     * Secrets by type of event; the keys are compared exactly.
     *
     * @param newestFirstByEventType copied
     * @throws IllegalArgumentException if it is empty, or a type has no secret
     */
    static SecretSource byEventType(Map<String, List<SigningSecret>> newestFirstByEventType) {
        Map<String, List<SigningSecret>> secrets = new LinkedHashMap<>();
        newestFirstByEventType.forEach((type, list) -> {
            if (list.isEmpty()) {
                throw new IllegalArgumentException("Event type " + type + " has no secret");
            }
            secrets.put(type, List.copyOf(list));
        });
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("At least one secret is needed");
        }
        return new SecretSource() {
            @Override
            public List<SigningSecret> secretsFor(String eventType) {
                return secrets.getOrDefault(eventType, List.of());
            }

            @Override
            public Map<String, List<SigningSecret>> fixedSecrets() {
                return Collections.unmodifiableMap(secrets);
            }
        };
    }
}
