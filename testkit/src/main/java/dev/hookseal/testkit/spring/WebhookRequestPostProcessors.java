package dev.hookseal.testkit.spring;

import dev.hookseal.testkit.SignedDelivery;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * Makes a delivery of a MockMvc request.
 *
 * <pre>{@code
 * mockMvc.perform(post("/webhooks/formflow").with(delivery(signed))).andExpect(status().isOk());
 * }</pre>
 *
 * <p>Where MockMvc is set up by hand, the adapter's filter has to be added to it: without it nothing is verified, and
 * every delivery is rejected.
 */
public final class WebhookRequestPostProcessors {

    private WebhookRequestPostProcessors() {}

    /** Sets the request's method, headers and body to those of a delivery; other headers of the request stay. */
    public static RequestPostProcessor delivery(SignedDelivery delivery) {
        return request -> {
            request.setMethod(delivery.method());
            request.setContent(delivery.body());
            delivery.headers().forEach((name, values) -> {
                request.removeHeader(name);
                values.forEach(value -> request.addHeader(name, value));
            });
            return request;
        };
    }
}
