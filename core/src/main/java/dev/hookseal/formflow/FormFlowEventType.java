package dev.hookseal.formflow;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What FormFlow tells of; the names are those of its page "Webhooks". */
public enum FormFlowEventType {
    /** The extraction of a submission's data completed. */
    EXTRACTED("extracted"),
    /** Somebody started an export by hand. */
    EXPORT("export"),
    /** Validation passed before an export. */
    VALIDATION_SUCCESS("validation-success"),
    /** An export failed, automatic or by hand. */
    ERROR_EXPORT("error-export"),
    /** Processing or extraction failed. */
    ERROR_PROCESSING("error-processing"),
    /** The pre-processing of a submission that came by email failed. */
    ERROR_PRE_PROCESSING("error-pre-processing"),
    /** A type that this version does not know; {@link FormFlowEvent#typeName()} has its name. */
    UNKNOWN("");

    private static final Map<String, FormFlowEventType> BY_WIRE_NAME = Stream.of(values())
            .filter(type -> type != UNKNOWN)
            .collect(Collectors.toUnmodifiableMap(FormFlowEventType::wireName, Function.identity()));

    /** The documented names. */
    static final List<String> WIRE_NAMES = List.copyOf(BY_WIRE_NAME.keySet());

    private final String wireName;

    FormFlowEventType(String wireName) {
        this.wireName = wireName;
    }

    /** The name in {@code eventType}, such as {@code validation-success}; empty for {@link #UNKNOWN}. */
    public String wireName() {
        return wireName;
    }

    /** The type of a name; {@link #UNKNOWN} for any that is not documented. */
    public static FormFlowEventType of(String wireName) {
        return BY_WIRE_NAME.getOrDefault(wireName, UNKNOWN);
    }
}
