package dev.hookseal.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.hookseal.diagnostics.Cause;
import dev.hookseal.diagnostics.SignatureExplainer;
import dev.hookseal.internal.LogSafe;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.BodyLimits;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.request.WebhookResponse;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Answers as an application does that handles every event, and notes what came. */
final class LocalReceiver implements HttpHandler {
    private final WebhookProvider<?> provider;
    private final EndpointSettings settings;
    private final SignatureExplainer explainer;
    private final @Nullable DeliveryRecorder recorder;
    private final int answer;
    private final DeliveryLog deliveryLog;
    private final Clock clock;
    private final DeliveryStore store;

    LocalReceiver(
            WebhookProvider<?> provider,
            EndpointSettings settings,
            SignatureExplainer explainer,
            @Nullable DeliveryRecorder recorder,
            int answer,
            DeliveryLog deliveryLog) {
        this.provider = provider;
        this.settings = settings;
        this.explainer = explainer;
        this.recorder = recorder;
        this.answer = answer;
        this.deliveryLog = deliveryLog;
        this.clock = settings.clock();
        this.store = new InMemoryDeliveryStore(clock);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Instant received = clock.instant();
            Map<String, List<String>> headers = new LinkedHashMap<>(exchange.getRequestHeaders());
            byte[] body;
            try {
                body = BodyLimits.ofBytes(settings.maxBodyBytes().orElse(provider.defaultMaxBodyBytes()))
                        .read(exchange.getRequestBody(), -1);
            } catch (WebhookRejectedException e) {
                exchange.sendResponseHeaders(e.reason().status(), -1);
                deliveryLog.note(
                        false, e.reason().tag() + ", answered " + e.reason().status());
                return;
            }
            AtomicReference<@Nullable DeliveryOutcome> outcome = new AtomicReference<>();
            WebhookRequest request = WebhookRequest.of(
                    exchange.getRequestMethod(), exchange.getRequestURI().getRawQuery(), headers, body);
            int status = answer(exchange, receive(request, outcome::set));
            note(received, request, status, outcome.get());
        }
    }

    private WebhookResponse receive(WebhookRequest request, DeliveryObserver observer) {
        return receive(provider, request, observer);
    }

    /** With a separate receiver for each delivery, so that its observer hears of no other. */
    private <E> WebhookResponse receive(
            WebhookProvider<E> webhooks, WebhookRequest request, DeliveryObserver observer) {
        Decision<E> decision = WebhookReceiver.builder(webhooks, settings)
                .store(store)
                .observer(observer)
                .build()
                .receive(request);
        if (decision instanceof Decision.Answered<E> answered) {
            return answered.response();
        }
        ((Decision.Admitted<E>) decision).delivery().answered(answer);
        return new WebhookResponse(answer, Map.of(), "");
    }

    private static int answer(HttpExchange exchange, WebhookResponse response) throws IOException {
        response.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        // closed before it is noted, which may end the server
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
        return response.status();
    }

    private void note(Instant received, WebhookRequest request, int status, @Nullable DeliveryOutcome outcome) {
        String kept = recorder == null ? "" : "  " + keep(recorder, received, request);
        RejectionReason reason = outcome instanceof DeliveryOutcome.Rejected rejected ? rejected.reason() : null;
        String what;
        if (reason == null) {
            what = outcome == null ? "" : genuine(outcome);
        } else {
            what = reason.tag() + (reason == RejectionReason.METHOD_NOT_ALLOWED ? "" : cause(received, request));
        }
        deliveryLog.note(
                reason == null, what + ", " + request.bodyAsFarAsRead().length + " bytes, answered " + status + kept);
    }

    private static String genuine(DeliveryOutcome outcome) {
        if (outcome instanceof DeliveryOutcome.Handshake) {
            return "handshake";
        }
        String event = outcome instanceof DeliveryOutcome.Genuine genuine
                ? LogSafe.of(genuine.delivery().eventName())
                : "";
        return event + (outcome instanceof DeliveryOutcome.Duplicate ? ", duplicate" : "");
    }

    private static String keep(DeliveryRecorder recorder, Instant received, WebhookRequest request) {
        try {
            return recorder.keep(received, request.headers(), request.bodyAsFarAsRead())
                    .toString();
        } catch (IOException e) {
            return "not kept: " + recorder.folder() + " cannot be written to (" + Failures.reasonOf(e) + ")";
        }
    }

    private String cause(Instant received, WebhookRequest request) {
        return explainer
                .withClock(Clock.fixed(received, ZoneOffset.UTC))
                .explain(request)
                .cause()
                .map(Cause::label)
                .map(label -> " (" + label + ")")
                .orElse("");
    }
}
