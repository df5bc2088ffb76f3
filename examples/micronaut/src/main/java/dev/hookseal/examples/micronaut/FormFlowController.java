package dev.hookseal.examples.micronaut;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Controller("/webhooks")
class FormFlowController {

    @WebhookEndpoint("formflow")
    @Post("/formflow")
    Answer received(FormFlowEvent event) {
        Submission bound = new Submission(event.eventId(), event.timestamp(), event.submissionId(), event.templateId());
        return new Answer(event.typeName(), bound, Instant.now());
    }

    record Answer(String event, Submission bound, Instant time) {}

    record Submission(
            String eventId,
            Instant timestamp,
            @Nullable String submissionId,
            @Nullable String templateId) {}
}
