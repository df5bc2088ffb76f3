package dev.hookseal.examples.spring;

import dev.hookseal.WebhookListener;
import dev.hookseal.formflow.FormFlowEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Works after FormFlow has had its answer. What it writes and the completion of the delivery are one transaction. */
@Component
class SubmissionArchive {
    private final JdbcTemplate jdbc;

    SubmissionArchive(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    @WebhookListener(value = "archive", events = "extracted")
    void extracted(FormFlowEvent event) {
        jdbc.update(
                "insert into submission (event_id, submission_id) values (?, ?)",
                event.eventId(),
                event.submissionId());
    }
}
