package dev.hookseal;

/**
 * A wrong configuration, found at start-up: what is wrong, and what to do about it. Spring Boot shows both as
 * "Description" and "Action". Neither holds a secret.
 */
public final class WebhookConfigurationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String description;
    private final String action;

    /**
     * Creates an exception whose message is {@code description: action}.
     *
     * @param description what is wrong, with the property and its value, without a full stop at the end
     * @param action what to do, beginning with a verb in lower case, such as {@code set ...}
     */
    public WebhookConfigurationException(String description, String action) {
        super(description + ": " + action);
        this.description = description;
        this.action = action;
    }

    /** Returns what is wrong. */
    public String description() {
        return description;
    }

    /** Returns what to do about it. */
    public String action() {
        return action;
    }
}
