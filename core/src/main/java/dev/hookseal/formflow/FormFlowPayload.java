package dev.hookseal.formflow;

import dev.hookseal.RejectionReason;
import dev.hookseal.WebhookRejectedException;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

record FormFlowPayload(
        String eventId,
        String typeName,
        Instant timestamp,
        @Nullable String submissionId,
        @Nullable String templateId) implements FormFlowEvent {

    @Override
    public FormFlowEventType type() {
        return FormFlowEventType.of(typeName);
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
        private boolean wrongKind;

        private Draft() {}

        static Draft parse(byte[] body) throws WebhookRejectedException {
            Draft draft = new Draft();
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
                wrongKind = true;
                return;
            }
            json.enterObject();
            while (json.nextMember()) {
                if (json.nameIs("eventId")) {
                    eventId = identifier(json);
                } else if (json.nameIs("eventType")) {
                    typeRepeated |= eventType != null;
                    eventType = string(json);
                    // an empty one stands for null or another kind, so that a second one is seen
                    eventType = eventType == null ? "" : eventType;
                } else if (json.nameIs("timestamp")) {
                    timestamp = string(json);
                } else if (json.nameIs("submissionId")) {
                    submissionId = identifier(json);
                } else if (json.nameIs("templateId")) {
                    templateId = identifier(json);
                } else {
                    json.skipValue();
                }
            }
            json.expectEnd();
        }

        private @Nullable String identifier(JsonScanner json) throws JsonFormatException {
            return JsonScanner.startsNumber(json.peek()) ? json.readNumberText() : string(json);
        }

        private @Nullable String string(JsonScanner json) throws JsonFormatException {
            byte kind = json.peek();
            if (kind == '"') {
                return json.readString();
            }
            wrongKind |= kind != 'n';
            json.skipValue();
            return null;
        }

        /** The type, to choose the secret by; nothing says yet that it is genuine. */
        String claimedType() throws WebhookRejectedException {
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
            String type = claimedType();
            if (wrongKind || eventId == null || eventId.isEmpty() || timestamp == null) {
                throw unexpected();
            }
            try {
                return new FormFlowPayload(eventId, type, EventTime.parse(timestamp), submissionId, templateId);
            } catch (DateTimeException e) {
                throw unexpected();
            }
        }

        private static WebhookRejectedException unexpected() {
            return new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
        }
    }
}
