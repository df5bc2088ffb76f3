package dev.hookseal.extracta;

import dev.hookseal.JsonData;
import dev.hookseal.RejectionReason;
import dev.hookseal.WebhookRejectedException;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

record ExtractaPayload(@Nullable String claimedTypeName, List<ExtractaFile> files, JsonData result)
        implements ExtractaEvent {

    @Override
    public ExtractaEventType claimedType() {
        return ExtractaEventType.of(claimedTypeName);
    }

    /**
     * The event, from the bytes that the signature turned out to cover.
     *
     * @throws WebhookRejectedException if it claims to be a known type and is not of its shape
     */
    static ExtractaPayload of(@Nullable String claimedTypeName, byte[] bytes, int from, int to)
            throws WebhookRejectedException {
        List<ExtractaFile> files =
                ExtractaEventType.of(claimedTypeName) == ExtractaEventType.UNKNOWN ? List.of() : files(bytes, from, to);
        return new ExtractaPayload(claimedTypeName, files, JsonData.ofValidUtf8(bytes, from, to));
    }

    private static List<ExtractaFile> files(byte[] bytes, int from, int to) throws WebhookRejectedException {
        JsonScanner json = new JsonScanner(bytes, from, to);
        List<ExtractaFile> files = new ArrayList<>();
        try {
            if (json.peek() != '[') {
                throw unexpected();
            }
            json.enterArray();
            while (json.nextElement()) {
                files.add(new FileReader(bytes, json).file());
            }
        } catch (JsonFormatException e) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
        }
        return List.copyOf(files);
    }

    private static WebhookRejectedException unexpected() {
        return new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
    }

    private static final class FileReader {
        private final byte[] bytes;
        private final JsonScanner json;
        private @Nullable String extractionId;
        private @Nullable String batchId;
        private @Nullable String fileId;
        private @Nullable String fileName;
        private @Nullable String status;
        private @Nullable JsonData result;
        private @Nullable String url;

        FileReader(byte[] bytes, JsonScanner json) {
            this.bytes = bytes;
            this.json = json;
        }

        ExtractaFile file() throws JsonFormatException, WebhookRejectedException {
            if (json.peek() != '{') {
                throw unexpected();
            }
            json.enterObject();
            while (json.nextMember()) {
                if (json.nameIs("extractionId")) {
                    extractionId = text();
                } else if (json.nameIs("batchId")) {
                    batchId = text();
                } else if (json.nameIs("fileId")) {
                    fileId = text();
                } else if (json.nameIs("fileName")) {
                    fileName = text();
                } else if (json.nameIs("status")) {
                    status = text();
                } else if (json.nameIs("result")) {
                    result = data();
                } else if (json.nameIs("url")) {
                    url = text();
                } else {
                    json.skipValue();
                }
            }
            return new ExtractaFile(extractionId, batchId, fileId, fileName, status, result, url);
        }

        private @Nullable String text() throws JsonFormatException, WebhookRejectedException {
            byte kind = json.peek();
            if (kind == '"') {
                return json.readString();
            }
            if (JsonScanner.startsNumber(kind)) {
                return json.readNumberText();
            }
            if (kind != 'n') {
                throw unexpected();
            }
            json.skipValue();
            return null;
        }

        private @Nullable JsonData data() throws JsonFormatException {
            boolean absent = json.peek() == 'n';
            int from = json.position();
            json.skipValue();
            return absent ? null : JsonData.ofValidUtf8(bytes, from, json.position());
        }
    }
}
