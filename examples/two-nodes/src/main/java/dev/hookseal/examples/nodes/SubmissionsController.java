package dev.hookseal.examples.nodes;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SubmissionsController {
    private final HandledEvents handled;

    SubmissionsController(HandledEvents handled) {
        this.handled = handled;
    }

    @WebhookEndpoint("formflow")
    @PostMapping("/webhooks/formflow")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void received(FormFlowEvent event) {
        handled.add(event.eventId());
    }
}
