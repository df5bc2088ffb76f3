package dev.hookseal.cli;

import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.SigningSecret;
import java.util.List;
import java.util.Map;

/** A provider that signs the method and the registered URL, and whose kit cannot send an event of another name. */
public final class CrmKit implements ProviderKit {
    private final ProviderKit crm = CustomKits.crm();

    @Override
    public WebhookProvider<?> provider() {
        return crm.provider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        return crm.sign(delivery, secret);
    }

    @Override
    public List<SampleEvent> samples() {
        return List.of(new SampleEvent("contact.changed", "{\"type\":\"contact.changed\",\"id\":\"1\"}"));
    }
}
