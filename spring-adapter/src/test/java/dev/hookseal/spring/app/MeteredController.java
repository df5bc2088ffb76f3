package dev.hookseal.spring.app;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints whose deliveries are counted in a test, so that no other test sends any there. */
@RestController
class MeteredController {

    @WebhookEndpoint("metered")
    @PostMapping("/hooks/metered")
    void metered(FormFlowEvent event) {}

    @WebhookEndpoint("metered-extracta")
    @PostMapping("/hooks/metered-extracta")
    void meteredExtracta(ExtractaEvent event) {}
}
