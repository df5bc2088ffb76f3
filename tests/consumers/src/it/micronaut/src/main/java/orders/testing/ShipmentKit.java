package orders.testing;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.SampleEvent;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import orders.ShipmentEvent;
import orders.ShipmentProvider;

/** Signs as the sender does, for tests. */
public final class ShipmentKit implements ProviderKit {
    @Override
    public WebhookProvider<ShipmentEvent> provider() {
        return new ShipmentProvider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        long time = delivery.time().getEpochSecond();
        byte[] message =
                (time + "." + new String(delivery.body(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        String signature = HexFormat.of().formatHex(HmacSha256.sign(secret, message));
        return Map.of("Content-Type", "application/json", "Shipment-Signature", "t=" + time + ",v1=" + signature);
    }

    @Override
    public List<SampleEvent> samples() {
        return List.of(new SampleEvent("shipment.sent", "{\"id\":\"shipment-1\",\"type\":\"shipment.sent\"}"));
    }
}
