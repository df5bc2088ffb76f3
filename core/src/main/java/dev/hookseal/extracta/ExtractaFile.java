package dev.hookseal.extracta;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import org.jspecify.annotations.Nullable;

/**
 * What Extracta tells of one file. Any member may be missing, and is null then; it also is null where it is neither a
 * string nor a number, and all of them are where an element of the result is not an object. Identifiers are opaque
 * strings.
 *
 * <p>Sealed, like {@link ExtractaEvent}. Jackson and Micronaut Serde write a file as {@link #toJson()}.
 */
public sealed interface ExtractaFile extends WebhookEvent permits ExtractaPayload.File {

    /** The extraction that the file went through. */
    @Nullable
    String extractionId();

    /** The upload that the file came with. */
    @Nullable
    String batchId();

    /** The file. */
    @Nullable
    String fileId();

    /** Its name. */
    @Nullable
    String fileName();

    /** {@code processed} in the provider's example; its other values are not documented. */
    @Nullable
    String status();

    /** The extracted data, in the shape of the account's own template; any JSON but null. */
    @Nullable
    JsonData result();

    /** Where the file is. */
    @Nullable
    String url();

    /** The element of the result, members that have no method here included. */
    @Override
    JsonData toJson();
}
