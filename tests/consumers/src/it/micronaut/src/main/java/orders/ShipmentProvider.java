package orders;

import dev.hookseal.JsonData;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SignedTime;
import dev.hookseal.signature.VerificationKey;
import java.time.Duration;
import java.util.List;

/** A sender that this application added: {@code Shipment-Signature: t=<seconds>,v1=<hex>} over {@code t.body}. */
public final class ShipmentProvider implements WebhookProvider<ShipmentEvent> {
    private static final SignatureHeader SIGNATURE =
            SignatureHeader.hex("Shipment-Signature").separatedBy(',').withPrefix("v1=");

    @Override
    public String name() {
        return "shipments";
    }

    @Override
    public Class<ShipmentEvent> eventClass() {
        return ShipmentEvent.class;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(EndpointSettings.TOLERANCE.withDefault(Duration.ofMinutes(5)), EndpointSettings.ID_RETENTION);
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        return SignatureScheme.of(SIGNATURE, VerificationKey::hmacSha256, request -> {
            String time = SIGNATURE.element(SIGNATURE.value(request), "t=");
            return SignatureClaim.of(
                            SIGNATURE.read(request),
                            SignedMessage.of(request.body()).after(time + "."))
                    .signedTime(() -> SignedTime.ofUnixSeconds(time));
        });
    }

    @Override
    public ReadEvent<ShipmentEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        JsonData json = JsonData.of(content);
        String id = json.text("/id").orElse("");
        return ReadEvent.of(new ShipmentEvent(id, json), json.text("/type").orElse(""))
                .withDeliveryId(id);
    }
}
