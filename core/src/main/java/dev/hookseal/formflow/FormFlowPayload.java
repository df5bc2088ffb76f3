package dev.hookseal.formflow;

import dev.hookseal.JsonData;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.store.DeliveryKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

record FormFlowPayload(
        String eventId,
        String typeName,
        Instant timestamp,
        @Nullable String submissionId,
        @Nullable String templateId,
        JsonData toJson)
        implements FormFlowEvent {
    private static final String EVENT_TYPE = "eventType";

    @Override
    public FormFlowEventType type() {
        return FormFlowEventType.of(typeName);
    }

    // Not by the JSON text: a library may write the same event with other white space.
    @Override
    public boolean equals(Object other) {
        return other instanceof FormFlowPayload that
                && eventId.equals(that.eventId)
                && typeName.equals(that.typeName)
                && timestamp.equals(that.timestamp)
                && Objects.equals(submissionId, that.submissionId)
                && Objects.equals(templateId, that.templateId);
    }

    @Override
    public int hashCode() {
        return eventId.hashCode();
    }

    /**
     * Returns the event's type, to choose the secret by, from a body that is not verified: as little of it is read as
     * possible. A body that has the type twice is rejected once its signature holds.
     */
    static String unverifiedType(byte[] body) throws WebhookRejectedException {
        JsonScanner json = new JsonScanner(body, 0, body.length);
        try {
            if (json.peek() == '{') {
                json.enterObject();
                while (json.nextMember()) {
                    if (json.nameIs(EVENT_TYPE)) {
                        String type = json.peek() == '"' ? json.readString(FormFlowEventType.WIRE_NAMES) : "";
                        if (type.isEmpty()) {
                            throw unexpected();
                        }
                        return type;
                    }
                    json.skipValue();
                }
            } else {
                json.skipValue();
            }
            json.expectEnd();
        } catch (JsonFormatException e) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
        }
        throw unexpected();
    }

    static ReadEvent<FormFlowEvent> read(SignedContent content) throws WebhookRejectedException {
        return content.read(Reader::new).event(content.endpoint());
    }

    private static WebhookRejectedException unexpected() {
        return new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
    }

    /** Reads the members of a body. */
    private static final class Reader {
        private @Nullable String eventId;
        private @Nullable String eventType;
        private @Nullable String timestamp;
        private @Nullable String submissionId;
        private @Nullable String templateId;
        private boolean typeRepeated;
        private Set<String> unexpected = Set.of();
        private final byte[] body;
        // where the object is, without the white space around it
        private int from;
        private int to;

        Reader(byte[] body, int from, int to) throws WebhookRejectedException {
            this.body = body;
            try {
                read(new JsonScanner(body, from, to));
            } catch (JsonFormatException e) {
                throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
            }
        }

        private void read(JsonScanner json) throws JsonFormatException {
            if (json.peek() != '{') {
                json.skipValue();
                json.expectEnd();
                return;
            }
            from = json.position();
            json.enterObject();
            while (json.nextMember()) {
                if (json.nameIs("eventId")) {
                    eventId = identifier("eventId", json);
                } else if (json.nameIs(EVENT_TYPE)) {
                    typeRepeated |= eventType != null;
                    // an empty one means null or another kind, so that a second one is seen
                    eventType = type(json);
                } else if (json.nameIs("timestamp")) {
                    timestamp = string("timestamp", json);
                } else if (json.nameIs("submissionId")) {
                    submissionId = identifier("submissionId", json);
                } else if (json.nameIs("templateId")) {
                    templateId = identifier("templateId", json);
                } else {
                    json.skipValue();
                }
            }
            to = json.position();
            json.expectEnd();
        }

        private @Nullable String identifier(String member, JsonScanner json) throws JsonFormatException {
            if (JsonScanner.startsNumber(json.peek())) {
                note(member, true);
                return json.readNumberText();
            }
            return string(member, json);
        }

        private String type(JsonScanner json) throws JsonFormatException {
            byte kind = json.peek();
            note(EVENT_TYPE, kind == '"' || kind == 'n');
            if (kind == '"') {
                return json.readString(FormFlowEventType.WIRE_NAMES);
            }
            json.skipValue();
            return "";
        }

        private @Nullable String string(String member, JsonScanner json) throws JsonFormatException {
            byte kind = json.peek();
            note(member, kind == '"' || kind == 'n');
            if (kind == '"') {
                return json.readString();
            }
            json.skipValue();
            return null;
        }

        // of a member that comes twice the last one counts
        private void note(String member, boolean expected) {
            if (!expected) {
                unexpected = unexpected.isEmpty() ? new HashSet<>() : unexpected;
                unexpected.add(member);
            } else if (!unexpected.isEmpty()) {
                unexpected.remove(member);
            }
        }

        /**
         * Returns the event. It is identified by its id together with its type: the provider's own examples show one id
         * under every type, and it does not say that ids are unique among them.
         */
        ReadEvent<FormFlowEvent> event(String endpoint) throws WebhookRejectedException {
            if (eventType == null || eventType.isEmpty() || typeRepeated || eventId == null || eventId.isEmpty()) {
                throw unexpected();
            }
            String id = eventType + ":" + eventId;
            try {
                FormFlowPayload payload = new FormFlowPayload(
                        eventId,
                        eventType,
                        EventTime.parse(timestamp == null ? "" : timestamp),
                        submissionId,
                        templateId,
                        JsonData.ofValidUtf8(body, from, to));
                return new ReadEvent<>(payload, eventType, id, payload.timestamp(), unexpected);
            } catch (DateTimeException e) {
                // with a key for the log: nothing is claimed under it
                throw new WebhookRejectedException(
                        RejectionReason.PAYLOAD_UNEXPECTED, DeliveryKey.of(endpoint, id, Duration.ZERO));
            }
        }
    }
}
