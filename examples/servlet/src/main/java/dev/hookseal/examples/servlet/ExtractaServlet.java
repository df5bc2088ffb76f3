package dev.hookseal.examples.servlet;

import dev.hookseal.JsonData;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaFile;
import dev.hookseal.servlet.WebhookFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class ExtractaServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ExtractaEvent event =
                WebhookFilter.verified(request, ExtractaEvent.class).event();
        Object bound = switch (event.unsignedType()) {
            case EXTRACTION_PROCESSED, EXTRACTION_EDITED, EXTRACTION_CONFIRMED, EXTRACTION_FAILED ->
                event.files().stream().map(ExtractaServlet::describe).toList();
            // further namespaces are announced: acknowledge what is not known yet
            case UNKNOWN -> event.result().asObject();
        };
        Answer.write(response, event.unsignedTypeName(), bound);
    }

    private static Map<String, @Nullable Object> describe(ExtractaFile file) {
        JsonData data = file.result();
        Map<String, @Nullable Object> described = new LinkedHashMap<>();
        described.put("fileId", file.fileId());
        described.put("fileName", file.fileName());
        described.put("status", file.status());
        described.put("data", data == null ? null : data.asObject());
        return described;
    }
}
