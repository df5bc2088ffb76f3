package orders;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.github.GitHubEvent;
import dev.hookseal.stripe.StripeEvent;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class OrdersController {
    private final Orders orders;

    OrdersController(Orders orders) {
        this.orders = orders;
    }

    @WebhookEndpoint("formflow")
    @Post("/formflow")
    void formFlow(FormFlowEvent event) {
        orders.receive(event.eventId());
    }

    @WebhookEndpoint("extracta")
    @Post("/extracta")
    void extracta(ExtractaEvent event) {
        event.files().forEach(file -> orders.receive(file.fileId()));
    }

    @WebhookEndpoint("shipments")
    @Post("/shipments")
    void shipments(ShipmentEvent event) {
        orders.receive(event.id());
    }

    @WebhookEndpoint("github")
    @Post("/github")
    void gitHub(GitHubEvent event) {
        orders.receive(event.unsignedEventName());
    }

    @WebhookEndpoint("stripe")
    @Post("/stripe")
    void stripe(StripeEvent event) {
        orders.receive(event.type());
    }
}
