package dev.hookseal.square;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.providers.internal.JsonMember;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends as Square does. The samples are those of Square's reference, with fewer members of the object, and the test
 * notification of its SDKs.
 *
 * @since 0.1.0
 */
public final class SquareKit implements ProviderKit {
    private static final JsonMember TYPE = JsonMember.at("/type");
    private static final JsonMember EVENT_ID = JsonMember.at("/event_id");
    private static final JsonMember CREATED_AT = JsonMember.at("/created_at");

    @Override
    public WebhookProvider<SquareEvent> provider() {
        return new SquareProvider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(delivery.url().getBytes(StandardCharsets.UTF_8));
        message.writeBytes(delivery.body());
        byte[] signature = HmacSha256.sign(secret, message.toByteArray());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("square-environment", "Sandbox");
        headers.put(
                "square-initial-delivery-timestamp",
                delivery.time().truncatedTo(ChronoUnit.MILLIS).toString());
        headers.put("x-square-hmacsha256-signature", Base64.getEncoder().encodeToString(signature));
        return headers;
    }

    @Override
    public List<SampleEvent> samples() {
        return List.of(
                new SampleEvent(
                        "payment.created",
                        "{\"merchant_id\":\"6SSW7HV8K2ST5\",\"type\":\"payment.created\","
                                + "\"event_id\":\"13b867cf-db3d-4b1c-90b6-2f32a9d78124\","
                                + "\"created_at\":\"2020-02-06T21:27:34.308Z\",\"data\":{\"type\":\"payment\","
                                + "\"id\":\"KkAkhdMsgzn59SM8A89WgKwekxLZY\",\"object\":{\"payment\":{"
                                + "\"id\":\"hYy9pRFVxpDsO1FB05SunFWUe9JZY\",\"created_at\":\"2020-11-22T21:16:51.086Z\","
                                + "\"amount_money\":{\"amount\":100,\"currency\":\"USD\"},\"status\":\"APPROVED\","
                                + "\"source_type\":\"CARD\"}}}}"),
                new SampleEvent(
                        "order.created",
                        "{\"merchant_id\":\"MLTZ79VE64YTN\",\"type\":\"order.created\","
                                + "\"event_id\":\"03441e3a-47f1-49a7-a64c-55ab26703f8d\","
                                + "\"created_at\":\"2023-03-14T01:42:54.984089903Z\",\"data\":{\"type\":\"order_created\","
                                + "\"id\":\"eA3vssLHKJrv9H0IdJCM3gNqfdcZY\",\"object\":{\"order_created\":{"
                                + "\"created_at\":\"2020-04-16T23:14:26.129Z\",\"location_id\":\"FPYCBCHYMXFK1\","
                                + "\"order_id\":\"eA3vssLHKJrv9H0IdJCM3gNqfdcZY\",\"state\":\"OPEN\",\"version\":1}}}}"),
                new SampleEvent(
                        "webhooks.test_notification",
                        "{\"merchant_id\":\"MLEFBHHSJGVHD\",\"type\":\"webhooks.test_notification\","
                                + "\"event_id\":\"ac3ac95b-f97d-458c-a6e6-18981597e05f\","
                                + "\"created_at\":\"2022-07-13T20:30:59.037339943Z\",\"data\":{\"type\":\"webhooks\","
                                + "\"id\":\"bc368e64-01aa-407e-b46e-3231809b1129\"}}"));
    }

    /** {@inheritDoc} It is the {@code type}. */
    @Override
    public byte[] withEventName(byte[] body, String name) {
        return TYPE.withText(body, name);
    }

    /** {@inheritDoc} It is the {@code event_id}. */
    @Override
    public byte[] withEventId(byte[] body, String id) {
        return EVENT_ID.withText(body, id);
    }

    /** {@inheritDoc} It is {@code created_at}. */
    @Override
    public byte[] withEventTime(byte[] body, Instant time) {
        return CREATED_AT.withText(body, time.toString());
    }
}
