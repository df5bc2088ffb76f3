package dev.hookseal.testkit.micronaut;

import dev.hookseal.testkit.SignedDelivery;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;

/**
 * Makes a request of Micronaut's HTTP client of a delivery.
 *
 * <pre>{@code
 * HttpResponse<String> response = client.toBlocking().exchange(delivery("/webhooks/formflow", signed), String.class);
 * }</pre>
 */
public final class WebhookRequests {

    private WebhookRequests() {}

    /**
     * The delivery as a request, with its headers and bytes as they are.
     *
     * @param uri absolute, or below the client's own
     */
    public static MutableHttpRequest<byte[]> delivery(String uri, SignedDelivery delivery) {
        MutableHttpRequest<byte[]> request = HttpRequest.POST(uri, delivery.body());
        delivery.headers().forEach((name, values) -> {
            request.getHeaders().remove(name);
            values.forEach(value -> request.header(name, value));
        });
        return request;
    }
}
