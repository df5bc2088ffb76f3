package dev.hookseal.contract;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Handshake;
import dev.hookseal.provider.HandshakeReply;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SignedTime;
import dev.hookseal.signature.VerificationKey;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A sender that no list names, for what a custom provider may need: several signatures, the registered URL and the time in
 * what is signed, an unsigned header, and both kinds of handshake. A server finds it on the class path.
 */
public final class ContractProvider implements WebhookProvider<ContractProvider.Event> {
    static final String NAME = "contract";
    static final String SIGNATURE_HEADER = "Contract-Signature";
    static final String EVENT_HEADER = "Contract-Event";
    static final String PING = "{\"type\":\"ping\",\"token\":\"%s\"}";

    private static final SignatureHeader SIGNATURE =
            SignatureHeader.hex(SIGNATURE_HEADER).separatedBy(',').withPrefix("v1=");
    private static final Setting<String> VERIFY_TOKEN =
            Setting.of("verify-token", SettingType.SECRET, "The token that the sender asks with.");

    /** For the service loader. */
    public ContractProvider() {}

    /** An event: what its body has, and the name that its header claims. */
    public static final class Event implements WebhookEvent {
        private final String unsignedName;
        private final JsonData json;

        private Event(String unsignedName, JsonData json) {
            this.unsignedName = unsignedName;
            this.json = json;
        }

        String id() {
            return json.text("/id").orElse("");
        }

        String unsignedName() {
            return unsignedName;
        }

        @Override
        public JsonData toJson() {
            return json;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Event that && unsignedName.equals(that.unsignedName) && json.equals(that.json);
        }

        @Override
        public int hashCode() {
            return json.hashCode();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<Event> eventClass() {
        return Event.class;
    }

    @Override
    public Set<String> unsignedHeaders(EndpointSettings settings) {
        return Set.of(EVENT_HEADER);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                EndpointSettings.PUBLIC_URL,
                EndpointSettings.TOLERANCE.withDefault(Duration.ofMinutes(5)),
                EndpointSettings.ID_RETENTION,
                VERIFY_TOKEN);
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        settings.publicUrl();
        return SignatureScheme.of(SIGNATURE, VerificationKey::hmacSha256, request -> {
            String time = SIGNATURE.element(SIGNATURE.value(request), "t=");
            SignedMessage message = SignedMessage.of(request.body())
                    .after(request.method() + " " + settings.publicUrl(request) + " " + time + " ");
            return SignatureClaim.of(SIGNATURE.read(request), message).signedTime(() -> SignedTime.ofUnixSeconds(time));
        });
    }

    @Override
    public Optional<Handshake> handshake(EndpointSettings settings) {
        return Optional.of(new Questions(settings.value(VERIFY_TOKEN).orElse("")));
    }

    private record Questions(String token) implements Handshake {
        @Override
        public Set<String> methods() {
            return Set.of("GET");
        }

        @Override
        public @Nullable HandshakeReply challenge(WebhookRequest request) throws WebhookRejectedException {
            Optional<String> challenge = request.queryParameter("challenge");
            if (challenge.isEmpty()) {
                return null;
            }
            if (token.isEmpty()
                    || !Handshake.isEqual(token, request.queryParameter("token").orElse(""))) {
                throw new WebhookRejectedException(RejectionReason.SIGNATURE_MISMATCH);
            }
            return HandshakeReply.text(challenge.get());
        }

        @Override
        public @Nullable HandshakeReply verified(SignedContent content, Function<String, byte[]> mac)
                throws WebhookRejectedException {
            JsonData json = JsonData.of(content);
            if (json.text("/type").filter("ping"::equals).isEmpty()) {
                return null;
            }
            String asked = HandshakeReply.checked(json.text("/token").orElse(""));
            return HandshakeReply.json(Map.of("hash", HexFormat.of().formatHex(mac.apply(asked))));
        }
    }

    @Override
    public ReadEvent<Event> read(SignedContent content, EndpointSettings settings) throws WebhookRejectedException {
        List<String> names = content.unsignedHeaders().getOrDefault(EVENT_HEADER, List.of());
        Event event = new Event(String.join(",", names), JsonData.of(content));
        if (event.id().isEmpty()) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
        }
        return ReadEvent.of(event, event.unsignedName()).withDeliveryId(event.id());
    }
}
