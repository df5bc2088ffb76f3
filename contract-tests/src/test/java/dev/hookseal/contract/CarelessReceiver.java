package dev.hookseal.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.receive.AdmittedDelivery;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.BodyBudget;
import dev.hookseal.request.BodyLimits;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** A receiver as applications write it for themselves, on Jetty, with one fault at a time. */
final class CarelessReceiver extends HttpServlet implements ContractServer {
    private static final long serialVersionUID = 1L;
    private static final Map<String, String> FORMFLOW = Map.of(
            ContractApplication.FORMFLOW, "formflow",
            ContractApplication.FLUSHED, "formflow",
            ContractApplication.ANY_METHOD, "formflow",
            ContractApplication.SELECTED, "formflow",
            ContractApplication.BODY, "formflow",
            ContractApplication.ASYNC, "formflow",
            ContractApplication.NOTHING, "formflow",
            ContractApplication.ASYNC_NOTHING, "formflow",
            ContractApplication.OBJECT, "formflow",
            ContractApplication.TIMED, "formflow");

    private static final Map<String, String> OTHERS = Map.of(
            ContractApplication.STRICT, "strict",
            ContractApplication.EXTRACTA, "extracta",
            ContractApplication.STANDARD_WEBHOOKS, "standard-webhooks",
            ContractApplication.CUSTOM, "custom");
    private static final Set<String> ASYNCHRONOUS =
            Set.of(ContractApplication.ASYNC, ContractApplication.ASYNC_NOTHING, ContractApplication.TIMED);
    private static final JsonMapper JSON = new JsonMapper();

    private final transient ContractApplication application;
    private final transient Fault fault;
    private final transient EndpointRegistry endpoints;
    // Tomcat would write the names of headers in lower case.
    private final transient Server jetty = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final transient Map<String, ProviderEndpoint> providers = new HashMap<>();
    private final transient Set<String> seen = ConcurrentHashMap.newKeySet();
    private final transient Queue<String> log = new ConcurrentLinkedQueue<>();
    private final transient Queue<Runnable> unsettled = new ConcurrentLinkedQueue<>();
    private final transient Exchanger<Object> events = new Exchanger<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    CarelessReceiver(ContractApplication application, Fault fault) throws Exception {
        this.application = application;
        this.fault = fault;
        application.providerEndpoints().forEach(endpoint -> providers.put(endpoint.path(), endpoint));
        this.endpoints = application.registry(
                new CarelessStore(application.store(), fault), List.of(application.observer(), this::log));
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder(this);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        jetty.setHandler(context);
        // A read ends with it: after the time of a body, so that what is too late is told from what is broken.
        ((ServerConnector) jetty.getConnectors()[0])
                .setIdleTimeout(ContractSecrets.BODY_TIMEOUT.plusMillis(500).toMillis());
        jetty.start();
    }

