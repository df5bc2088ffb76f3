package dev.hookseal.formflow.client;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call of FormFlow's API came to nothing: it answered with an error or with something else than its page says, or it
 * did not answer. The message names the call and the status, never the access token, a secret or the answer's text.
 */
public final class FormFlowApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The status, or 0 if there was no answer. */
    private final int status;

    private FormFlowApiException(String message, int status, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    static FormFlowApiException status(String call, int status) {
        String meaning = switch (status) {
            case 400 -> ": url and event are required";
            case 401, 403 -> ": the access token is not accepted";
            case 404 -> ": there is no such subscription, or the base URL is another one";
            default -> "";
        };
        return new FormFlowApiException(call + " was answered with " + status + meaning, status, null);
    }

    static FormFlowApiException unexpected(String call, int status, String problem, @Nullable Throwable cause) {
        return new FormFlowApiException(call + " was answered with " + status + ", and " + problem, status, cause);
    }

    static FormFlowApiException noAnswer(String call, String problem, @Nullable Throwable cause) {
        return new FormFlowApiException(call + " got no answer: " + problem, 0, cause);
    }

    static FormFlowApiException unknownSecrets() {
        return new FormFlowApiException("The secrets of the subscriptions could not be loaded yet", 0, null);
    }

    /** Returns the status of the answer; empty if there was none. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
