package dev.hookseal.extracta;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookseal.JsonData;
import dev.hookseal.internal.json.EcmaScriptString;
import java.util.List;
import org.jspecify.annotations.Nullable;

record ExtractaPayload(@Nullable String unsignedTypeName, List<ExtractaFile> files, JsonData result)
        implements ExtractaEvent {

    @Override
    public ExtractaEventType unsignedType() {
        return ExtractaEventType.of(unsignedTypeName);
    }

    @Override
    public JsonData toJson() {
        String name = unsignedTypeName == null ? "" : "\"event\":" + EcmaScriptString.quoted(unsignedTypeName) + ",";
        byte[] json = ("{" + name + "\"result\":" + result.json() + "}").getBytes(UTF_8);
        return JsonData.ofValidUtf8(json, 0, json.length);
    }

    /** What the provider tells of one file. */
    record File(
            @Nullable String extractionId,
            @Nullable String batchId,
            @Nullable String fileId,
            @Nullable String fileName,
            @Nullable String status,
            @Nullable JsonData result,
            @Nullable String url,
            JsonData toJson)
            implements ExtractaFile {}
}
