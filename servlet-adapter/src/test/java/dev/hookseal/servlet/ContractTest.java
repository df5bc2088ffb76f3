package dev.hookseal.servlet;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.contract.ContractApplication;
import dev.hookseal.contract.ContractProvider;
import dev.hookseal.contract.ContractReply;
import dev.hookseal.contract.ContractServer;
import dev.hookseal.contract.ProviderEndpoint;
import dev.hookseal.contract.WebhookContract;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.standardwebhooks.StandardWebhooksEvent;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** The contract on servlets behind a {@link WebhookFilter}. */
class ContractTest extends WebhookContract {

    @Override
    protected ContractServer start(ContractApplication application) throws Exception {
        Server server = new Server();
        webhook(server, application, ContractApplication.FORMFLOW, "formflow");
        webhook(server, application, ContractApplication.ANY_METHOD, "formflow");
        filter(server, ContractApplication.STRICT, filterOf(application, "strict"));
        server.servlet(
                ContractApplication.STRICT,
                (request, response) -> write(
                        application.handle(
                                ContractApplication.STRICT, WebhookFilter.verified(request, FormFlowEvent.class)),
                        response));
        filter(server, ContractApplication.NOTHING, filterOf(application, "formflow"));
        server.servlet(
                ContractApplication.NOTHING,
                (request, response) -> application.handle(ContractApplication.NOTHING, event(request)));
        filter(server, ContractApplication.FLUSHED, filterOf(application, "formflow"));
        server.servlet(ContractApplication.FLUSHED, (request, response) -> {
            response.getWriter().write(ContractApplication.FLUSHED_PART);
            response.flushBuffer();
            response.getWriter()
                    .write(application
                            .handle(ContractApplication.FLUSHED, event(request))
                            .text());
        });
        filter(server, ContractApplication.OBJECT, filterOf(application, "formflow"));
        server.servlet(ContractApplication.OBJECT, (request, response) -> {
            // this servlet can write a map of one text and nothing else
            Map<?, ?> answer = (Map<?, ?>) application.handleObject(ContractApplication.OBJECT, event(request));
            write(new ContractReply(200, "{\"id\":\"" + answer.get("id") + "\"}"), response);
        });
        for (String path :
                List.of(ContractApplication.ASYNC, ContractApplication.ASYNC_NOTHING, ContractApplication.TIMED)) {
            filter(server, path, filterOf(application, "formflow"));
            server.servlet(path, (request, response) -> answerLater(application, path, request));
        }
        filter(
                server,
                ContractApplication.SELECTED,
                filterOf(application, "formflow").events("extracted"));
        server.servlet(
                ContractApplication.SELECTED,
                (request, response) ->
                        write(application.handle(ContractApplication.SELECTED, event(request)), response));
        filter(server, ContractApplication.BODY, filterOf(application, "formflow"));
        server.servlet(
                ContractApplication.BODY,
                (request, response) -> write(
                        application.handle(
                                ContractApplication.BODY,
                                event(request),
                                request.getInputStream().readAllBytes()),
                        response));
        filter(server, ContractApplication.EXTRACTA, filterOf(application, "extracta"));
        server.servlet(
                ContractApplication.EXTRACTA,
                (request, response) -> write(
                        application.handle(
                                ContractApplication.EXTRACTA,
                                WebhookFilter.verified(request, ExtractaEvent.class)
                                        .event()),
                        response));
        other(
                server,
                application,
                ContractApplication.STANDARD_WEBHOOKS,
                "standard-webhooks",
                StandardWebhooksEvent.class);
        other(server, application, ContractApplication.CUSTOM, "custom", ContractProvider.Event.class);
        for (ProviderEndpoint endpoint : application.providerEndpoints()) {
            provider(server, application, endpoint);
        }
        server.servlet(
                ContractApplication.PLAIN,
                (request, response) -> response.getOutputStream()
                        .write(request.getInputStream().readAllBytes()));
        server.servlet(
                ContractApplication.PLAIN_FORM,
                (request, response) -> write(new ContractReply(200, request.getParameter("word")), response));
        server.servlet(ContractApplication.PLAIN_FAILURE, (request, response) -> write(application.fail(), response));
        CapturedLog log = CapturedLog.ofHookseal();
        server.start();
        return new Running(server, log);
    }

    private void webhook(Server server, ContractApplication application, String path, String endpoint) {
        filter(server, path, filterOf(application, endpoint));
        server.servlet(path, (request, response) -> {
            ContractReply reply;
            try {
                reply = application.handle(path, event(request));
            } catch (ContractApplication.AcknowledgedFailure e) {
                reply = acknowledged(e);
            }
            write(reply, response);
        });
    }

    private void other(
            Server server, ContractApplication application, String path, String endpoint, Class<?> eventClass) {
        filter(server, path, filterOf(application, endpoint));
        server.servlet(
                path,
                (request, response) -> write(
                        application.handle(
                                path,
                                WebhookFilter.verified(request, eventClass).event()),
                        response));
    }

    private void provider(Server server, ContractApplication application, ProviderEndpoint endpoint) {
        filter(server, endpoint.path(), filterOf(application, endpoint.name()));
        server.servlet(endpoint.path(), (request, response) -> {
            VerifiedWebhook<?> webhook = WebhookFilter.verified(request, endpoint.eventClass());
            write(application.handle(endpoint.path(), webhook.event(), webhook), response);
        });
    }

    private static ContractReply acknowledged(ContractApplication.AcknowledgedFailure failure) {
        return new ContractReply(200, failure.getMessage());
    }

    WebhookFilter filterOf(ContractApplication application, String endpoint) {
        return WebhookFilter.of(application.receiver(endpoint));
    }

    private static void filter(Server server, String path, WebhookFilter filter) {
        server.filter(path, filter, DispatcherType.REQUEST, DispatcherType.ASYNC);
    }

    private static FormFlowEvent event(ServletRequest request) {
        return WebhookFilter.verified(request, FormFlowEvent.class).event();
    }

    // as a servlet does that hands its work to other threads
    private static void answerLater(ContractApplication application, String path, HttpServletRequest request) {
        FormFlowEvent event = event(request);
        AsyncContext async = request.startAsync();
        if (path.equals(ContractApplication.TIMED)) {
            async.setTimeout(ContractApplication.TIME_OUT.toMillis());
        }
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        application.handleLater(path, event).whenComplete((reply, error) -> {
            try {
                if (error == null && !path.equals(ContractApplication.ASYNC_NOTHING)) {
                    write(reply, response);
                } else if (error instanceof CompletionException
                        && error.getCause() instanceof ContractApplication.AcknowledgedFailure failure) {
                    write(acknowledged(failure), response);
                } else if (error != null) {
                    response.sendError(500);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            } finally {
                async.complete();
            }
        });
    }

    private static void write(ContractReply reply, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        response.setContentType("text/plain");
        response.getOutputStream().write(reply.text().getBytes(StandardCharsets.US_ASCII));
    }

    private record Running(Server server, CapturedLog recorded) implements ContractServer {
        @Override
        public URI address() {
            return server.address();
        }

        @Override
        public String runtime() {
            return server.nameAndVersion();
        }

        @Override
        public String log() {
            return recorded.text();
        }

        @Override
        public void stop() {
            server.close();
            recorded.close();
        }
    }
}
