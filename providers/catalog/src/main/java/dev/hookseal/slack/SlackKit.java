package dev.hookseal.slack;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.providers.internal.JsonMember;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends as Slack does. The samples are those of Slack's pages: events of the Events API, an interaction, and the slash command of
 * "Verifying requests from Slack".
 *
 * @since 0.1.0
 */
public final class SlackKit implements ProviderKit {
    private static final JsonMember EVENT_TYPE = JsonMember.at("/event/type");
    private static final JsonMember TYPE = JsonMember.at("/type");

    @Override
    public WebhookProvider<SlackEvent> provider() {
        return new SlackProvider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        String seconds = Long.toString(delivery.time().getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                "Content-Type",
                SlackForm.isForm(delivery.body()) ? "application/x-www-form-urlencoded" : "application/json");
        headers.put("X-Slack-Request-Timestamp", seconds);
        headers.put("X-Slack-Signature", signature(seconds, delivery.body(), secret));
        return headers;
    }

    static String signature(String time, byte[] body, SigningSecret secret) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(("v0:" + time + ":").getBytes(StandardCharsets.UTF_8));
        message.writeBytes(body);
        return "v0=" + HexFormat.of().formatHex(HmacSha256.sign(secret, message.toByteArray()));
    }

    /**
     * Returns events, an interaction and a command, each with another id if it has one, and at the end the question that Slack
     * sends when a URL is saved, which is a handshake.
     */
    @Override
    public List<SampleEvent> samples() {
        return List.of(
                callback(
                        "message",
                        "Ev0PV52K25",
                        1525215129,
                        "\"user\":\"U061F7AUR\",\"text\":\"How many cats did we herd yesterday?\","
                                + "\"ts\":\"1525215129.000001\",\"channel\":\"D0PNCRP9N\","
                                + "\"event_ts\":\"1525215129.000001\",\"channel_type\":\"app_home\""),
                callback(
                        "app_mention",
                        "Ev0PV52K26",
                        1515449522,
                        "\"user\":\"U061F7AUR\",\"text\":\"<@U0LAN0Z89> is it everything a river should be?\","
                                + "\"ts\":\"1515449522.000016\",\"channel\":\"C0LAN2Q65\","
                                + "\"event_ts\":\"1515449522000016\""),
                callback(
                        "reaction_added",
                        "Ev0PV52K27",
                        1360782804,
                        "\"user\":\"U024BE7LH\",\"reaction\":\"thumbsup\",\"item_user\":\"U0G9QF9C6\","
                                + "\"item\":{\"type\":\"message\",\"channel\":\"C0G9QF9GZ\",\"ts\":\"1360782400.498405\"},"
                                + "\"event_ts\":\"1360782804.083113\""),
                new SampleEvent(
                        "app_rate_limited",
                        "{\"token\":\"Jhj5dZrVaK7ZwHHjRyZWjbDl\",\"type\":\"app_rate_limited\",\"team_id\":\"T123ABC456\","
                                + "\"minute_rate_limited\":1518467820,\"api_app_id\":\"A123ABC456\"}"),
                new SampleEvent(
                        "block_actions",
                        "payload="
                                + SlackForm.encoded("{\"type\":\"block_actions\",\"team\":{\"id\":\"T9TK3CUKW\","
                                        + "\"domain\":\"example\"},\"user\":{\"id\":\"UA8RXUSPL\",\"username\":\"jtorrance\","
                                        + "\"team_id\":\"T9TK3CUKW\"},\"api_app_id\":\"AABA1ABCD\","
                                        + "\"trigger_id\":\"12466734323.1395872398\",\"actions\":[{\"action_id\":\"WaXA\","
                                        + "\"block_id\":\"=qXel\",\"type\":\"button\",\"value\":\"*click_me*\","
                                        + "\"action_ts\":\"1548426417.840180\"}]}")),
                new SampleEvent(
                        "/webhook-collect",
                        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
                                + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
                                + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
                                + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"),
                new SampleEvent(
                        "url_verification",
                        "{\"token\":\"Jhj5dZrVaK7ZwHHjRyZWjbDl\","
                                + "\"challenge\":\"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P\","
                                + "\"type\":\"url_verification\"}"));
    }

    private static SampleEvent callback(String type, String id, long time, String members) {
        return new SampleEvent(
                type,
                "{\"token\":\"XXYYZZ\",\"team_id\":\"T1H9RESGL\",\"api_app_id\":\"A2H9RFS1A\",\"event\":{\"type\":\""
                        + type
                        + "\"," + members + "},\"type\":\"event_callback\",\"event_id\":\"" + id + "\",\"event_time\":"
                        + time
                        + "}");
    }

    /** {@inheritDoc} It is the type of the inner event, the type, or the command. */
    @Override
    public byte[] withEventName(byte[] body, String name) {
        if (SlackForm.isForm(body)) {
            return SlackForm.withName(body, name, payload -> TYPE.withText(payload, name));
        }
        return (EVENT_TYPE.isIn(body) ? EVENT_TYPE : TYPE).withText(body, name);
    }

    /** {@inheritDoc} It is the {@code event_id}; interactions and commands have none. */
    @Override
    public byte[] withEventId(byte[] body, String id) {
        return JsonMember.at("/event_id").withText(body, id);
    }

    /** {@inheritDoc} It is the {@code event_time}. */
    @Override
    public byte[] withEventTime(byte[] body, Instant time) {
        return JsonMember.at("/event_time").withNumber(body, time.getEpochSecond());
    }

    @Override
    public List<Suspicion> suspicions(WebhookRequest request, SigningSecret secret) {
        return SlackSuspicions.of(request, secret);
    }
}
