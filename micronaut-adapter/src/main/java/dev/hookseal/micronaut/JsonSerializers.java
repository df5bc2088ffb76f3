package dev.hookseal.micronaut;

import dev.hookseal.JsonData;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEvent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.Encoder;
import io.micronaut.serde.Serializer;
import jakarta.inject.Singleton;
import java.io.IOException;

/**
 * The serializers of Micronaut Serde for events and data: as the JSON that they are. There is no deserializer, so that
 * no request body becomes an event.
 */
final class JsonSerializers {
    private JsonSerializers() {}

    @Singleton
    @Requires(classes = Serializer.class)
    static final class OfJsonData implements Serializer<JsonData> {
        @Override
        public void serialize(Encoder out, EncoderContext context, Argument<? extends JsonData> type, JsonData value)
                throws IOException {
            JsonWriter.write(value, out);
        }
    }

    @Singleton
    @Requires(classes = Serializer.class)
    static final class OfWebhookEvent implements Serializer<WebhookEvent> {
        @Override
        public void serialize(
                Encoder out, EncoderContext context, Argument<? extends WebhookEvent> type, WebhookEvent value)
                throws IOException {
            JsonWriter.write(value.toJson(), out);
        }
    }

    /** A proof is written as its event alone, as Jackson does. */
    @Singleton
    @Requires(classes = Serializer.class)
    static final class OfVerifiedWebhook implements Serializer<VerifiedWebhook<?>> {
        @Override
        public void serialize(
                Encoder out,
                EncoderContext context,
                Argument<? extends VerifiedWebhook<?>> type,
                VerifiedWebhook<?> value)
                throws IOException {
            write(out, context, value.event());
        }

        @SuppressWarnings("unchecked")
        private static <E> void write(Encoder out, EncoderContext context, E event) throws IOException {
            Argument<E> type = (Argument<E>) Argument.of(event.getClass());
            Serializer<? super E> serializer = context.findSerializer(type).createSpecific(context, type);
            serializer.serialize(out, context, type, event);
        }
    }
}
