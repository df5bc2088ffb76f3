package dev.hookseal.spring.app;

import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.fixture.CustomProvider;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.spring.WebhookHandlerFilter;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Functional routes. */
@Configuration(proxyBeanMethods = false)
public class Routes {
    private final Calls calls;
    private final BlockingQueue<CompletableFuture<ServerResponse>> futures = new LinkedBlockingQueue<>();

    Routes(Calls calls) {
        this.calls = calls;
    }

    public BlockingQueue<CompletableFuture<ServerResponse>> futures() {
        return futures;
    }

    @Bean
    RouterFunction<ServerResponse> webhooks(EndpointRegistry endpoints) {
        return RouterFunctions.route()
                .POST("/routes/event", this::event)
                .POST("/routes/body", request -> ServerResponse.ok().body(request.body(String.class)))
                .POST("/routes/future", this::future)
                .POST("/routes/wrong-type", this::wrongType)
                .POST("/failing/route/{kind}", this::failing)
                .filter(WebhookHandlerFilter.of(endpoints, "formflow"))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> exports(EndpointRegistry endpoints) {
        return RouterFunctions.route()
                .POST("/routes/exports", this::event)
                .filter(WebhookHandlerFilter.of(endpoints, "formflow", "export"))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> withoutFilter() {
        return RouterFunctions.route()
                .POST("/routes/without-filter", this::event)
                .build();
    }

    private ServerResponse event(ServerRequest request) {
        FormFlowEvent event =
                WebhookHandlerFilter.verified(request, FormFlowEvent.class).event();
        calls.add("route " + event.eventId());
        if (event.eventId().startsWith("failing") && calls.count("route " + event.eventId()) == 1) {
            throw new IllegalArgumentException("the first time");
        }
        return ServerResponse.ok().body(event.typeName());
    }

    private ServerResponse failing(ServerRequest request) throws Exception {
        calls.add("failing "
                + WebhookHandlerFilter.verified(request, FormFlowEvent.class)
                        .event()
                        .eventId());
        throw FailingController.exception(request.pathVariable("kind"));
    }

    private ServerResponse future(ServerRequest request) {
        FormFlowEvent event =
                WebhookHandlerFilter.verified(request, FormFlowEvent.class).event();
        calls.add("future route " + event.eventId());
        CompletableFuture<ServerResponse> future = new CompletableFuture<>();
        futures.add(future);
        return ServerResponse.async(future);
    }

    private ServerResponse wrongType(ServerRequest request) {
        return ServerResponse.ok()
                .body(WebhookHandlerFilter.verified(request, CustomProvider.Event.class)
                        .event()
                        .text());
    }
}
