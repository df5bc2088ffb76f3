package dev.hookseal.discord;

import dev.hookseal.JsonData;
import dev.hookseal.provider.ProviderKit.Suspicion;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What goes wrong with Discord in particular. */
final class DiscordSuspicions {
    private DiscordSuspicions() {}

    static List<Suspicion> of(WebhookRequest request, SigningSecret secret) {
        try {
            JsonData json = JsonData.of(new String(request.body(), StandardCharsets.UTF_8));
            return json.asObject() instanceof String text
                    ? List.of(new Suspicion(
                            "body-escaped",
                            "The body here is one JSON string, with the signed body escaped in it",
                            "Have the gateway or the function that is before the receiver pass on the body as it came.",
                            WebhookRequest.of(
                                    request.method(),
                                    request.rawQuery(),
                                    request.headers(),
                                    text.getBytes(StandardCharsets.UTF_8)),
                            secret))
                    : List.of();
        } catch (WebhookRejectedException | IllegalArgumentException e) {
            // there is no body, or it is not JSON
            return List.of();
        }
    }
}
