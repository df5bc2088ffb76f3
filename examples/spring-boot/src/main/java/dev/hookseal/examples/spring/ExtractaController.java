package dev.hookseal.examples.spring;

import dev.hookseal.JsonData;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ExtractaController {

    // The proof in place of the event also tells how it was verified, such as which secret of a rotation matched.
    @WebhookEndpoint("extracta")
    @PostMapping("/webhooks/extracta")
    Answer received(VerifiedWebhook<ExtractaEvent> webhook) {
        ExtractaEvent event = webhook.event();
        Object bound = switch (event.unsignedType()) {
            case EXTRACTION_PROCESSED, EXTRACTION_EDITED, EXTRACTION_CONFIRMED, EXTRACTION_FAILED ->
                event.files().stream().map(File::of).toList();
            // further namespaces are announced: acknowledge what is not known yet
            case UNKNOWN -> event.result().asObject();
        };
        return new Answer(event.unsignedTypeName(), bound, Instant.now());
    }

    record Answer(@Nullable String event, @Nullable Object bound, Instant time) {}

    record File(
            @Nullable String fileId,
            @Nullable String fileName,
            @Nullable String status,
            @Nullable Object data) {
        static File of(ExtractaFile file) {
            JsonData data = file.result();
            return new File(file.fileId(), file.fileName(), file.status(), data == null ? null : data.asObject());
        }
    }
}
