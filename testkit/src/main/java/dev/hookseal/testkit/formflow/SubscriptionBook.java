package dev.hookseal.testkit.formflow;

import dev.hookseal.formflow.client.FormFlowSubscription;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The subscriptions of an account. */
final class SubscriptionBook {
    private final SeededSecrets secrets;
    private final Clock clock;
    private final Map<String, FormFlowSubscription> byId = new LinkedHashMap<>();
    private final Map<String, Integer> countByEvent = new HashMap<>();

    SubscriptionBook(SeededSecrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    synchronized Runnable checkpoint() {
        Map<String, FormFlowSubscription> byIdBefore = new LinkedHashMap<>(byId);
        Map<String, Integer> countByEventBefore = new HashMap<>(countByEvent);
        return () -> restore(byIdBefore, countByEventBefore);
    }

    private synchronized void restore(
            Map<String, FormFlowSubscription> byIdBefore, Map<String, Integer> countByEventBefore) {
        byId.clear();
        byId.putAll(byIdBefore);
        countByEvent.clear();
        countByEvent.putAll(countByEventBefore);
    }

    /** The secret of an event's first subscription, made already or yet to be made. */
    String firstSecret(String event) {
        return secret(event, 1);
    }

    private String secret(String event, int count) {
        return secrets.secret("formflow " + event + " " + count);
    }

    synchronized FormFlowSubscription add(String event, URI url) {
        int count = countByEvent.merge(event, 1, Integer::sum);
        Instant now = clock.instant();
        FormFlowSubscription added = new FormFlowSubscription(
                secrets.id("formflow " + event + " " + count),
                event,
                url.toString(),
                SigningSecret.ofUtf8(secret(event, count)),
                now,
                now);
        byId.put(added.id(), added);
        return added;
    }

    synchronized FormFlowSubscription findOrAdd(String event, URI url) {
        return byId.values().stream()
                .filter(one -> one.event().equals(event) && one.url().equals(url.toString()))
                .findFirst()
                .orElseGet(() -> add(event, url));
    }

    synchronized List<FormFlowSubscription> all() {
        return new ArrayList<>(byId.values());
    }

    synchronized Optional<FormFlowSubscription> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    synchronized Optional<FormFlowSubscription> changeUrl(String id, URI url) {
        return Optional.ofNullable(byId.computeIfPresent(
                id,
                (key, old) -> new FormFlowSubscription(
                        id, old.event(), url.toString(), old.secret(), old.createdAt(), clock.instant())));
    }

    synchronized boolean remove(String id) {
        return byId.remove(id) != null;
    }
}
