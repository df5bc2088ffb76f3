package dev.hookseal.discord;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.providers.internal.JsonMember;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.util.List;
import java.util.Map;

/**
 * Sends interactions as Discord does. The first sample is that of Discord's page "Receiving and Responding", with the members
 * that its table documents.
 *
 * @since 0.1.0
 */
public final class DiscordInteractionsKit implements ProviderKit {
    private static final Map<String, Integer> NUMBERS = Map.of(
            "PING", 1,
            "APPLICATION_COMMAND", 2,
            "MESSAGE_COMPONENT", 3,
            "APPLICATION_COMMAND_AUTOCOMPLETE", 4,
            "MODAL_SUBMIT", 5);

    @Override
    public WebhookProvider<DiscordInteraction> provider() {
        return new DiscordInteractionsProvider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        return DiscordSigner.sign(delivery, secret);
    }

    @Override
    public TestSecret newSecret(String seed) {
        return DiscordSigner.newSecret(seed);
    }

    /** Returns interactions, and at the end the ping that Discord sends when the URL is saved, which is a handshake. */
    @Override
    public List<SampleEvent> samples() {
        return List.of(
                sample(
                        "APPLICATION_COMMAND",
                        "786008729715212338",
                        "{\"options\":[{\"type\":3,\"name\":\"cardname\",\"value\":\"The Gitrog Monster\"}],\"type\":1,"
                                + "\"name\":\"cardsearch\",\"id\":\"771825006014889984\"}"),
                sample("MESSAGE_COMPONENT", "786008729715212339", "{\"component_type\":2,\"custom_id\":\"click_one\"}"),
                sample("MODAL_SUBMIT", "786008729715212340", "{\"custom_id\":\"cool_modal\",\"components\":[]}"),
                new SampleEvent(
                        "PING",
                        "{\"application_id\":\"1234560123453231555\",\"id\":\"786008729715212341\","
                                + "\"token\":\"A_UNIQUE_TOKEN\",\"type\":1,\"version\":1}"));
    }

    private static SampleEvent sample(String type, String id, String data) {
        return new SampleEvent(
                type,
                "{\"type\":" + NUMBERS.get(type) + ",\"token\":\"A_UNIQUE_TOKEN\",\"member\":{\"user\":{"
                        + "\"id\":\"53908232506183680\",\"username\":\"Mason\",\"discriminator\":\"1337\"},"
                        + "\"permissions\":\"2147483647\"},\"id\":\"" + id
                        + "\",\"application_id\":\"1234560123453231555\","
                        + "\"guild_id\":\"290926798626357999\",\"locale\":\"en-US\",\"data\":" + data
                        + ",\"channel_id\":\"645027906669510667\",\"version\":1}");
    }

    /**
     * {@inheritDoc} It is the number of the type.
     *
     * @param name a name that Discord documents, or a number
     * @throws IllegalArgumentException if it is neither
     */
    @Override
    public byte[] withEventName(byte[] body, String name) {
        Integer number = NUMBERS.get(name);
        if (number == null && !name.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    name + " is not a type of interaction: use a number, or one of " + NUMBERS.keySet());
        }
        return JsonMember.at("/type").withNumber(body, number == null ? Integer.parseInt(name) : number);
    }

    /** {@inheritDoc} It is the {@code id}. */
    @Override
    public byte[] withEventId(byte[] body, String id) {
        return JsonMember.at("/id").withText(body, id);
    }

    @Override
    public List<Suspicion> suspicions(WebhookRequest request, SigningSecret secret) {
        return DiscordSuspicions.of(request, secret);
    }
}
