package dev.hookseal.spring;

import dev.hookseal.receive.AdmittedDelivery;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;

/** The result of an asynchronous handler, which may come after its request has timed out. */
final class LateResult {
    private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();

    /** Returns a result that cannot be waited for: the claim is held until its lease is over. */
    static LateResult unknown() {
        return new LateResult();
    }

    static LateResult of(CompletionStage<?> stage) {
        LateResult late = new LateResult();
        stage.whenComplete((value, thrown) -> late.complete(thrown == null ? value : thrown));
        return late;
    }

    /**
     * Records how the handler ended.
     *
     * @param value what it gave, or the exception that it threw
     */
    void complete(@Nullable Object value) {
        result.complete(value);
    }

    /** Ends the handling once the result is there. */
    @SuppressWarnings("FutureReturnValueIgnored") // settling logs its own failures
    void settle(AdmittedDelivery<?> handling) {
        result.thenAccept(value -> settle(handling, value));
    }

    private static void settle(AdmittedDelivery<?> handling, @Nullable Object value) {
        if (value instanceof CompletionException wrapper && wrapper.getCause() != null) {
            handling.failed(wrapper.getCause());
        } else if (value instanceof Throwable thrown) {
            handling.failed(thrown);
        } else if (value instanceof ResponseEntity<?> answer) {
            handling.answered(answer.getStatusCode().value());
        } else if (value instanceof ErrorResponse answer) {
            handling.answered(answer.getStatusCode().value());
        } else {
            handling.answered(HttpStatus.OK.value());
        }
    }
}
