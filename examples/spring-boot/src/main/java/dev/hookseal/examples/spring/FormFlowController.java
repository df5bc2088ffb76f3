package dev.hookseal.examples.spring;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class FormFlowController {

    @WebhookEndpoint("formflow")
    @PostMapping("/webhooks/formflow")
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
