package dev.hookseal.extracta;

import dev.hookseal.JsonData;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event from the bytes that the signature turned out to cover. Whatever they hold is an event: what is of
 * another kind than the provider documents is null, and is noted.
 */
final class ExtractaReader {
    private final byte[] bytes;
    private final int from;
    private final int to;
    private final JsonScanner json;
    private final Set<String> unexpected = new HashSet<>(0);

    ExtractaReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.json = new JsonScanner(bytes, from, to);
    }

    ExtractaEvent event(@Nullable String name) {
        List<ExtractaFile> files = ExtractaEventType.of(name) == ExtractaEventType.UNKNOWN ? List.of() : files();
        return new ExtractaPayload(name, files, JsonData.ofValidUtf8(bytes, from, to));
    }

    /** The documented members that are of another kind than documented; known once the event is read. */
    Set<String> unexpectedMembers() {
        return Set.copyOf(unexpected);
    }

    private List<ExtractaFile> files() {
        List<ExtractaFile> files = new ArrayList<>();
        try {
            if (json.peek() != '[') {
                unexpected.add("result");
                return List.of();
            }
            json.enterArray();
            while (json.nextElement()) {
                files.add(new FileReader().file());
            }
        } catch (JsonFormatException e) {
            throw new AssertionError("the envelope's reader has scanned these bytes", e);
        }
        return List.copyOf(files);
    }

    private final class FileReader {
        private @Nullable String extractionId;
        private @Nullable String batchId;
        private @Nullable String fileId;
        private @Nullable String fileName;
        private @Nullable String status;
        private @Nullable JsonData result;
        private @Nullable String url;
        // of this file, since of a member that comes twice the last one counts
        private Set<String> unexpectedHere = Set.of();

        ExtractaFile file() throws JsonFormatException {
            boolean isObject = json.peek() == '{';
            int start = json.position();
            if (isObject) {
                readMembers();
            } else {
                unexpected.add("result[]");
                json.skipValue();
            }
            JsonData all = JsonData.ofValidUtf8(bytes, start, json.position());
            unexpected.addAll(unexpectedHere);
            return new ExtractaPayload.File(extractionId, batchId, fileId, fileName, status, result, url, all);
        }

        private void readMembers() throws JsonFormatException {
            json.enterObject();
            while (json.nextMember()) {
                if (json.nameIs("extractionId")) {
                    extractionId = text("result[].extractionId");
                } else if (json.nameIs("batchId")) {
                    batchId = text("result[].batchId");
                } else if (json.nameIs("fileId")) {
                    fileId = text("result[].fileId");
                } else if (json.nameIs("fileName")) {
                    fileName = text("result[].fileName");
                } else if (json.nameIs("status")) {
                    status = text("result[].status");
                } else if (json.nameIs("result")) {
                    result = data();
                } else if (json.nameIs("url")) {
                    url = text("result[].url");
                } else {
                    json.skipValue();
                }
            }
        }

        private @Nullable String text(String member) throws JsonFormatException {
            byte kind = json.peek();
            boolean expected = kind == '"' || kind == 'n' || JsonScanner.startsNumber(kind);
            note(member, expected);
            if (kind == '"') {
                return json.readString();
            }
            if (JsonScanner.startsNumber(kind)) {
                return json.readNumberText();
            }
            json.skipValue();
            return null;
        }

        private void note(String member, boolean expected) {
            if (!expected) {
                unexpectedHere = unexpectedHere.isEmpty() ? new HashSet<>() : unexpectedHere;
                unexpectedHere.add(member);
            } else if (!unexpectedHere.isEmpty()) {
                unexpectedHere.remove(member);
            }
        }

        private @Nullable JsonData data() throws JsonFormatException {
            boolean absent = json.peek() == 'n';
            int start = json.position();
            json.skipValue();
            return absent ? null : JsonData.ofValidUtf8(bytes, start, json.position());
        }
    }
}
