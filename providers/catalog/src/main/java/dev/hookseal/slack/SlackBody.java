package dev.hookseal.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.JsonData;
import dev.hookseal.provider.HandshakeReply;
import dev.hookseal.provider.PayloadMembers;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignedContent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a body by its first byte and not by its {@code Content-Type}, which is not signed: JSON, or else a form. */
final class SlackBody {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String JSON_SPACE = " \t\r\n";

    private SlackBody() {}

    /** Returns the answer to a {@code url_verification}; null if it is anything else. */
    static @Nullable HandshakeReply challenge(SignedContent content) throws WebhookRejectedException {
        if (!isJson(content)) {
            return null;
        }
        PayloadMembers members = PayloadMembers.of(content);
        return "url_verification".equals(members.text("type"))
                ? HandshakeReply.text(members.requiredText("challenge"))
                : null;
    }

    static ReadEvent<SlackEvent> read(SignedContent content) throws WebhookRejectedException {
        if (isJson(content)) {
            return callback(PayloadMembers.of(content));
        }
        Map<String, String> fields = FormFields.of(content.bytes());
        String payload = fields.get("payload");
        return payload == null ? command(fields) : interaction(payload);
    }

    private static boolean isJson(SignedContent content) {
        return content.read((bytes, from, to) -> {
            int at = from;
            while (at < to && JSON_SPACE.indexOf(bytes[at]) >= 0) {
                at++;
            }
            return at < to && bytes[at] == '{';
        });
    }

    private static ReadEvent<SlackEvent> callback(PayloadMembers envelope) throws WebhookRejectedException {
        PayloadMembers event = envelope.in("event");
        String id = envelope.text("event_id");
        return event(
                        new SlackPayloads.CallbackPayload(
                                envelope.requiredText("type"),
                                event.text("type"),
                                id,
                                envelope.unixSeconds("event_time"),
                                envelope.object("event"),
                                envelope.text("team_id"),
                                envelope.text("api_app_id"),
                                envelope.json()),
                        envelope)
                .withDeliveryId(id);
    }

    private static ReadEvent<SlackEvent> interaction(String payload) throws WebhookRejectedException {
        PayloadMembers members = PayloadMembers.of(parsed(payload));
        return event(
                new SlackPayloads.InteractionPayload(
                        members.requiredText("type"),
                        members.text("trigger_id"),
                        members.in("team").text("id"),
                        members.text("api_app_id"),
                        members.json()),
                members);
    }

    private static ReadEvent<SlackEvent> command(Map<String, String> fields) throws WebhookRejectedException {
        PayloadMembers members = PayloadMembers.of(written(fields));
        return event(
                new SlackPayloads.CommandPayload(
                        members.requiredText("command"),
                        members.text("text"),
                        members.text("user_id"),
                        members.text("channel_id"),
                        members.text("trigger_id"),
                        members.text("team_id"),
                        members.text("api_app_id"),
                        members.json()),
                members);
    }

    private static ReadEvent<SlackEvent> event(SlackEvent event, PayloadMembers members) {
        return ReadEvent.of(event, event.name()).withUnexpectedMembers(members.unexpected());
    }

    private static JsonData parsed(String payload) throws WebhookRejectedException {
        try {
            return JsonData.of(payload);
        } catch (IllegalArgumentException e) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
        }
    }

    private static JsonData written(Map<String, String> fields) {
        try {
            return JsonData.of(JSON.writeValueAsString(fields));
        } catch (JsonProcessingException e) {
            throw new AssertionError("a map of texts has a form in JSON", e);
        }
    }
}
