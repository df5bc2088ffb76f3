package dev.hookseal.examples.micronaut;

import dev.hookseal.JsonData;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaFile;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Controller("/webhooks")
class WebhookController {

    @WebhookEndpoint("formflow")
    @Post("/formflow")
    Answer formflow(FormFlowEvent event) {
        return Answer.to(
                event.typeName(),
                new Submission(event.eventId(), event.timestamp(), event.submissionId(), event.templateId()));
    }

    // The proof in place of the event also tells how it was verified, such as which secret of a rotation matched.
    @WebhookEndpoint("extracta")
    @Post("/extracta")
    Answer extracta(VerifiedWebhook<ExtractaEvent> webhook) {
        ExtractaEvent event = webhook.event();
        return switch (event.claimedType()) {
            case EXTRACTION_PROCESSED, EXTRACTION_EDITED, EXTRACTION_CONFIRMED, EXTRACTION_FAILED ->
                Answer.to(
                        event.claimedTypeName(),
                        event.files().stream().map(File::of).toList());
            // further namespaces are announced: acknowledge what is not known yet
            case UNKNOWN -> Answer.to(event.claimedTypeName(), event.result().asObject());
        };
    }

    /** What the providers' own samples answer: the event and the time; and here also what was bound. */
    record Answer(@Nullable String event, @Nullable Object bound, Instant time) {
        static Answer to(@Nullable String event, @Nullable Object bound) {
            return new Answer(event, bound, Instant.now());
        }
    }

    record Submission(
            String eventId,
            Instant timestamp,
            @Nullable String submissionId,
            @Nullable String templateId) {}

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
