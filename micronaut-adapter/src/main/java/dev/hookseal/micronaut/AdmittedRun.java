package dev.hookseal.micronaut;

import dev.hookseal.receive.AdmittedDelivery;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The run of a handler for one admitted delivery: what it threw or which failure it answered, and whether the
 * application chose the status of what was made of that. It is an attribute of the request.
 */
final class AdmittedRun {
    private static final String ATTRIBUTE = AdmittedRun.class.getName();

    private final AdmittedDelivery<?> handling;
    private final boolean mayBlock;
    private volatile @Nullable Throwable thrown;
    private volatile int failure = 500;
    private volatile boolean failed;
    private volatile boolean chosen;

    /**
     * Creates a run.
     *
     * @param mayBlock whether to end the handling may, see {@link dev.hookseal.receive.WebhookReceiver#mayBlock}
     */
    AdmittedRun(AdmittedDelivery<?> handling, boolean mayBlock) {
        this.handling = handling;
        this.mayBlock = mayBlock;
    }

    static Optional<AdmittedRun> of(HttpRequest<?> request) {
        // with a type, Micronaut looks for a conversion first
        return request.getAttribute(ATTRIBUTE).map(AdmittedRun.class::cast);
    }

    void attachTo(HttpRequest<?> request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    AdmittedDelivery<?> delivery() {
        return handling;
    }

    /** Returns whether ending the handling may block. */
    boolean mayBlock() {
        return mayBlock;
    }

    @Nullable
    Throwable thrown() {
        return thrown;
    }

    /** Records what the handler threw, or something on the way to the handler. */
    void threw(Throwable error) {
        thrown = error;
        failed = true;
    }

    /** Records the status, of the handler or of its exception, that an error route is mapped to. */
    void answersWith(int status) {
        failure = status;
        failed = true;
    }

    /**
     * Records what an error route returned: a response or a status is the application's choice, anything else is not.
     */
    void errorRouteReturned(@Nullable Object result) {
        chosen = result instanceof HttpResponse<?> || result instanceof HttpStatus;
    }

    /** Returns whether the handler threw, or an error route was found for its answer. */
    boolean hasFailed() {
        return failed;
    }

    /** Returns whether a failed handler is about to be acknowledged, though the application did not choose that. */
    boolean isAcknowledgedByAccident(int status, boolean chosenByDeclaration) {
        return failed && status >= 200 && status < 300 && !chosen && !chosenByDeclaration;
    }

    /** Returns the status of the failure, where the application chose none for it. */
    int failure() {
        return failure;
    }
}
