package dev.hookseal.standardwebhooks;

import dev.hookseal.JsonData;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignedContent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

record StandardWebhooksPayload(
        String messageId,
        Instant attemptedAt,
        @Nullable String type,
        @Nullable Instant timestamp,
        @Nullable JsonData data,
        JsonData toJson)
        implements StandardWebhooksEvent {

    static ReadEvent<StandardWebhooksEvent> read(SignedContent content) throws WebhookRejectedException {
        return content.read(Reader::new)
                .event(
                        Objects.requireNonNull(content.deliveryId(), "the scheme's claim has an id"),
                        Objects.requireNonNull(content.signedAt(), "the scheme's claim has a time"));
    }

    // Not by the JSON text: a library may write the same event with other white space.
    @Override
    public boolean equals(Object other) {
        return other instanceof StandardWebhooksPayload that
                && messageId.equals(that.messageId)
                && attemptedAt.equals(that.attemptedAt)
                && Objects.equals(type, that.type)
                && Objects.equals(timestamp, that.timestamp)
                && Objects.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return messageId.hashCode();
    }

    /** Reads the members of a body; of a member that comes twice the last one counts. */
    private static final class Reader {
        private final byte[] bytes;
        private final JsonScanner json;
        private final Set<String> unexpected = new HashSet<>(0);
        private final int start;
        private final int end;
        private @Nullable String type;
        private @Nullable Instant timestamp;
        private @Nullable JsonData data;

        Reader(byte[] bytes, int from, int to) throws WebhookRejectedException {
            this.bytes = bytes;
            this.json = new JsonScanner(bytes, from, to);
            try {
                byte kind = json.peek();
                this.start = json.position();
                if (kind == '{') {
                    readMembers();
                } else {
                    json.skipValue();
                }
                this.end = json.position();
                json.expectEnd();
            } catch (JsonFormatException e) {
                throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
            }
        }

        private void readMembers() throws JsonFormatException {
            json.enterObject();
            while (json.nextMember()) {
                if (json.nameIs("type")) {
                    type = text("type");
                } else if (json.nameIs("timestamp")) {
                    timestamp = time(text("timestamp"));
                } else if (json.nameIs("data")) {
                    data = value();
                } else {
                    json.skipValue();
                }
            }
        }

        private @Nullable String text(String member) throws JsonFormatException {
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

        private @Nullable Instant time(@Nullable String text) {
            if (text == null) {
                return null;
            }
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                unexpected.add("timestamp");
                return null;
            }
        }

        private @Nullable JsonData value() throws JsonFormatException {
            boolean isNull = json.peek() == 'n';
            int from = json.position();
            json.skipValue();
            return isNull ? null : JsonData.ofValidUtf8(bytes, from, json.position());
        }

        ReadEvent<StandardWebhooksEvent> event(String messageId, Instant attemptedAt) {
            StandardWebhooksEvent event = new StandardWebhooksPayload(
                    messageId, attemptedAt, type, timestamp, data, JsonData.ofValidUtf8(bytes, start, end));
            return ReadEvent.of(event, type == null ? "" : type).withUnexpectedMembers(unexpected);
        }
    }
}
