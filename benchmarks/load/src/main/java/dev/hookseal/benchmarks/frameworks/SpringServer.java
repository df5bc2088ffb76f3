package dev.hookseal.benchmarks.frameworks;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Spring MVC in Spring Boot, on Tomcat. */
@EnableAutoConfiguration
@Import(SpringServer.Endpoints.class)
public class SpringServer {

    /** Starts it. */
    public static void main(String[] args) {
        new SpringApplicationBuilder(SpringServer.class)
                .properties(
                        "server.address=127.0.0.1",
                        "server.port=${PORT}",
                        // Opening a new one after every 100 requests would be measured, too.
                        "server.tomcat.max-keep-alive-requests=-1",
                        "hookseal.endpoints.extracta.secret=${EXTRACTA_SECRET}",
                        "hookseal.endpoints.bound.provider=extracta",
                        "hookseal.endpoints.bound.secret=${EXTRACTA_SECRET}")
                .run(args);
    }

    @RestController
    @ResponseStatus(HttpStatus.NO_CONTENT)
    static class Endpoints {

        @WebhookEndpoint("extracta")
        @PostMapping("/verified")
        void verified(ExtractaEvent event) {
            Handler.verified(event);
        }

        @WebhookEndpoint("bound")
        @PostMapping("/verified-and-bound")
        void verifiedAndBound(ExtractaEvent event) {
            Handler.verifiedAndBound(event);
        }

        @PostMapping("/bytes")
        void bytes(@RequestBody byte[] body) {
            Handler.bytes(body);
        }

        @PostMapping("/typed")
        void typed(@RequestBody Delivery delivery) {
            Handler.typed(delivery);
        }
    }
}
