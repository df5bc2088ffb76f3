package dev.hookseal.spring;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class FormFlowWebhooks {
    private static final Logger LOG = LoggerFactory.getLogger(FormFlowWebhooks.class);

    @WebhookEndpoint("formflow")
    @PostMapping("/webhooks/formflow")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void received(FormFlowEvent event) {
        switch (event.type()) {
            case EXTRACTED -> LOG.info("Submission {} is extracted", event.submissionId());
            case EXPORT -> LOG.info("Submission {} is exported", event.submissionId());
            default -> LOG.info("Nothing to do for {}", event.typeName());
        }
    }
}
