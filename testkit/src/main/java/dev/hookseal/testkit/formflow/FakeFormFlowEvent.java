package dev.hookseal.testkit.formflow;

import dev.hookseal.JsonData;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowEventType;
import dev.hookseal.formflow.FormFlowKit;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.internal.JsonText;
import dev.hookseal.testkit.internal.Members;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of FormFlow, to be changed at will; {@link FormFlowEvents} has ready ones. Its body is compact JSON with the
 * members in the order of the guide, those added after them.
 */
public final class FakeFormFlowEvent implements FakeEvent<FormFlowEvent> {
    // FormFlow does not sign it
    private static final String ANY_URL = "https://example.com/webhooks/formflow";
    // as the guide writes it, and JavaScript's toISOString: three digits even if they are zero
    private static final DateTimeFormatter ISO_MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String EVENT_ID = "eventId";
    private static final String EVENT_TYPE = "eventType";
    private static final String TIMESTAMP = "timestamp";
    private static final String SUBMISSION_ID = "submissionId";
    private static final String TEMPLATE_ID = "templateId";

    private final Members members;
    private final Clock clock;

    private FakeFormFlowEvent(Members members, Clock clock) {
        this.members = members;
        this.clock = clock;
    }

    /** The guide's example but for the id and the time. */
    static FakeFormFlowEvent example(String eventId) {
        Clock clock = Clock.systemUTC();
        return new FakeFormFlowEvent(Members.NONE, clock)
                .withEventId(eventId)
                .withEventType(FormFlowEventType.EXTRACTED)
                .withClock(clock)
                .withSubmissionId("123e4567-e89b-12d3-a456-426614174001")
                .withTemplateId(1);
    }

    /** Another {@code eventId}: another event to the receiver, where the same one is a redelivery. */
    public FakeFormFlowEvent withEventId(String eventId) {
        return with(EVENT_ID, eventId);
    }

    /** Another {@code eventType}, known or not. */
    public FakeFormFlowEvent withEventType(String eventType) {
        return with(EVENT_TYPE, eventType);
    }

    /**
     * Another {@code eventType}.
     *
     * @throws IllegalArgumentException for {@link FormFlowEventType#UNKNOWN}, which has no name
     */
    public FakeFormFlowEvent withEventType(FormFlowEventType type) {
        if (type == FormFlowEventType.UNKNOWN) {
            throw new IllegalArgumentException(
                    "UNKNOWN has no name: give the name itself, as in withEventType(\"archived\")");
        }
        return withEventType(type.wireName());
    }

    /** Another signed {@code timestamp}, written to the millisecond. The time header is not touched. */
    public FakeFormFlowEvent withTimestamp(Instant timestamp) {
        return with(TIMESTAMP, ISO_MILLIS.format(timestamp));
    }

    /**
     * Takes the time from a clock: the signed {@code timestamp} now, and the header's whenever the event is signed. A
     * clock that is moved on in between makes a late redelivery.
     */
    public FakeFormFlowEvent withClock(Clock clock) {
        return new FakeFormFlowEvent(members, clock).withTimestamp(clock.instant());
    }

    /** Another {@code submissionId}: the guide shows a UUID, the API reference {@code sub_789012}. */
    public FakeFormFlowEvent withSubmissionId(String submissionId) {
        return with(SUBMISSION_ID, submissionId);
    }

    /** Another {@code templateId} as a string, as the API reference shows it: {@code tpl_345678}. */
    public FakeFormFlowEvent withTemplateId(String templateId) {
        return with(TEMPLATE_ID, templateId);
    }

    /** Another {@code templateId} as a number, as the guide shows it. */
    public FakeFormFlowEvent withTemplateId(long templateId) {
        return with(TEMPLATE_ID, templateId);
    }

    /**
     * Gives the event and its submission other ids, UUIDs made from a text: the same text gives the same ids, so
     * that a test that fails can be run again as it was.
     */
    public FakeFormFlowEvent identifiedBy(String seed) {
        return withEventId(uuid(EVENT_ID, seed)).withSubmissionId(uuid(SUBMISSION_ID, seed));
    }

    private static String uuid(String member, String seed) {
        return UUID.nameUUIDFromBytes((member + ":" + seed).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * Sets any member to any value, to add one or to give a documented one a value that it should not have.
     *
     * @param value null, a text, a number, a Boolean, a Map, a list, a record or a bean; a {@link JsonData} as it is
     * @throws IllegalArgumentException if it cannot be written as JSON
     */
    public FakeFormFlowEvent with(String member, @Nullable Object value) {
        return new FakeFormFlowEvent(members.with(member, JsonText.of(value)), clock);
    }

    /** Leaves a member out; nothing happens if it is not there. */
    public FakeFormFlowEvent without(String member) {
        return new FakeFormFlowEvent(members.without(member), clock);
    }

    @Override
    public String name() {
        return members.textOf(EVENT_TYPE);
    }

    @Override
    public ProviderKit kit() {
        return new FormFlowKit();
    }

    @Override
    public WebhookProvider<FormFlowEvent> provider() {
        return new FormFlowProvider();
    }

    @Override
    public UnsignedDelivery unsigned() {
        byte[] body = members.json().getBytes(StandardCharsets.UTF_8);
        return new UnsignedDelivery("POST", ANY_URL, name(), members.textOf(EVENT_ID), clock.instant(), body);
    }

    /** Returns the {@code timestamp}, or the clock's time without one. */
    @Override
    public Instant time() {
        try {
            return Instant.parse(members.textOf(TIMESTAMP));
        } catch (DateTimeException e) {
            // not a time, which the verification will say better
            return clock.instant();
        }
    }

    @Override
    public String toString() {
        return "FakeFormFlowEvent" + members.json();
    }
}
