package dev.hookseal.spring;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractProvider;
import dev.hookseal.contract.ContractReply;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.standardwebhooks.StandardWebhooksEvent;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** The routes of the contract. */
@RestController
class ContractController {
    private final ContractApplication application;

    ContractController(ContractApplication application) {
        this.application = application;
    }

    /** What the receivers work with. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Beans {
        @Bean
        Clock clock(ContractApplication application) {
            return application.clock();
        }

        @Bean
        DeliveryObserver observer(ContractApplication application) {
            return application.observer();
        }
    }

    @WebhookEndpoint("formflow")
    @PostMapping(ContractApplication.FORMFLOW)
    ResponseEntity<String> formFlow(FormFlowEvent event) {
        return response(application.handle(ContractApplication.FORMFLOW, event));
    }

    @WebhookEndpoint("formflow-any-method")
    @RequestMapping(
            path = ContractApplication.ANY_METHOD,
            method = {RequestMethod.GET, RequestMethod.PUT, RequestMethod.POST})
    ResponseEntity<String> anyMethod(FormFlowEvent event) {
        return response(application.handle(ContractApplication.ANY_METHOD, event));
    }

    @WebhookEndpoint(value = "formflow-selected", events = "extracted")
    @PostMapping(ContractApplication.SELECTED)
    ResponseEntity<String> selected(FormFlowEvent event) {
        return response(application.handle(ContractApplication.SELECTED, event));
    }

    @WebhookEndpoint("formflow-body")
    @PostMapping(ContractApplication.BODY)
    ResponseEntity<String> body(@RequestBody byte[] body, FormFlowEvent event) {
        return response(application.handle(ContractApplication.BODY, event, body));
    }

    @WebhookEndpoint("formflow-async")
    @PostMapping(ContractApplication.ASYNC)
    CompletionStage<ResponseEntity<String>> async(FormFlowEvent event) {
        return application.handleLater(ContractApplication.ASYNC, event).thenApply(ContractController::response);
    }

    @WebhookEndpoint("formflow-nothing")
    @PostMapping(ContractApplication.NOTHING)
    void nothing(FormFlowEvent event) {
        application.handle(ContractApplication.NOTHING, event);
    }

    @WebhookEndpoint("formflow-async-nothing")
    @PostMapping(ContractApplication.ASYNC_NOTHING)
    CompletionStage<@Nullable Void> asyncNothing(FormFlowEvent event) {
        return application.handleLater(ContractApplication.ASYNC_NOTHING, event).thenAccept(reply -> {});
    }

    @WebhookEndpoint("formflow-object")
    @PostMapping(ContractApplication.OBJECT)
    Object object(FormFlowEvent event) {
        return application.handleObject(ContractApplication.OBJECT, event);
    }

    @WebhookEndpoint("formflow-flushed")
    @PostMapping(ContractApplication.FLUSHED)
    void flushed(FormFlowEvent event, HttpServletResponse response) throws IOException {
        response.getWriter().write(ContractApplication.FLUSHED_PART);
        response.flushBuffer();
        response.getWriter()
                .write(application.handle(ContractApplication.FLUSHED, event).text());
    }

    @WebhookEndpoint("formflow-timed")
    @PostMapping(ContractApplication.TIMED)
    DeferredResult<ResponseEntity<String>> timed(FormFlowEvent event) {
        DeferredResult<ResponseEntity<String>> result = new DeferredResult<>(ContractApplication.TIME_OUT.toMillis());
        application.handleLater(ContractApplication.TIMED, event).whenComplete((reply, error) -> {
            if (error == null) {
                result.setResult(response(reply));
            } else {
                result.setErrorResult(error);
            }
        });
        return result;
    }

    @ExceptionHandler
    Map<String, String> withoutStatus(ContractApplication.FailureWithoutStatus failure) {
        return Map.of("error", String.valueOf(failure.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<String> acknowledged(ContractApplication.AcknowledgedFailure failure) {
        return ResponseEntity.ok(failure.getMessage());
    }

    @WebhookEndpoint("strict")
    @PostMapping(ContractApplication.STRICT)
    ResponseEntity<String> strict(VerifiedWebhook<FormFlowEvent> webhook) {
        return response(application.handle(ContractApplication.STRICT, webhook));
    }

    @WebhookEndpoint("extracta")
    @PostMapping(ContractApplication.EXTRACTA)
    ResponseEntity<String> extracta(ExtractaEvent event) {
        return response(application.handle(ContractApplication.EXTRACTA, event));
    }

    @WebhookEndpoint("standard-webhooks")
    @PostMapping(ContractApplication.STANDARD_WEBHOOKS)
    ResponseEntity<String> standardWebhooks(StandardWebhooksEvent event) {
        return response(application.handle(ContractApplication.STANDARD_WEBHOOKS, event));
    }

    @WebhookEndpoint("custom")
    @PostMapping(ContractApplication.CUSTOM)
    ResponseEntity<String> custom(ContractProvider.Event event) {
        return response(application.handle(ContractApplication.CUSTOM, event));
    }

    @PostMapping(ContractApplication.PLAIN)
    ResponseEntity<byte[]> plain(@RequestBody byte[] body) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(body);
    }

    @PostMapping(ContractApplication.PLAIN_FORM)
    String plainForm(@RequestParam String word) {
        return word;
    }

    @PostMapping(ContractApplication.PLAIN_FAILURE)
    ResponseEntity<String> plainFailure() {
        return response(application.fail());
    }

    static ResponseEntity<String> response(ContractReply reply) {
        return ResponseEntity.status(reply.status())
                .contentType(MediaType.TEXT_PLAIN)
                .body(reply.text());
    }
}
