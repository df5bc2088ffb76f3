package dev.hookseal.testkit.formflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.JsonData;
import dev.hookseal.formflow.client.FormFlowSubscription;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The provider's webhook API after its page. What the page is silent on is this class's own: the status of an answer that is
 * no error (200), the bodies of errors (none), the answers to POST and PUT (the subscription) and to DELETE (no body), and
 * 401 for a wrong token.
 */
final class SubscriptionApi {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final String PREFIX = "/api/webhook/";
    private static final String SUBSCRIPTION = PREFIX + "subscription";

    private final SubscriptionBook book;
    private final String authorization;
    private volatile boolean broken;

    SubscriptionApi(SubscriptionBook book, String accessToken) {
        this.book = book;
        this.authorization = "Bearer " + accessToken;
    }

    record Answer(int status, @Nullable String json) {
        static Answer error(int status) {
            return new Answer(status, null);
        }

        static Answer ok(Object value) {
            try {
                return new Answer(200, MAPPER.writeValueAsString(value));
            } catch (JsonProcessingException e) {
                throw new AssertionError("texts, numbers, lists and maps can be written", e);
            }
        }
    }

    void broken(boolean broken) {
        this.broken = broken;
    }

    Answer answer(String method, String url, @Nullable String authorization, byte[] body) {
        if (broken) {
            return Answer.error(500);
        }
        if (!this.authorization.equals(authorization)) {
            return Answer.error(401);
        }
        String path = URI.create(url).getPath();
        return switch (method + " " + path) {
            case "GET " + PREFIX + "events" -> Answer.ok(events());
            case "GET " + PREFIX + "subscriptions" ->
                Answer.ok(book.all().stream().map(SubscriptionApi::members).toList());
            case "POST " + SUBSCRIPTION -> subscribe(body);
            default ->
                path.startsWith(SUBSCRIPTION + "/")
                        ? ofOne(method, path.substring(SUBSCRIPTION.length() + 1), body)
                        : Answer.error(404);
        };
    }

    private Answer subscribe(byte[] body) {
        Map<String, ?> members = members(body);
        URI url = url(members);
        return members.get("event") instanceof String event && !event.isBlank() && url != null
                ? Answer.ok(members(book.add(event, url)))
                : Answer.error(400);
    }

    private Answer ofOne(String method, String id, byte[] body) {
        return switch (method) {
            case "GET" -> found(book.find(id));
            case "PUT" -> {
                URI url = url(members(body));
                if (url != null) {
                    yield found(book.changeUrl(id, url));
                }
                yield Answer.error(book.find(id).isPresent() ? 400 : 404);
            }
            case "DELETE" -> book.remove(id) ? new Answer(200, null) : Answer.error(404);
            default -> Answer.error(404);
        };
    }

    private static Answer found(Optional<FormFlowSubscription> subscription) {
        return subscription.map(one -> Answer.ok(members(one))).orElse(Answer.error(404));
    }

    private static Map<String, ?> members(byte[] body) {
        try {
            return JsonData.of(new String(body, StandardCharsets.UTF_8)).asObject() instanceof Map<?, ?> map
                    ? map.entrySet().stream()
                            .filter(member -> member.getValue() != null)
                            .collect(Collectors.toMap(member -> String.valueOf(member.getKey()), Map.Entry::getValue))
                    : Map.of();
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    private static @Nullable URI url(Map<String, ?> members) {
        try {
            URI url = members.get("url") instanceof String text ? URI.create(text) : null;
            return url != null && url.getHost() != null ? url : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Map<String, String> members(FormFlowSubscription subscription) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("id", subscription.id());
        members.put("event", subscription.event());
        members.put("url", subscription.url());
        members.put("secret", new String(subscription.secret().exposeSecretBytes(), StandardCharsets.UTF_8));
        members.put("createdAt", String.valueOf(subscription.createdAt()));
        members.put("updatedAt", String.valueOf(subscription.updatedAt()));
        return members;
    }

    private static List<Map<String, Object>> events() {
        return FormFlowEvents.documented().stream()
                .map(event -> {
                    Map<String, Object> members = new LinkedHashMap<>();
                    members.put("eventType", event.name());
                    members.put("description", "The event " + event.name());
                    members.put(
                            "examplePayload",
                            JsonData.of(new String(event.body(), StandardCharsets.UTF_8))
                                    .asMap());
                    return members;
                })
                .toList();
    }
}
