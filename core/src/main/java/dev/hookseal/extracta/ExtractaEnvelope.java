package dev.hookseal.extracta;

import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import org.jspecify.annotations.Nullable;

/** Where the signed part is in a body, and what the unsigned part claims. Of members that stand twice, the last. */
record ExtractaEnvelope(
        @Nullable String unsignedTypeName, boolean hasTypeOfUnexpectedKind, int resultStart, int resultEnd) {
    private static final int ABSENT = -1;

    static ExtractaEnvelope of(byte[] body) throws WebhookRejectedException {
        ExtractaEnvelope envelope;
        try {
            envelope = read(new JsonScanner(body, startsWithByteOrderMark(body) ? 3 : 0, body.length));
        } catch (JsonFormatException e) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
        }
        if (envelope.resultStart == ABSENT) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
        }
        return envelope;
    }

    private static boolean startsWithByteOrderMark(byte[] body) {
        return body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
    }

    private static ExtractaEnvelope read(JsonScanner json) throws JsonFormatException {
        String unsignedTypeName = null;
        boolean unexpectedKind = false;
        int resultStart = ABSENT;
        int resultEnd = ABSENT;
        if (json.peek() != '{') {
            json.skipValue();
        } else {
            json.enterObject();
            while (json.nextMember()) {
                byte kind = json.peek();
                if (json.nameIs("result")) {
                    resultStart = json.position();
                    json.skipValue();
                    resultEnd = json.position();
                } else if (json.nameIs("event") && kind == '"') {
                    unsignedTypeName = json.readString();
                    unexpectedKind = false;
                } else {
                    if (json.nameIs("event")) {
                        unsignedTypeName = null;
                        unexpectedKind = kind != 'n';
                    }
                    json.skipValue();
                }
            }
        }
        json.expectEnd();
        return new ExtractaEnvelope(unsignedTypeName, unexpectedKind, resultStart, resultEnd);
    }
}
