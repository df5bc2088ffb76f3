package dev.hookseal.extracta;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Extracta tells of; the names are those of its page "Webhook Event Types". */
public enum ExtractaEventType {
    /** All files of one upload are processed. */
    EXTRACTION_PROCESSED("extraction.processed"),
    /** A user edited the extracted data by hand. */
    EXTRACTION_EDITED("extraction.edited"),
    /** A user confirmed the data: final approval. */
    EXTRACTION_CONFIRMED("extraction.confirmed"),
    /** A file could not be processed. */
    EXTRACTION_FAILED("extraction.failed"),
    /** A type that this version does not know, which is normal: further namespaces are announced. */
    UNKNOWN("");

    private static final Map<String, ExtractaEventType> BY_WIRE_NAME = Stream.of(values())
            .filter(type -> type != UNKNOWN)
            .collect(Collectors.toUnmodifiableMap(ExtractaEventType::wireName, Function.identity()));

    private final String wireName;

    ExtractaEventType(String wireName) {
        this.wireName = wireName;
    }

    /** The name in {@code event}, such as {@code extraction.processed}; empty for {@link #UNKNOWN}. */
    public String wireName() {
        return wireName;
    }

    /** The type of a name; {@link #UNKNOWN} for null and for any that is not documented. */
    public static ExtractaEventType of(@Nullable String wireName) {
        return wireName == null ? UNKNOWN : BY_WIRE_NAME.getOrDefault(wireName, UNKNOWN);
    }
}
