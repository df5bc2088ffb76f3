package dev.hookseal.examples.guide;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes the body beside the event, which it must not act on. */
@RestController
class BodiesController {

    @WebhookEndpoint("bodies")
    @PostMapping("/webhooks/bodies")
    String received(ExtractaEvent event, @RequestBody String body) {
        return "signed: " + event.result().json() + "\nbody: " + body;
    }
}