    private void log(DeliveryOutcome outcome) {
        log.add(fault.line(outcome));
        if (fault == Fault.LOGS_THE_SECRET) {
            application.providerEndpoints().stream()
                    .flatMap(ProviderEndpoint::signingSecrets)
                    .forEach(log::add);
        }
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + jetty.getURI().getPort());
    }

    @Override
    public String runtime() {
        return "careless receiver, " + fault;
    }

    @Override
    public String log() {
        return String.join("", log);
    }

    @Override
    public void stop() throws Exception {
        jetty.stop();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        ProviderEndpoint provider = providers.get(path);
        String endpoint = provider == null ? FORMFLOW.getOrDefault(path, OTHERS.get(path)) : provider.name();
        if (endpoint != null || fault == Fault.VERIFIES_EVERY_ROUTE) {
            if (fault == Fault.ANSWERS_OPTIONS_ITSELF && request.getMethod().equals("OPTIONS")) {
                response.setHeader("Allow", "POST, OPTIONS");
                return;
            }
            inFlight.incrementAndGet();
            try {
                receive(request, response, endpoints.receivers().get(endpoint == null ? "strict" : endpoint));
            } finally {
                inFlight.decrementAndGet();
            }
        } else if (path.equals(ContractApplication.PLAIN)) {
            response.getOutputStream().write(request.getInputStream().readAllBytes());
        } else if (path.equals(ContractApplication.PLAIN_FORM)) {
            write(new ContractReply(200, request.getParameter("word")), response);
        } else {
            application.fail();
        }
    }

    private <E> void receive(HttpServletRequest request, HttpServletResponse response, WebhookReceiver<E> receiver)
            throws IOException {
        SentRequest sent = read(request, receiver);
        SentRequest taken = fault.forgery(sent, application.clock().instant());
        boolean selects = request.getRequestURI().equals(ContractApplication.SELECTED);
        Set<String> asked =
                selects && fault != Fault.CALLS_THE_HANDLER_FOR_EVERY_EVENT ? Set.of("extracted") : Set.of();
        if (taken.provider() != null && isAmiss(taken, taken.provider(), response)) {
            return;
        }
        Decision<E> decision = receiver.receive(taken.toWebhookRequest(), asked);
        if (fault == Fault.VERIFIES_TWICE) {
            receiver.receive(taken.toWebhookRequest(), asked);
        }
        for (Runnable late = unsettled.poll(); late != null; late = unsettled.poll()) {
            late.run();
        }
        if (decision instanceof Decision.Admitted<E> admitted) {
            handle(request, response, admitted.delivery(), sent.body());
        } else {
            reject(response, ((Decision.Answered<E>) decision).response(), taken);
        }
    }

    /** Whether a request is answered before anything verifies it. */
    private boolean isAmiss(SentRequest request, ProviderEndpoint provider, HttpServletResponse response)
            throws IOException {
        boolean lacksAHeader = provider.delivery("any").headers().keySet().stream()
                .anyMatch(name -> request.header(name).size() != 1);
        if (fault == Fault.TAKES_HEADERS_FOR_GRANTED && lacksAHeader) {
            response.sendError(500);
            return true;
        }
        return switch (fault) {
            case TAKES_THE_SAME_BODY_FOR_A_REPEAT -> !seen.add(request.path() + request.text());
            case TAKES_ANY_SECOND_DELIVERY_FOR_A_REPEAT -> !seen.add(request.path());
            default -> false;
        };
    }

    private SentRequest read(HttpServletRequest request, WebhookReceiver<?> receiver) throws IOException {
        SentRequest.Target target = new SentRequest.Target(
                request.getRequestURI(),
                receiver.signatureHeaders(),
                providers.get(request.getRequestURI()),
                application.clock().instant());
        boolean signed = receiver.signatureHeaders().stream().anyMatch(header -> request.getHeader(header) != null);
        if (!signed && fault == Fault.NONE) {
            return SentRequest.of(request, target, new byte[0], null);
        }
        try {
            return SentRequest.of(request, target, body(request, receiver.bodyLimits()), null);
        } catch (WebhookRejectedException e) {
            return SentRequest.of(request, target, new byte[0], e.reason());
        }
    }

    private byte[] body(HttpServletRequest request, BodyLimits limits) throws IOException, WebhookRejectedException {
        int limit = limits.maxBytes();
        ServletInputStream in = request.getInputStream();
        long length = request.getContentLengthLong();
        return switch (fault) {
            case READS_ONCE -> {
                byte[] read = new byte[limit];
                yield Arrays.copyOf(read, Math.max(0, in.read(read)));
            }
            case READS_WHAT_CONTENT_LENGTH_SAYS ->
                BodyLimits.ofBytes(limit).read(in, length).length > length ? new byte[0] : in.readAllBytes();
            case LIMITS_ONE_BYTE_LESS -> BodyLimits.ofBytes(limit - 1).read(in, length);
            case LIMITS_ONE_BYTE_MORE -> cut(BodyLimits.ofBytes(limit + 1).read(in, length), limit);
            case LIMITS_CONTENT_LENGTH_ONLY ->
                cut(BodyLimits.ofBytes(length < 0 ? 2 * limit : limit).read(in, length), limit);
            case READS_THE_BODY_BEFORE_IT_LOOKS_FOR_A_SIGNATURE -> in.readAllBytes();
            case READS_ALL_BEFORE_IT_LIMITS -> {
                byte[] all = in.readAllBytes();
                if (all.length > limit) {
                    throw new WebhookRejectedException(RejectionReason.BODY_TOO_LARGE);
                }
                yield all;
            }
            case TAKES_A_BODY_THAT_ENDS_EARLY -> whatThereIs(in);
            case WAITS_FOR_A_BODY_FOR_EVER ->
                new BodyLimits(limit, Duration.ofDays(1), limits.budget()).read(in, length);
            case HOLDS_ALL_THAT_ARRIVES ->
                new BodyLimits(limit, limits.timeout(), BodyBudget.ofTheHeap()).read(in, length);
            default -> limits.read(in, length);
        };
    }

    // The rules fill their bodies up with blanks; without some of them it is the same event to this receiver.
    private static byte[] cut(byte[] body, int limit) {
        return body.length > limit
                ? new String(body, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8)
                : body;
    }

    private static byte[] whatThereIs(ServletInputStream in) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                read.write(b);
            }
        } catch (IOException e) {
            return read.toByteArray();
        }
        return read.toByteArray();
    }

    private void reject(HttpServletResponse response, WebhookResponse answer, SentRequest request) throws IOException {
        int status = answer.status() == 400 && fault == Fault.ANSWERS_500_TO_GARBAGE ? 500 : answer.status();
        response.setStatus(status);
        answer.headers().forEach((name, value) -> {
            if (fault != Fault.SENDS_NO_RETRY_AFTER || !name.equals("Retry-After")) {
                response.setHeader(name, value);
            }
        });
        if (fault == Fault.HINTS_IN_A_HEADER && !request.isSigned()) {
            response.setHeader("WWW-Authenticate", "Webhook");
        }
        String body = fault == Fault.GIVES_THE_REASON
                ? answer.body().replace("}", ",\"detail\":\"The signature does not match\"}")
                : answer.body();
        response.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
    }

    private void handle(
            HttpServletRequest request, HttpServletResponse response, AdmittedDelivery<?> handling, byte[] body)
            throws IOException {
        String path = request.getRequestURI();
        Object event = fault == Fault.MIXES_UP_SENDERS && inFlight.get() > 1
                ? exchanged(handling.webhook().event())
                : handling.webhook().event();
        if (ASYNCHRONOUS.contains(path)) {
            handleLater(request, response, handling, event);
            return;
        }
        String reply;
        int status = 200;
        if (path.equals(ContractApplication.FLUSHED)) {
            handleAfterFlush(response, handling, event);
            return;
        }
        try {
            if (path.equals(ContractApplication.STRICT)) {
                ContractReply given = application.handle(path, handling.webhook());
                status = given.status();
                reply = given.text();
            } else if (path.equals(ContractApplication.OBJECT)) {
                reply = object(request, handling, event);
            } else {
                ContractReply given = path.equals(ContractApplication.BODY)
                        ? application.handle(
                                path, event, fault == Fault.LEAVES_NO_BODY_TO_THE_HANDLER ? new byte[0] : body)
                        : providers.containsKey(path)
                                ? application.handle(path, event, handling.webhook())
                                : application.handle(path, event);
                status = given.status();
                reply = given.text();
            }
        } catch (Throwable thrown) {
            fail(response, handling, thrown);
            return;
        }
        if (path.equals(ContractApplication.NOTHING)) {
            reply = "";
            status = fault == Fault.ANSWERS_404_TO_NOTHING ? 404 : 204;
        }
        if (reply == null) {
            handling.failed();
            response.setStatus(406);
            return;
        }
        settle(handling, status);
        write(new ContractReply(status, fault == Fault.ANSWERS_FOR_THE_HANDLER ? "OK" : reply), response);
    }

    private void handleAfterFlush(HttpServletResponse response, AdmittedDelivery<?> handling, Object event)
            throws IOException {
        response.getWriter().write(ContractApplication.FLUSHED_PART);
        if (fault != Fault.HOLDS_BACK_WHAT_IS_FLUSHED) {
            response.flushBuffer();
        }
        try {
            ContractReply reply = application.handle(ContractApplication.FLUSHED, event);
            handling.answered(200);
            response.getWriter().write(reply.text());
        } catch (IllegalStateException e) {
            if (fault == Fault.TAKES_A_FLUSHED_ANSWER_FOR_HANDLED) {
                handling.answered(200, e);
            } else {
                handling.failedAfterAnswer(200, e);
            }
        }
    }

    /** What is written of an object; null if the sender does not want it. */
    private @Nullable String object(HttpServletRequest request, AdmittedDelivery<?> handling, Object event)
            throws JsonProcessingException {
        Object answer = application.handleObject(ContractApplication.OBJECT, event);
        String accept = request.getHeader("Accept");
        if (fault == Fault.GIVES_A_SENDER_WHAT_IT_ACCEPTS && accept != null && !accept.isEmpty()) {
            return null;
        }
        if (fault == Fault.SETTLES_BEFORE_IT_ENCODES) {
            handling.answered(200);
        }
        return JSON.writeValueAsString(answer);
    }

    private void fail(HttpServletResponse response, AdmittedDelivery<?> handling, Throwable thrown) throws IOException {
        if (acknowledges(thrown)) {
            handling.answered(200, thrown);
            write(new ContractReply(200, "sorry"), response);
            return;
        }
        handling.failed(fault == Fault.LOGS_NO_EXCEPTION ? null : thrown);
        if (fault == Fault.HIDES_FAILURES) {
            write(new ContractReply(200, "sorry"), response);
        } else if (fault == Fault.MAKES_A_PAGE_OF_A_FAILURE) {
            write(new ContractReply(500, "sorry"), response);
        } else {
            response.sendError(500);
        }
    }

    private boolean acknowledges(Throwable thrown) {
        return switch (fault) {
            case TAKES_SOME_FAILURES_FOR_A_LOST_CONNECTION ->
                thrown instanceof IOException || thrown.getCause() instanceof IOException;
            case ACKNOWLEDGES_ERRORS -> thrown instanceof Error;
            case ACKNOWLEDGES_WHAT_AN_ERROR_HANDLER_ANSWERS ->
                thrown instanceof ContractApplication.FailureWithoutStatus;
            case OVERRULES_THE_APPLICATION -> false;
            default -> thrown instanceof ContractApplication.AcknowledgedFailure;
        };
    }

    private void handleLater(
            HttpServletRequest request, HttpServletResponse response, AdmittedDelivery<?> handling, Object event)
            throws IOException {
        String path = request.getRequestURI();
        if (fault == Fault.ENDS_WITH_THE_THREAD) {
            application.handleLater(path, event);
            settle(handling, 200);
            return;
        }
        AsyncContext async = request.startAsync();
        AtomicBoolean answered = new AtomicBoolean();
        if (path.equals(ContractApplication.TIMED)) {
            async.setTimeout(ContractApplication.TIME_OUT.toMillis());
            async.addListener(new TimeOut(answered, handling));
        }
        application.handleLater(path, event).whenComplete((reply, error) -> {
            Throwable thrown = error instanceof CompletionException ? error.getCause() : error;
            if (answered.getAndSet(true)) {
                handling.answered(error == null ? reply.status() : 500, thrown);
                return;
            }
            try {
                if (error != null) {
                    fail(response, handling, thrown);
                } else if (path.equals(ContractApplication.ASYNC_NOTHING)) {
                    settle(handling, 204);
                    response.setStatus(204);
                } else {
                    settle(handling, reply.status());
                    write(reply, response);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                async.complete();
            }
        });
    }

    /** Answers for a handler that takes too long. */
    private final class TimeOut implements AsyncListener {
        private final AtomicBoolean answered;
        private final AdmittedDelivery<?> handling;

        TimeOut(AtomicBoolean answered, AdmittedDelivery<?> handling) {
            this.answered = answered;
            this.handling = handling;
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            if (answered.getAndSet(true)) {
                return;
            }
            if (fault == Fault.FORGETS_WHAT_TIMED_OUT) {
                handling.failed();
            } else {
                handling.timedOut(503);
            }
            write(new ContractReply(503, "too late"), (HttpServletResponse)
                    event.getAsyncContext().getResponse());
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    private void settle(AdmittedDelivery<?> handling, int status) {
        int counted = fault == Fault.TAKES_ANY_ANSWER_FOR_HANDLED ? 200 : status;
        if (fault == Fault.SETTLES_AFTER_ITS_ANSWER) {
            unsettled.add(() -> handling.answered(counted));
        } else {
            handling.answered(counted);
        }
    }

    // As a field does that all threads write to.
    private Object exchanged(Object event) {
        try {
            return events.exchange(event, 1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return event;
        }
    }

    private static void write(ContractReply reply, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        response.setContentType("text/plain");
        response.getOutputStream().write(reply.text().getBytes(StandardCharsets.US_ASCII));
    }
}
