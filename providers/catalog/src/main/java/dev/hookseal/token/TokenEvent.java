package dev.hookseal.token;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import org.jspecify.annotations.Nullable;

/**
 * A delivery with the right token. <strong>Nothing of it is signed</strong>: anyone who has seen one such request can have
 * written this one.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does.
 *
 * @since 0.1.0
 */
public sealed interface TokenEvent extends WebhookEvent permits TokenPayload {

    /** Returns the name of the event, which is not signed; null without one. */
    @Nullable
    String unsignedEventName();

    /** Returns the body, which is not signed. */
    @Override
    JsonData toJson();
}
