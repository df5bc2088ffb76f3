package dev.hookseal.slack;

import dev.hookseal.JsonData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is behind the events. */
final class SlackPayloads {
    private SlackPayloads() {}

    record CallbackPayload(
            String type,
            @Nullable String eventType,
            @Nullable String eventId,
            @Nullable Instant eventTime,
            @Nullable JsonData event,
            @Nullable String teamId,
            @Nullable String appId,
            JsonData toJson)
            implements SlackEvent.Callback {
        @Override
        public String name() {
            return eventType == null ? type : eventType;
        }
    }

    record InteractionPayload(
            String type,
            @Nullable String triggerId,
            @Nullable String teamId,
            @Nullable String appId,
            JsonData toJson) implements SlackEvent.Interaction {
        @Override
        public String name() {
            return type;
        }
    }

    record CommandPayload(
            String command,
            @Nullable String text,
            @Nullable String userId,
            @Nullable String channelId,
            @Nullable String triggerId,
            @Nullable String teamId,
            @Nullable String appId,
            JsonData toJson)
            implements SlackEvent.Command {
        @Override
        public String name() {
            return command;
        }

        /** Without the text, which people write and which does not belong into a log. */
        @Override
        public String toString() {
            return "CommandPayload[" + command + ", " + toJson + "]";
        }
    }
}
