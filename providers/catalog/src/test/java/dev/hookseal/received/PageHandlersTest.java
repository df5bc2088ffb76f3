package dev.hookseal.received;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.discord.DiscordEvent;
import dev.hookseal.discord.DiscordInteraction;
import dev.hookseal.discord.DiscordInteractionsKit;
import dev.hookseal.discord.DiscordKit;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.slack.SlackEvent;
import dev.hookseal.slack.SlackKit;
import dev.hookseal.square.SquareEvent;
import dev.hookseal.square.SquareKit;
import dev.hookseal.testkit.FakeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The handlers on the pages in docs/providers, each with a sample. */
class PageHandlersTest {
    private static <E> E sample(ProviderKit kit, String name, Class<E> type) {
        return FakeEvent.sample(kit, name).as(type).event();
    }

    static final class SlackHandler {
        @WebhookEndpoint("slack")
        public String on(SlackEvent event) {
            if (event instanceof SlackEvent.Command command) {
                return command.userId() + " asks: " + command.text();
            }
            return "";
        }
    }

    @Test
    void slack() {
        SlackKit kit = new SlackKit();

        assertThat(new SlackHandler().on(sample(kit, "/webhook-collect", SlackEvent.class)))
                .isEqualTo("U2CERLKJA asks: ");
        assertThat(new SlackHandler().on(sample(kit, "message", SlackEvent.class)))
                .isEmpty();
    }

    static final class SquareHandler {
        private final List<String> payments = new ArrayList<>();

        @WebhookEndpoint(value = "square", events = "payment.created")
        public void on(SquareEvent event) {
            payments.add(event.merchantId() + "/" + event.dataId());
        }
    }

    @Test
    void square() {
        SquareHandler handler = new SquareHandler();

        handler.on(sample(new SquareKit(), "payment.created", SquareEvent.class));

        assertThat(handler.payments).containsExactly("6SSW7HV8K2ST5/KkAkhdMsgzn59SM8A89WgKwekxLZY");
    }

    static final class DiscordHandler {
        private final List<String> entitlements = new ArrayList<>();

        @WebhookEndpoint(value = "discord", events = "ENTITLEMENT_CREATE")
        public void on(DiscordEvent event) {
            entitlements.add(event.toJson().text("/event/data/id").orElseThrow());
        }

        @WebhookEndpoint(value = "discord-interactions", events = "APPLICATION_COMMAND")
        public Map<String, Object> on(DiscordInteraction interaction) {
            String command = interaction.toJson().text("/data/name").orElse("");
            return Map.of("type", 4, "data", Map.of("content", "You called " + command));
        }
    }

    @Test
    void discord() {
        DiscordHandler handler = new DiscordHandler();

        handler.on(sample(new DiscordKit(), "ENTITLEMENT_CREATE", DiscordEvent.class));

        assertThat(handler.entitlements).containsExactly("1234505980407808808");
        assertThat(handler.on(sample(new DiscordInteractionsKit(), "APPLICATION_COMMAND", DiscordInteraction.class)))
                .isEqualTo(Map.of("type", 4, "data", Map.of("content", "You called cardsearch")));
    }
}
