package dev.hookseal.cli;

import dev.hookseal.JsonData;
import java.nio.charset.StandardCharsets;

/** What a body says of itself before it is verified. */
final class FormFlowBody {
    private FormFlowBody() {}

    /** The type of the event; empty if the body does not say. */
    static String eventType(byte[] body) {
        try {
            JsonData json = JsonData.of(new String(body, StandardCharsets.UTF_8));
            return json.isObject() && json.asMap().get("eventType") instanceof String type ? type : "";
        } catch (IllegalArgumentException e) {
            // no JSON at all
            return "";
        }
    }
}
