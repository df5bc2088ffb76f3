package dev.hookseal.spring;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** docs/spring.md shows it: an event is saved once, whatever happens to the process. */
@RestController
class OnceInADatabase {
    private final Submissions submissions;

    OnceInADatabase(Submissions submissions) {
        this.submissions = submissions;
    }

    @Transactional
    @WebhookEndpoint("formflow")
    @PostMapping("/webhooks/formflow")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void received(FormFlowEvent event) {
        if (!submissions.existsByTypeAndEventId(event.typeName(), event.eventId())) {
            submissions.save(new Submission(event.typeName(), event.eventId(), event.submissionId()));
        }
    }

    // an entity, with a unique constraint on type and eventId together
    record Submission(String type, String eventId, @Nullable String submissionId) {}

    /** As a JPA repository has it. */
    interface Submissions {
        boolean existsByTypeAndEventId(String type, String eventId);

        void save(Submission submission);
    }
}
