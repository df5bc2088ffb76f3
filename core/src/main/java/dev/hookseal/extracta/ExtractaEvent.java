package dev.hookseal.extracta;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of Extracta. <strong>Its type is not signed</strong>, only its result is: anyone who holds one genuine delivery
 * can send it again under the name of another event, and no receiver can tell. Before something follows from
 * {@code extraction.confirmed} that must not follow from {@code extraction.processed}, ask Extracta.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does. Jackson and
 * Micronaut Serde write an event as {@link #toJson()}; nothing reads one but a verification.
 */
public sealed interface ExtractaEvent extends WebhookEvent permits ExtractaPayload {

    /** Returns what the sender says has happened, who may be anyone. */
    ExtractaEventType unsignedType();

    /** Returns the claimed type's name as it came, known here or not; null without one, or if it is not a string. */
    @Nullable
    String unsignedTypeName();

    /**
     * The files of a known {@code extraction.*} event, in the order of the result; empty for any other event, and where
     * the result is not a list.
     */
    List<ExtractaFile> files();

    /** All that is signed: of a known {@code extraction.*} event normally a list of objects; it can be any JSON. */
    JsonData result();

    /**
     * The event as Extracta sends it: the claimed type's name, which is not signed, and the result. Made at each call.
     */
    @Override
    JsonData toJson();
}
