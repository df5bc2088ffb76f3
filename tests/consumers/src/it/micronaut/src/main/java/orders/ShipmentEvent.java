package orders;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;

/** What {@link ShipmentProvider} alone can make. */
public final class ShipmentEvent implements WebhookEvent {
    private final String id;
    private final JsonData json;

    ShipmentEvent(String id, JsonData json) {
        this.id = id;
        this.json = json;
    }

    public String id() {
        return id;
    }

    @Override
    public JsonData toJson() {
        return json;
    }
}
