package dev.hookseal.testkit.internal;

import dev.hookseal.JsonData;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The members of an object in order, the values as JSON text. */
public record Members(Map<String, String> jsonByName) {
    /** No member. */
    public static final Members NONE = new Members(Map.of());

    /** Copies the members. */
    public Members {
        jsonByName = Collections.unmodifiableMap(new LinkedHashMap<>(jsonByName));
    }

    /** A member that is there already keeps its place. */
    public Members with(String name, String json) {
        Map<String, String> changed = new LinkedHashMap<>(jsonByName);
        changed.put(name, json);
        return new Members(changed);
    }

    public Members without(String name) {
        Map<String, String> changed = new LinkedHashMap<>(jsonByName);
        changed.remove(name);
        return new Members(changed);
    }

    /** The text of a member that is a string; empty for any other. */
    public String textOf(String name) {
        String json = jsonByName.getOrDefault(name, "null");
        return JsonData.of(json).asObject() instanceof String text ? text : "";
    }

    public String json() {
        return jsonByName.entrySet().stream()
                .map(member -> JsonText.of(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
