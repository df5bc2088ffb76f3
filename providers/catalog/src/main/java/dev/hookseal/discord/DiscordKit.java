package dev.hookseal.discord;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.providers.internal.JsonMember;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sends webhook events as Discord does. The samples are those of Discord's page "Webhook Events".
 *
 * @since 0.1.0
 */
public final class DiscordKit implements ProviderKit {
    private static final JsonMember TYPE = JsonMember.at("/event/type");
    private static final JsonMember ID = JsonMember.at("/event/data/id");
    private static final JsonMember USER_ID = JsonMember.at("/event/data/user/id");
    private static final JsonMember TIMESTAMP = JsonMember.at("/event/timestamp");
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

    @Override
    public WebhookProvider<DiscordEvent> provider() {
        return new DiscordProvider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        return DiscordSigner.sign(delivery, secret);
    }

    @Override
    public TestSecret newSecret(String seed) {
        return DiscordSigner.newSecret(seed);
    }

    /** Returns events, and at the end the ping that Discord sends when the URL is saved, which is a handshake. */
    @Override
    public List<SampleEvent> samples() {
        return List.of(
                sample(
                        "ENTITLEMENT_CREATE",
                        "2024-10-18T18:41:21.109604",
                        "{\"application_id\":\"1234560123453231555\",\"consumed\":false,\"deleted\":false,"
                                + "\"gift_code_flags\":0,\"id\":\"1234505980407808808\",\"promotion_id\":null,"
                                + "\"sku_id\":\"123489045643835123\",\"type\":4,\"user_id\":\"111178765189277770\"}"),
                sample(
                        "LOBBY_MESSAGE_DELETE",
                        "2025-08-05T21:44:09.412957",
                        "{\"id\":\"1402406637632884857\",\"lobby_id\":\"1402399883394285659\"}"),
                sample(
                        "APPLICATION_AUTHORIZED",
                        "2024-10-18T14:42:53.064834",
                        "{\"integration_type\":1,\"scopes\":[\"applications.commands\"],"
                                + "\"user\":{\"id\":\"53908232506183680\",\"username\":\"Mason\"}}"),
                new SampleEvent("PING", "{\"version\":1,\"application_id\":\"1234560123453231555\",\"type\":0}"));
    }

    private static SampleEvent sample(String type, String timestamp, String data) {
        return new SampleEvent(
                type,
                "{\"version\":1,\"application_id\":\"1234560123453231555\",\"type\":1,\"event\":{\"type\":\"" + type
                        + "\",\"timestamp\":\"" + timestamp + "\",\"data\":" + data + "}}");
    }

    /** {@inheritDoc} It is the type of the inner event. */
    @Override
    public byte[] withEventName(byte[] body, String name) {
        return TYPE.withText(body, name);
    }

    /**
     * {@inheritDoc} An event has no id, and is recognised by all of its content: the id of what it is about is changed, or of
     * the user.
     */
    @Override
    public byte[] withEventId(byte[] body, String id) {
        return (ID.isIn(body) ? ID : USER_ID).withText(body, id);
    }

    /** {@inheritDoc} It is the timestamp of the inner event. */
    @Override
    public byte[] withEventTime(byte[] body, Instant time) {
        return TIMESTAMP.withText(body, MICROSECONDS.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC)));
    }

    @Override
    public List<Suspicion> suspicions(WebhookRequest request, SigningSecret secret) {
        return DiscordSuspicions.of(request, secret);
    }
}
