package dev.hookseal.micronaut;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractApplication.AcknowledgedFailure;
import dev.hookseal.contract.ContractApplication.FailureWithoutStatus;
import dev.hookseal.contract.ContractProvider;
import dev.hookseal.contract.ContractReply;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.standardwebhooks.StandardWebhooksEvent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The routes of the contract. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Requires(property = "spec", value = "contract")
class ContractController {
    private final ContractApplication application;

    ContractController(ContractApplication application) {
        this.application = application;
    }

    @WebhookEndpoint("formflow")
    @Post(ContractApplication.FORMFLOW)
    HttpResponse<String> formFlow(FormFlowEvent event) {
        return response(application.handle(ContractApplication.FORMFLOW, event));
    }

    static HttpResponse<String> response(ContractReply reply) {
        return HttpResponse.<String>status(HttpStatus.valueOf(reply.status()))
                .contentType(MediaType.TEXT_PLAIN_TYPE)
                .body(reply.text());
    }

    // no other methods: a handler of Micronaut has one
    @WebhookEndpoint("formflow-any-method")
    @Post(ContractApplication.ANY_METHOD)
    HttpResponse<String> anyMethod(FormFlowEvent event) {
        return response(application.handle(ContractApplication.ANY_METHOD, event));
    }

    @WebhookEndpoint(value = "formflow-selected", events = "extracted")
    @Post(ContractApplication.SELECTED)
    HttpResponse<String> selected(FormFlowEvent event) {
        return response(application.handle(ContractApplication.SELECTED, event));
    }

    @WebhookEndpoint("formflow-body")
    @Post(ContractApplication.BODY)
    HttpResponse<String> body(@Body byte[] body, FormFlowEvent event) {
        return response(application.handle(ContractApplication.BODY, event, body));
    }

    @WebhookEndpoint("formflow-async")
    @Post(ContractApplication.ASYNC)
    CompletionStage<HttpResponse<String>> async(FormFlowEvent event) {
        return application.handleLater(ContractApplication.ASYNC, event).thenApply(ContractController::response);
    }

    @WebhookEndpoint("formflow-nothing")
    @Post(ContractApplication.NOTHING)
    @Nullable
    Object nothing(FormFlowEvent event) {
        application.handle(ContractApplication.NOTHING, event);
        return null;
    }

    @WebhookEndpoint("formflow-async-nothing")
    @Post(ContractApplication.ASYNC_NOTHING)
    CompletionStage<@Nullable Object> asyncNothing(FormFlowEvent event) {
        return application.handleLater(ContractApplication.ASYNC_NOTHING, event).thenApply(reply -> null);
    }

    @WebhookEndpoint("formflow-object")
    @Post(ContractApplication.OBJECT)
    Object object(FormFlowEvent event) {
        return application.handleObject(ContractApplication.OBJECT, event);
    }

    @WebhookEndpoint("formflow-flushed")
    @Post(value = ContractApplication.FLUSHED, produces = MediaType.TEXT_PLAIN)
    Flux<String> flushed(FormFlowEvent event) {
        Mono<String> rest = Mono.fromCallable(() ->
                        application.handle(ContractApplication.FLUSHED, event).text())
                .subscribeOn(Schedulers.boundedElastic());
        return Flux.just(ContractApplication.FLUSHED_PART).concatWith(rest);
    }

    @WebhookEndpoint("formflow-timed")
    @Post(ContractApplication.TIMED)
    CompletionStage<HttpResponse<String>> timed(FormFlowEvent event) {
        return application.handleLater(ContractApplication.TIMED, event).thenApply(ContractController::response);
    }

    @Error(exception = FailureWithoutStatus.class, global = true)
    Map<String, String> failed(FailureWithoutStatus failure) {
        return Map.of("error", "failed");
    }

    @Error(exception = AcknowledgedFailure.class, global = true)
    HttpResponse<String> acknowledged(AcknowledgedFailure failure) {
        return HttpResponse.ok();
    }

    @WebhookEndpoint("strict")
    @Post(ContractApplication.STRICT)
    HttpResponse<String> strict(VerifiedWebhook<FormFlowEvent> webhook) {
        return response(application.handle(ContractApplication.STRICT, webhook));
    }

    @WebhookEndpoint("extracta")
    @Post(ContractApplication.EXTRACTA)
    HttpResponse<String> extracta(ExtractaEvent event) {
        return response(application.handle(ContractApplication.EXTRACTA, event));
    }

    @WebhookEndpoint("standard-webhooks")
    @Post(ContractApplication.STANDARD_WEBHOOKS)
    HttpResponse<String> standardWebhooks(StandardWebhooksEvent event) {
        return response(application.handle(ContractApplication.STANDARD_WEBHOOKS, event));
    }

    @WebhookEndpoint("custom")
    @Post(ContractApplication.CUSTOM)
    HttpResponse<String> custom(ContractProvider.Event event) {
        return response(application.handle(ContractApplication.CUSTOM, event));
    }

    @Consumes(MediaType.ALL)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Post(ContractApplication.PLAIN)
    byte[] plain(@Body byte[] body) {
        return body;
    }

    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_PLAIN)
    @Post(ContractApplication.PLAIN_FORM)
    String plainForm(@Body("word") String word) {
        return word;
    }

    @Post(ContractApplication.PLAIN_FAILURE)
    HttpResponse<String> plainFailure() {
        return response(application.fail());
    }
}
