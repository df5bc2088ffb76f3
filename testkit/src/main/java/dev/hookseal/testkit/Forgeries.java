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
 * All that a genuine delivery can be bent to be, and the assertion that an endpoint refuses it:
 *
 * <pre>{@code
 * Forgeries.of(FormFlowEvents.extracted().signedWith(secret)).assertRefusedBy(uri);
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

    /** Every {@link Bend} that applies to a delivery. Sign it with a secret for each event to have that one too. */
    public static Forgeries of(SignedDelivery genuine) {
        return new Forgeries(genuine, genuine.sender().defaultMaxBodyBytes());
    }

    /** For an endpoint with a limit of its own; unless set, it is the provider's default. */
    public Forgeries withMaxBodyBytes(int maxBodyBytes) {
        return new Forgeries(genuine, maxBodyBytes);
    }

    /** The deliveries, by how they are bent. */
    public Map<Bend, SignedDelivery> byBend() {
        Map<Bend, SignedDelivery> forgeries = new LinkedHashMap<>();
        Arrays.stream(Bend.values())
                .filter(bend -> bend.appliesTo(genuine))
                .forEach(bend -> forgeries.put(
                        bend, bend == Bend.OVERSIZED ? genuine.oversized(maxBodyBytes) : genuine.bent(bend)));
        return forgeries;
    }

    /**
     * Sends each of them over HTTP, and the genuine one at the end, which the endpoint handles. An endpoint that ends
     * the connection instead of answering has refused, too.
     *
     * @throws AssertionError if a forgery is answered with anything but 4xx, which is named, or the genuine delivery
     *     with anything but 2xx, since an endpoint that refuses everything shows nothing
     * @throws InterruptedException if the thread is interrupted
     */
    public void assertRefusedBy(URI endpoint) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIME_LIMIT)
                .build();
        try {
            assertRefusedBy(delivery -> client.send(
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
     * @throws AssertionError as {@link #assertRefusedBy(URI)} says
     * @throws Exception what the endpoint throws but for an {@link IOException}, which counts as a refusal unless the
     *     delivery is the genuine one
     */
    public void assertRefusedBy(EndpointUnderTest endpoint) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<Bend, SignedDelivery> forgery : byBend().entrySet()) {
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
            throw new AssertionError("Not refused with 4xx: " + String.join(", ", wrong) + ", of " + genuine);
        }
        if (status < 200 || status > 299) {
            throw new AssertionError(
                    "The genuine delivery is answered with " + status
                            + ", so that it shows nothing that forgeries are refused: check the path, the secret and the clock");
        }
    }

    /** Something that takes deliveries. */
    @FunctionalInterface
    public interface EndpointUnderTest {
        /** Sends a delivery and gives the status of the answer. */
        int answer(SignedDelivery delivery) throws Exception;
    }
}
