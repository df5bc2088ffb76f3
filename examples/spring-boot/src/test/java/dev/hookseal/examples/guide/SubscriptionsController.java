package dev.hookseal.examples.guide;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SubscriptionsController {
    private final List<String> log = new CopyOnWriteArrayList<>();

    @WebhookEndpoint(value = "submissions-extracted", events = "extracted")
    @PostMapping("/webhooks/submissions/extracted")
    void extracted(FormFlowEvent event) {
        log.add("extracted " + event.submissionId());
    }

    @WebhookEndpoint(value = "submissions-export", events = "export")
    @PostMapping("/webhooks/submissions/export")
    void exported(FormFlowEvent event) {
        log.add("exported " + event.submissionId());
    }

    List<String> log() {
        return log;
    }
}
