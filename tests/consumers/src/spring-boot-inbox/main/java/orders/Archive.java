package orders;

import dev.hookseal.WebhookListener;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.ParkException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class Archive {
    private final Submissions submissions;

    Archive(Submissions submissions) {
        this.submissions = submissions;
    }

    @Transactional
    @WebhookListener("formflow")
    void received(FormFlowEvent event, Attempt attempt) {
        submissions.save(new Submission(event.eventId()));
        if (event.eventId().startsWith("park")) {
            throw new ParkException("there is no such submission");
        }
        if (event.eventId().startsWith("fail") && attempt.number() == 1) {
            throw new IllegalStateException("the archive is closed");
        }
        if (event.eventId().startsWith("flush") && attempt.number() == 1) {
            // written at the commit, which fails
            submissions.save(new Submission("x".repeat(1_000)));
        }
    }

    int times(String eventId) {
        return submissions.countByEventId(eventId);
    }
}
