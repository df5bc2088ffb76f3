package dev.hookseal.spring.app;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.fixture.CustomProvider;
import dev.hookseal.formflow.FormFlowEvent;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Handlers that take events, and answer in the ways that handlers do. */
@RestController
class EventController {
    private final Calls calls;

    EventController(Calls calls) {
        this.calls = calls;
    }

    @WebhookEndpoint("formflow")
    @PostMapping("/hooks/event")
    String event(FormFlowEvent event) {
        calls.add("event " + event.eventId());
        return event.typeName() + " of template " + event.templateId();
    }

    @WebhookEndpoint("proof")
    @PostMapping("/hooks/proof")
    String proof(VerifiedWebhook<FormFlowEvent> webhook) {
        return webhook.endpoint() + " at " + webhook.verifiedAt();
    }

    @WebhookEndpoint("any-proof")
    @PostMapping("/hooks/any-proof")
    String anyProof(VerifiedWebhook<?> webhook, FormFlowEvent event) {
        return String.valueOf(webhook.event().equals(event));
    }

    @WebhookEndpoint("extracta")
    @PostMapping("/hooks/extracta")
    String extracta(ExtractaEvent event) {
        return event.files().get(0).fileId();
    }

    @WebhookEndpoint("acme")
    @PostMapping("/hooks/acme")
    String acme(CustomProvider.Event event) {
        return event.text();
    }

    @WebhookEndpoint(value = "exports", events = "export")
    @PostMapping("/hooks/exports")
    String exports(FormFlowEvent event) {
        calls.add("export " + event.eventId());
        return "exported";
    }

    @WebhookEndpoint("any-method")
    @RequestMapping("/hooks/any-method")
    void anyMethod(FormFlowEvent event) {
        calls.add("any method " + event.eventId());
    }

    @WebhookEndpoint("small")
    @PostMapping("/hooks/small")
    void small(FormFlowEvent event) {
        calls.add("small " + event.eventId());
    }

    @WebhookEndpoint("void")
    @PostMapping("/hooks/void")
    void nothing(FormFlowEvent event) {
        calls.add("void " + event.eventId());
    }

    @WebhookEndpoint("accepted")
    @PostMapping("/hooks/accepted")
    ResponseEntity<Void> accepted(FormFlowEvent event) {
        calls.add("accepted " + event.eventId());
        return ResponseEntity.accepted().build();
    }

    @WebhookEndpoint("no-content")
    @PostMapping("/hooks/no-content")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void noContent(FormFlowEvent event) {
        calls.add("no-content " + event.eventId());
    }

    @WebhookEndpoint("throws-at-first")
    @PostMapping("/hooks/throws-at-first")
    String throwsAtFirst(FormFlowEvent event) {
        calls.add("throws " + event.eventId());
        if (calls.count("throws " + event.eventId()) == 1) {
            throw new IllegalArgumentException("the first time");
        }
        return "the second time";
    }

    @WebhookEndpoint("conflicts-at-first")
    @PostMapping("/hooks/conflicts-at-first")
    String conflictsAtFirst(FormFlowEvent event) {
        calls.add("conflicts " + event.eventId());
        if (calls.count("conflicts " + event.eventId()) == 1) {
            throw new NotYet();
        }
        return "the second time";
    }

    @ExceptionHandler(NotYet.class)
    ResponseEntity<String> notYet() {
        return ResponseEntity.status(422).body("not yet");
    }

    @WebhookEndpoint("unavailable")
    @PostMapping("/hooks/unavailable")
    void unavailable(CustomProvider.Event event) {
        calls.add("unavailable " + event.text());
    }

    private static final class NotYet extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
