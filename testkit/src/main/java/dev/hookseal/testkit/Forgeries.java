package dev.hookseal.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a genuine delivery can be forged to be, and the assertion that an endpoint rejects it:
 *
 * <pre>{@code
 * Forgeries.of(FakeEvent.sample("acme", "order.paid").signedWith(secret)).assertRejectedBy(uri);
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Forgeries {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final SignedDelivery genuine;
    private final int maxBodyBytes;

    private Forgeries(SignedDelivery genuine, int maxBodyBytes) {
        this.genuine = genuine;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Every {@link Forgery} that applies to a delivery. Sign it with a secret for each event to have that one too. */
    public static Forgeries of(SignedDelivery genuine) {
        return new Forgeries(genuine, genuine.kit().provider().defaultMaxBodyBytes());
    }

    /** For an endpoint with another limit; unless set, it is the provider's default. */
    public Forgeries withMaxBodyBytes(int maxBodyBytes) {
        return new Forgeries(genuine, maxBodyBytes);
    }

    /** The deliveries, by how they are forged. */
    public Map<Forgery, SignedDelivery> byForgery() {
        Map<Forgery, SignedDelivery> forgeries = new LinkedHashMap<>();
        Arrays.stream(Forgery.values())
                .filter(forgery -> forgery.appliesTo(genuine))
                .forEach(forgery -> forgeries.put(
                        forgery,
                        forgery == Forgery.OVERSIZED ? genuine.oversized(maxBodyBytes) : genuine.forged(forgery)));
        return forgeries;
    }

    /**
     * Sends each of them over HTTP, and the genuine one at the end, which the endpoint handles. An endpoint that ends
     * the connection instead of answering has rejected, too.
     *
     * @throws AssertionError if a forgery is answered with anything but 4xx, which is named, or the genuine delivery
     *     with anything but 2xx, since an endpoint that rejects everything shows nothing
     * @throws InterruptedException if the thread is interrupted
     */
    public void assertRejectedBy(URI endpoint) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIME_LIMIT)
                .build();
        try {
            assertRejectedBy(delivery -> client.send(
                            HttpRequest.newBuilder(delivery.toHttpRequest(endpoint), (name, value) -> true)
                                    .timeout(TIME_LIMIT)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("Nothing could be sent to " + endpoint + ": " + e, e);
        }
    }

    /**
     * The same over anything that can send a delivery, such as MockMvc.
     *
     * @throws AssertionError as {@link #assertRejectedBy(URI)} says
     * @throws Exception what the endpoint throws but for an {@link IOException}, which counts as a rejection unless the
     *     delivery is the genuine one
     */
    public void assertRejectedBy(EndpointUnderTest endpoint) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<Forgery, SignedDelivery> forgery : byForgery().entrySet()) {
            try {
                int status = endpoint.answer(forgery.getValue());
                if (status < 400 || status > 499) {
                    wrong.add(forgery.getKey().label() + " (" + status + ")");
                }
            } catch (IOException e) {
                // the server has closed the connection: it did not take it
            }
        }
        int status = endpoint.answer(genuine);
        if (!wrong.isEmpty()) {
            throw new AssertionError("Not rejected with 4xx: " + String.join(", ", wrong) + ", of " + genuine);
        }
        if (status < 200 || status > 299) {
            throw new AssertionError(
                    "The genuine delivery is answered with " + status
                            + ", so that it shows nothing that forgeries are rejected: check the path, the secret and the clock");
        }
    }

    /** Something that takes deliveries. */
    @FunctionalInterface
    public interface EndpointUnderTest {
        /** Sends a delivery and gives the status of the answer. */
        int answer(SignedDelivery delivery) throws Exception;
    }
}
