package orders;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.github.GitHubEvent;
import dev.hookseal.stripe.StripeEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrdersController {
    private final Orders orders;

    OrdersController(Orders orders) {
        this.orders = orders;
    }

    @WebhookEndpoint("formflow")
    @PostMapping("/formflow")
    void formFlow(FormFlowEvent event) {
        orders.receive(event.eventId());
    }

    @WebhookEndpoint("extracta")
    @PostMapping("/extracta")
    void extracta(ExtractaEvent event) {
        event.files().forEach(file -> orders.receive(file.fileId()));
    }

    @WebhookEndpoint("shipments")
    @PostMapping("/shipments")
    void shipments(ShipmentEvent event) {
        orders.receive(event.id());
    }

    @WebhookEndpoint("github")
    @PostMapping("/github")
    void gitHub(GitHubEvent event) {
        orders.receive(event.unsignedEventName());
    }

    @WebhookEndpoint("stripe")
    @PostMapping("/stripe")
    void stripe(StripeEvent event) {
        orders.receive(event.type());
    }
}
