package dev.hookseal.spring.app;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import reactor.core.publisher.Mono;

/** Handlers that fail, and error handlers that answer for them in the ways that applications have. */
@RestController
public class FailingController {
    private final Calls calls;

    FailingController(Calls calls) {
        this.calls = calls;
    }

    /** What Spring takes for a client that has gone, and what it does not. */
    public static Exception exception(String kind) {
        return switch (kind) {
            case "eof" -> new EOFException("the end of a file of the application");
            case "reset" -> new IOException("Connection reset by peer");
            case "pipe" -> new IllegalStateException("no database", new SocketException("Broken pipe"));
            default -> new IllegalArgumentException(kind);
        };
    }

    @WebhookEndpoint("failing-direct")
    @PostMapping("/failing/direct/{kind}")
    String direct(FormFlowEvent event, @PathVariable("kind") String kind) throws Exception {
        calls.add("failing " + event.eventId());
        throw exception(kind);
    }

    @WebhookEndpoint("failing-callable")
    @PostMapping("/failing/callable/{kind}")
    Callable<String> callable(FormFlowEvent event, @PathVariable("kind") String kind) {
        calls.add("failing " + event.eventId());
        return () -> {
            throw exception(kind);
        };
    }

    @WebhookEndpoint("failing-deferred")
    @PostMapping("/failing/deferred/{kind}")
    DeferredResult<String> deferred(FormFlowEvent event, @PathVariable("kind") String kind) {
        calls.add("failing " + event.eventId());
        DeferredResult<String> result = new DeferredResult<>();
        result.setErrorResult(exception(kind));
        return result;
    }

    @WebhookEndpoint("failing-future")
    @PostMapping("/failing/future/{kind}")
    CompletableFuture<String> future(FormFlowEvent event, @PathVariable("kind") String kind) {
        calls.add("failing " + event.eventId());
        return CompletableFuture.failedFuture(exception(kind));
    }

    @WebhookEndpoint("failing-reactive")
    @PostMapping("/failing/reactive/{kind}")
    Mono<String> reactive(FormFlowEvent event, @PathVariable("kind") String kind) {
        calls.add("failing " + event.eventId());
        return Mono.error(exception(kind));
    }

    @WebhookEndpoint("failing-streaming")
    @PostMapping("/failing/streaming/{kind}")
    StreamingResponseBody streaming(FormFlowEvent event, @PathVariable("kind") String kind) {
        calls.add("failing " + event.eventId());
        return out -> {
            out.write('x');
            if (exception(kind) instanceof IOException e) {
                throw e;
            }
            throw new IllegalStateException(exception(kind));
        };
    }

    @WebhookEndpoint("failing-argument")
    @PostMapping("/failing/argument")
    String argument(FormFlowEvent event, @RequestParam("number") int number) {
        calls.add("failing " + event.eventId());
        return "called";
    }

    @WebhookEndpoint("failing-error")
    @PostMapping("/failing/error")
    String error(FormFlowEvent event) {
        calls.add("failing " + event.eventId());
        throw new AssertionError("an error");
    }

    @WebhookEndpoint("failing-unencodable")
    @PostMapping("/failing/unencodable")
    Map<String, Object> unencodable(FormFlowEvent event) {
        calls.add("failing " + event.eventId());
        return Map.of("value", new Unencodable());
    }

    /** No JSON library can write it. */
    @SuppressWarnings("DoNotCallSuggester") // Spring calls it
    public static final class Unencodable {
        public String getValue() {
            throw new IllegalStateException("cannot be read");
        }
    }

    @WebhookEndpoint("failing-advised")
    @PostMapping("/failing/advised/{answer}")
    String advised(FormFlowEvent event, @PathVariable("answer") String answer) throws Exception {
        calls.add("failing " + event.eventId());
        throw failure(answer);
    }

    @PostMapping("/plain/advised/{answer}")
    String plainAdvised(@PathVariable("answer") String answer) throws Exception {
        throw failure(answer);
    }

    private static Exception failure(String answer) {
        return switch (answer) {
            case "map" -> new AnsweredByMap();
            case "string" -> new AnsweredByString();
            case "entity" -> new AnsweredByEntity();
            case "void" -> new AnsweredByNothing();
            case "model" -> new AnsweredByModel();
            case "reset" -> new AnsweredAfterReset();
            case "rethrown" -> new Rethrown();
            case "unencodable" -> new AnsweredByUnencodable();
            case "ok" -> new AnsweredOk();
            case "status-ok" -> new AnsweredByStatusOk();
            default -> throw new AssertionError(answer);
        };
    }

    @ExceptionHandler
    Map<String, String> map(AnsweredByMap e) {
        return Map.of("error", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    String string(AnsweredByString e) {
        return "failed";
    }

    @ExceptionHandler
    HttpEntity<String> entity(AnsweredByEntity e) {
        return new HttpEntity<>("failed");
    }

    @ExceptionHandler
    void nothing(AnsweredByNothing e, HttpServletResponse response) throws IOException {
        response.getWriter().write("failed");
    }

    @ExceptionHandler
    ModelAndView model(AnsweredByModel e) {
        return new ModelAndView(
                (model, request, response) -> response.getWriter().write("failed"));
    }

    @ExceptionHandler
    void reset(AnsweredAfterReset e, HttpServletResponse response) throws IOException {
        response.reset();
        response.getWriter().write("failed");
    }

    @ExceptionHandler
    void rethrown(Rethrown e) throws IOException {
        throw e;
    }

    @ExceptionHandler
    ResponseEntity<Object> unencodable(AnsweredByUnencodable e) {
        return ResponseEntity.ok(new Unencodable());
    }

    @ExceptionHandler
    ResponseEntity<String> ok(AnsweredOk e) {
        return ResponseEntity.ok("acknowledged");
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.OK)
    String statusOk(AnsweredByStatusOk e) {
        return "acknowledged";
    }

    static final class AnsweredByMap extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class AnsweredByString extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class AnsweredByEntity extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class AnsweredByNothing extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class AnsweredByModel extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class AnsweredAfterReset extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class Rethrown extends EOFException {
        private static final long serialVersionUID = 1L;
    }

    static final class AnsweredByUnencodable extends EOFException {
        private static final long serialVersionUID = 1L;
    }

    static final class AnsweredOk extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class AnsweredByStatusOk extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
