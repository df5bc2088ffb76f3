package dev.hookseal.slack;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request of Slack, all of it signed: a {@link Callback} of the Events API, an {@link Interaction}, or a slash
 * {@link Command}.
 *
 * <pre>{@code
 * if (event instanceof SlackEvent.Command command) {
 *     forecast(command.text());
 * }
 * }</pre>
 *
 * <p>What has no method here is in {@link #toJson()}: of an interaction its {@code payload}, of a command an object of its
 * fields. Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does. Two are equal
 * if all of their JSON is.
 *
 * @since 0.1.0
 */
public sealed interface SlackEvent extends WebhookEvent {

    /**
     * Returns the name that {@code WebhookEndpoint.events} is compared with: the type of the inner event, such as
     * {@code app_mention}, or else the {@code type}; of a command the command itself, such as {@code /weather}.
     */
    String name();

    /** Returns the workspace; null if it is not said, or not as a string. */
    @Nullable
    String teamId();

    /** Returns the app, {@code api_app_id}; null if it is not said, or not as a string. */
    @Nullable
    String appId();

    /**
     * A request of the Events API: an {@code event_callback} with an inner event, or a notice without one, such as
     * {@code app_rate_limited}. A member that is missing, or of another kind than documented, is null.
     *
     * @since 0.1.0
     */
    sealed interface Callback extends SlackEvent permits SlackPayloads.CallbackPayload {

        /** Returns the type of the envelope, such as {@code event_callback}. */
        String type();

        /** Returns the id of the event, by which a redelivery is recognised. */
        @Nullable
        String eventId();

        /** Returns when the event was dispatched. */
        @Nullable
        Instant eventTime();

        /** Returns the type of the inner event, such as {@code app_mention}. */
        @Nullable
        String eventType();

        /** Returns the inner event. */
        @Nullable
        JsonData event();
    }

    /**
     * A use of a button, a menu, a shortcut or a view.
     *
     * @since 0.1.0
     */
    sealed interface Interaction extends SlackEvent permits SlackPayloads.InteractionPayload {

        /** Returns the type, such as {@code block_actions} or {@code view_submission}. */
        String type();

        /** Returns the id with which a view can be opened; null without one. */
        @Nullable
        String triggerId();
    }

    /**
     * A slash command. A field that is missing is null.
     *
     * @since 0.1.0
     */
    sealed interface Command extends SlackEvent permits SlackPayloads.CommandPayload {

        /** Returns the command, such as {@code /weather}. */
        String command();

        /** Returns what was typed behind the command. */
        @Nullable
        String text();

        /** Returns who typed it. */
        @Nullable
        String userId();

        /** Returns where it was typed. */
        @Nullable
        String channelId();

        /** Returns the id with which a view can be opened. */
        @Nullable
        String triggerId();
    }
}
