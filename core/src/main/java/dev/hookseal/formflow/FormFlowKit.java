package dev.hookseal.formflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Sends as FormFlow does. The samples are the guide's example, with each documented type.
 *
 * @since 0.1.0
 */
public final class FormFlowKit implements ProviderKit {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String EVENT_ID = "eventId";
    private static final String EVENT_TYPE = "eventType";
    private static final String TIMESTAMP = "timestamp";

    // as the guide writes it, and JavaScript's toISOString: three digits even if they are zero
    private static final DateTimeFormatter ISO_MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public WebhookProvider<FormFlowEvent> provider() {
        return new FormFlowProvider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put(
                FormFlowProvider.SIGNATURE_HEADER, HexFormat.of().formatHex(HmacSha256.sign(secret, delivery.body())));
        headers.put(FormFlowProvider.TIMESTAMP_HEADER, ISO_MILLIS.format(delivery.time()));
        return headers;
    }

    /** Returns one event of each documented type, each with another id. */
    @Override
    public List<SampleEvent> samples() {
        return Arrays.stream(FormFlowEventType.values())
                .filter(type -> type != FormFlowEventType.UNKNOWN)
                .map(type -> new SampleEvent(type.wireName(), sample(type)))
                .toList();
    }

    // the first is the guide's; its 174001 is the submission
    private static String sample(FormFlowEventType type) {
        return "{\"eventId\":\"123e4567-e89b-12d3-a456-4266141740" + idEnd(type) + "\",\"eventType\":\""
                + type.wireName()
                + "\",\"timestamp\":\"2023-10-28T12:00:00.000Z\","
                + "\"submissionId\":\"123e4567-e89b-12d3-a456-426614174001\",\"templateId\":1}";
    }

    private static String idEnd(FormFlowEventType type) {
        return switch (type) {
            case EXTRACTED, UNKNOWN -> "00";
            case EXPORT -> "10";
            case VALIDATION_SUCCESS -> "20";
            case ERROR_EXPORT -> "30";
            case ERROR_PROCESSING -> "40";
            case ERROR_PRE_PROCESSING -> "50";
        };
    }

    @Override
    public TestSecret newSecret(String seed) {
        return TestSecret.ofSeed("", seed);
    }

    /** Returns the {@code eventType}: each subscription has its own secret. */
    @Override
    public String secretName(UnsignedDelivery delivery) {
        try {
            JsonNode type = JSON.readTree(delivery.body()).path(EVENT_TYPE);
            return type.isTextual() ? type.textValue() : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** {@inheritDoc} It is the {@code eventType}. */
    @Override
    public byte[] withEventName(byte[] body, String name) {
        return with(EVENT_TYPE, name, body);
    }

    /** {@inheritDoc} It is the {@code eventId}. */
    @Override
    public byte[] withEventId(byte[] body, String id) {
        return with(EVENT_ID, id, body);
    }

    /** {@inheritDoc} It is the {@code timestamp}. */
    @Override
    public byte[] withEventTime(byte[] body, Instant time) {
        return with(TIMESTAMP, ISO_MILLIS.format(time), body);
    }

    private static byte[] with(String member, String value, byte[] body) {
        // of members that occur twice, the last counts
        return values(body, json -> json.nameIs(member)).stream()
                .reduce((first, last) -> last)
                .map(range -> range.replace(body, json(value)))
                .orElse(body);
    }

    private static byte[] json(String text) {
        try {
            return JSON.writeValueAsBytes(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("The text has no form in UTF-8", e);
        }
    }

    /** Returns the values of all members but the type, which chooses the secret, and the time. */
    @Override
    public List<ByteRange> signedParts(byte[] body) {
        return values(body, json -> !json.nameIs(EVENT_TYPE) && !json.nameIs(TIMESTAMP));
    }

    /** Returns where the values of some members are; none if the body is not a JSON object. */
    private static List<ByteRange> values(byte[] body, Predicate<JsonScanner> wanted) {
        List<ByteRange> values = new ArrayList<>();
        JsonScanner json = new JsonScanner(body, 0, body.length);
        try {
            if (json.peek() != '{') {
                return List.of();
            }
            json.enterObject();
            while (json.nextMember()) {
                boolean isWanted = wanted.test(json);
                json.peek();
                int from = json.position();
                json.skipValue();
                if (isWanted) {
                    values.add(new ByteRange(from, json.position()));
                }
            }
            return values;
        } catch (JsonFormatException e) {
            return List.of();
        }
    }
}
