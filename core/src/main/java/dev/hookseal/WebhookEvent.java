package dev.hookseal;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An event that keeps the JSON that it was read from. Jackson and Micronaut Serde write it as that JSON, under the
 * provider's own names; nothing reads one but a verification.
 *
 * @apiNote A provider's event need not be one. If it is, every serializer writes it whole.
 * @since 0.1.0
 */
public interface WebhookEvent {

    /** Returns the JSON as it was sent, members that have no method included. */
    @JsonValue
    JsonData toJson();

    /**
     * Returns the whole event bound to a class, such as a model class of the provider's own SDK; see {@link JsonData#as}.
     *
     * @throws IllegalArgumentException if the event does not fit
     */
    default <T> T as(Class<T> type) {
        return toJson().as(type);
    }
}
