package dev.hookseal.hmac;

import static dev.hookseal.hmac.HmacSettings.BODY_FORMAT;
import static dev.hookseal.hmac.HmacSettings.EVENT_HEADER;
import static dev.hookseal.hmac.HmacSettings.EVENT_POINTER;
import static dev.hookseal.hmac.HmacSettings.ID_HEADER;
import static dev.hookseal.hmac.HmacSettings.ID_POINTER;
import static dev.hookseal.hmac.HmacSettings.TIMESTAMP_HEADER;
import static dev.hookseal.hmac.HmacSettings.TIMESTAMP_UNIT;
import static dev.hookseal.hmac.HmacSettings.TRUST_UNSIGNED_ID;

import dev.hookseal.JsonData;
import dev.hookseal.hmac.HmacSettings.BodyFormat;
import dev.hookseal.hmac.HmacSettings.TimestampUnit;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignedContent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the parts of an event from where the settings of an endpoint say that they are. */
final class HmacReader {
    private final EndpointSettings settings;
    private final SignedContent content;
    private final Set<String> missing = new TreeSet<>();

    HmacReader(EndpointSettings settings, SignedContent content) {
        this.settings = settings;
        this.content = content;
    }

    ReadEvent<HmacEvent> read() throws WebhookRejectedException {
        JsonData json = settings.value(BODY_FORMAT).orElseThrow() == BodyFormat.JSON ? json() : text();
        String eventName = at(EVENT_POINTER, json);
        String unsignedEventName = header(EVENT_HEADER);
        String idInBody = at(ID_POINTER, json);
        String id = idInBody == null ? content.deliveryId() : idInBody;
        String unsignedId = id == null ? header(ID_HEADER) : null;
        HmacEvent event =
                new HmacPayload(eventName, unsignedEventName, id, unsignedId, content.signedAt(), unsignedTime(), json);
        String name = eventName == null ? unsignedEventName : eventName;
        boolean isTrusted = settings.value(TRUST_UNSIGNED_ID).orElseThrow();
        return ReadEvent.of(event, name == null ? "" : name)
                .withDeliveryId(isTrusted ? unsignedId : id)
                .withUnexpectedMembers(missing);
    }

    private JsonData json() throws WebhookRejectedException {
        JsonData json = JsonData.of(content);
        boolean isArray = content.read((bytes, from, to) -> {
            int first = from;
            while (Character.isWhitespace(bytes[first])) {
                first++;
            }
            return bytes[first] == '[';
        });
        if (!json.isObject() && !isArray) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
        }
        return json;
    }

    private JsonData text() throws WebhookRejectedException {
        try {
            return JsonData.ofText(content.read((bytes, from, to) -> StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString()));
        } catch (CharacterCodingException e) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
        }
    }

    private @Nullable String at(Setting<String> pointer, JsonData json) {
        String place = settings.value(pointer).orElse(null);
        String found = place == null ? null : json.text(place).orElse(null);
        if (place != null && found == null) {
            missing.add(pointer.key());
        }
        return found;
    }

    private @Nullable String header(Setting<String> setting) {
        List<String> values = settings.value(setting)
                .map(name -> content.unsignedHeaders().getOrDefault(name, List.of()))
                .orElse(List.of());
        return values.size() == 1 ? values.get(0) : null;
    }

    private @Nullable Instant unsignedTime() {
        String text = content.signedAt() == null ? header(TIMESTAMP_HEADER) : null;
        try {
            return text == null
                    ? null
                    : new Timestamps(settings.value(TIMESTAMP_UNIT).orElse(TimestampUnit.SECONDS), false).read(text);
        } catch (WebhookRejectedException e) {
            return null;
        }
    }
}
