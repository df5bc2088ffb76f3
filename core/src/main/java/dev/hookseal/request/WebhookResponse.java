package dev.hookseal.request;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to the sender where no handler runs: a status, and for a rejection a problem document (RFC 9457) of its
 * title and status alone. It gives no reason, which would help a forger.
 *
 * @param status the HTTP status
 * @param headers by name, one value each; with Content-Type where there is a body
 * @param body ASCII, possibly empty
 */
public record WebhookResponse(int status, Map<String, String> headers, String body) {
    private static final String RETRY_SOON_SECONDS = "5";
    private static final String RETRY_LATER_SECONDS = "30";
    private static final Map<String, String> CLOSE = Map.of("Connection", "close");

    /** Returns an acknowledgement: there is nothing to do. */
    public static WebhookResponse ok() {
        return new WebhookResponse(200, Map.of(), "");
    }

    /** Returns the answer to a delivery that an inbox has accepted: 202. */
    public static WebhookResponse accepted() {
        return new WebhookResponse(202, Map.of(), "");
    }

    /** Returns the answer to a rejected delivery: the reason's status, and nothing about the reason. */
    public static WebhookResponse rejected(RejectionReason reason) {
        return switch (reason.status()) {
            case 400 -> problem(400, "Bad Request", leavesBody(reason) ? CLOSE : Map.of());
            case 401 -> problem(401, "Unauthorized", Map.of());
            case 405 -> methodNotAllowed("POST");
            // the rest of the body is not read, so the connection cannot be used again
            case 408 -> problem(408, "Request Timeout", CLOSE);
            case 413 -> problem(413, "Content Too Large", CLOSE);
            case 503 ->
                problem(503, "Service Unavailable", Map.of("Retry-After", RETRY_SOON_SECONDS, "Connection", "close"));
            default -> throw new AssertionError(reason);
        };
    }

    // Where the body could not be read, or is not read, nothing says where the next request begins.
    private static boolean leavesBody(RejectionReason reason) {
        return switch (reason) {
            case BODY_UNREADABLE, MULTIPART, CONTENT_ENCODED -> true;
            default -> false;
        };
    }

    /**
     * Returns the answer to a method that an endpoint does not have: 405.
     *
     * @param allowed the methods that it has, separated by commas
     */
    public static WebhookResponse methodNotAllowed(String allowed) {
        return problem(405, "Method Not Allowed", Map.of("Allow", allowed));
    }

    /** Returns the answer at an endpoint that is disabled: 404. The body is not read, so the connection is closed. */
    public static WebhookResponse notFound() {
        return problem(404, "Not Found", CLOSE);
    }

    /** Returns the answer while the same delivery is being handled: 409 with {@code Retry-After}. */
    public static WebhookResponse inProgress() {
        return problem(409, "Conflict", Map.of("Retry-After", RETRY_SOON_SECONDS));
    }

    /** Returns the answer while the store or the source of secrets fails: 503 with {@code Retry-After}. */
    public static WebhookResponse unavailable() {
        return problem(503, "Service Unavailable", Map.of("Retry-After", RETRY_LATER_SECONDS));
    }

    private static WebhookResponse problem(int status, String title, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "application/problem+json");
        return new WebhookResponse(status, Map.copyOf(all), "{\"title\":\"" + title + "\",\"status\":" + status + "}");
    }
}
