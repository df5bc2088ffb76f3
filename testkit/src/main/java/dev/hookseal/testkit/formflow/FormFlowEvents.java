package dev.hookseal.testkit.formflow;

import dev.hookseal.formflow.FormFlowEventType;
import java.util.Arrays;
import java.util.List;

/**
 * A ready event of each type that FormFlow documents, with the values of its guide.
 *
 * <p>Ids are fixed: always the same for a type, and another one for each type. An application that has handled such an
 * event takes the next of the same type for a redelivery, so a test that shares a running application with others gives
 * its events other ids: {@link FakeFormFlowEvent#identifiedBy}.
 *
 * <p>The event's time is the system's, and not fixed: a receiver checks its age against its own clock, which in a
 * running application is the system's too. Where the receiver's clock is another, give the event the same one:
 * {@link FakeFormFlowEvent#withClock}.
 */
public final class FormFlowEvents {
    private FormFlowEvents() {}

    /** The extraction of a submission's data completed. */
    public static FakeFormFlowEvent extracted() {
        return of(FormFlowEventType.EXTRACTED);
    }

    /** Somebody started an export by hand. */
    public static FakeFormFlowEvent export() {
        return of(FormFlowEventType.EXPORT);
    }

    /** Validation passed before an export. */
    public static FakeFormFlowEvent validationSuccess() {
        return of(FormFlowEventType.VALIDATION_SUCCESS);
    }

    /** An export failed. */
    public static FakeFormFlowEvent errorExport() {
        return of(FormFlowEventType.ERROR_EXPORT);
    }

    /** Processing or extraction failed. */
    public static FakeFormFlowEvent errorProcessing() {
        return of(FormFlowEventType.ERROR_PROCESSING);
    }

    /** The pre-processing of a submission that came by email failed. */
    public static FakeFormFlowEvent errorPreProcessing() {
        return of(FormFlowEventType.ERROR_PRE_PROCESSING);
    }

    /** One event of each documented type. */
    public static List<FakeFormFlowEvent> documented() {
        return Arrays.stream(FormFlowEventType.values())
                .filter(type -> type != FormFlowEventType.UNKNOWN)
                .map(FormFlowEvents::of)
                .toList();
    }

    /**
     * An event of a documented type.
     *
     * @throws IllegalArgumentException for {@link FormFlowEventType#UNKNOWN}, which has no name
     */
    public static FakeFormFlowEvent of(FormFlowEventType type) {
        return FakeFormFlowEvent.example(eventId(type)).withEventType(type);
    }

    // the first is the guide's; its 174001 is the submission
    private static String eventId(FormFlowEventType type) {
        String last = switch (type) {
            case EXTRACTED, UNKNOWN -> "00";
            case EXPORT -> "10";
            case VALIDATION_SUCCESS -> "20";
            case ERROR_EXPORT -> "30";
            case ERROR_PROCESSING -> "40";
            case ERROR_PRE_PROCESSING -> "50";
        };
        return "123e4567-e89b-12d3-a456-4266141740" + last;
    }

    /** An event of any name, such as one that the provider adds one day. */
    public static FakeFormFlowEvent of(String eventType) {
        return FakeFormFlowEvent.example(eventId(FormFlowEventType.of(eventType)))
                .withEventType(eventType);
    }
}
