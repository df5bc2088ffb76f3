package dev.hookseal.micronaut;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Requires(property = "spec", value = "page")
@Controller("/webhooks")
@ExecuteOn(TaskExecutors.BLOCKING)
class FormFlowWebhooks {
    private static final Logger LOG = LoggerFactory.getLogger(FormFlowWebhooks.class);

    @WebhookEndpoint("formflow")
    @Post("/formflow")
    @Status(HttpStatus.NO_CONTENT)
    void received(FormFlowEvent event) {
        switch (event.type()) {
            case EXTRACTED -> LOG.info("Submission {} is extracted", event.submissionId());
            case EXPORT -> LOG.info("Submission {} is exported", event.submissionId());
            default -> LOG.info("Nothing to do for {}", event.typeName());
        }
    }
}
