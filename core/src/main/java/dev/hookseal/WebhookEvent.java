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
}
