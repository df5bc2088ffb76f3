package dev.hookseal.examples.guide;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SubmissionsController {
    private final List<String> log = new CopyOnWriteArrayList<>();

    @WebhookEndpoint("formflow")
    @PostMapping("/webhooks/formflow")
    void received(FormFlowEvent event) {
        switch (event.type()) {
            case EXTRACTED -> log.add("extracted " + event.submissionId());
            case EXPORT, VALIDATION_SUCCESS -> log.add("exporting " + event.submissionId());
            case ERROR_EXPORT, ERROR_PROCESSING, ERROR_PRE_PROCESSING ->
                log.add(event.typeName() + " " + event.submissionId());
            // newer than this library: acknowledged, since a redelivery would be the same
            case UNKNOWN -> log.add("unknown " + event.typeName());
        }
    }

    List<String> log() {
        return log;
    }
}
