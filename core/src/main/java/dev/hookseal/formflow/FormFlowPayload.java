package dev.hookseal.formflow;

import dev.hookseal.JsonData;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import java.time.DateTimeException;
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
     * The members of a body that is not verified yet: its type chooses the secret, and what is handed over in the end
     * comes from the same parse.
     */
    static final class Draft {
        private @Nullable String eventId;
        private @Nullable String eventType;
        private @Nullable String timestamp;
        private @Nullable String submissionId;
        private @Nullable String templateId;
        private boolean typeRepeated;
        private final Set<String> unexpected = new HashSet<>(0);
        private final byte[] body;
        // where the object is, without the white space around it
        private int from;
        private int to;

        private Draft(byte[] body) {
            this.body = body;
        }

        static Draft parse(byte[] body) throws WebhookRejectedException {
            Draft draft = new Draft(body);
            try {
                draft.read(new JsonScanner(body, 0, body.length));
            } catch (JsonFormatException e) {
                throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
            }
            return draft;
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
                } else if (json.nameIs("eventType")) {
                    typeRepeated |= eventType != null;
                    eventType = string("eventType", json);
                    // an empty one stands for null or another kind, so that a second one is seen
                    eventType = eventType == null ? "" : eventType;
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
                unexpected.remove(member);
                return json.readNumberText();
            }
            return string(member, json);
        }

        private @Nullable String string(String member, JsonScanner json) throws JsonFormatException {
            // of a member that comes twice the last one counts
            unexpected.remove(member);
            byte kind = json.peek();
            if (kind == '"') {
                return json.readString();
            }
            if (kind != 'n') {
                unexpected.add(member);
            }
            json.skipValue();
            return null;
        }

        /** The type, to choose the secret by; nothing says yet that it is genuine. */
        String unverifiedType() throws WebhookRejectedException {
            if (eventType == null || eventType.isEmpty() || typeRepeated) {
                throw unexpected();
            }
            return eventType;
        }

        /**
         * What tells events apart, to be asked for once the signature holds; null if the body does not say. The id
         * together with the type: the provider's own examples show one id under every type, and it does not say that
         * ids are unique among them.
         */
        @Nullable
        String signedId() {
            boolean known = eventId != null && !eventId.isEmpty() && eventType != null && !eventType.isEmpty();
            return known && !typeRepeated ? eventType + ":" + eventId : null;
        }

        /** The event, once the signature holds. */
        FormFlowPayload event() throws WebhookRejectedException {
            String type = unverifiedType();
            if (eventId == null || eventId.isEmpty() || timestamp == null) {
                throw unexpected();
            }
            try {
                return new FormFlowPayload(
                        eventId,
                        type,
                        EventTime.parse(timestamp),
                        submissionId,
                        templateId,
                        JsonData.ofValidUtf8(body, from, to));
            } catch (DateTimeException e) {
                throw unexpected();
            }
        }

        /** The documented members that are of another kind than documented. */
        Set<String> unexpectedMembers() {
            return Set.copyOf(unexpected);
        }

        private static WebhookRejectedException unexpected() {
            return new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
        }
    }
}
