package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.observe.DeliveryOutcome.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whatever comes over the wire, the sender sees no server error and learns nothing of what runs here. */
class GarbageRequestsTest {
    private static final String PATH = "/webhooks/formflow";
    private static final int REQUESTS = 600;
    private static final long SEED = 20231028;

    private final Endpoint endpoint = new Endpoint();
    private final List<String> handled = new CopyOnWriteArrayList<>();

    @AutoClose
    private final Server server = new Server();

    @Test
    void noMutationOfADeliveryGivesAServerError() throws Exception {
        server.filter(PATH, WebhookFilter.of(endpoint.receiver()))
                .servlet(PATH, (request, response) -> handled.add("called"))
                .start();
        Random random = new Random(SEED);

        for (int i = 0; i < REQUESTS; i++) {
            byte[] request = mutate(template(random), random);
            String answer = send(request);
            assertThat(answer)
                    .as("answer %d, to %s", i, new String(request, StandardCharsets.ISO_8859_1))
                    // a container answers 501 and 505 by itself, and nothing at all to what it cannot parse
                    .matches("(?s)|HTTP/1\\.1 ([234]..|501|505) .*")
                    .doesNotContain("Exception", "dev.hookseal", "\tat ");
        }
        // the mutations went past the container, and not only to the first check
        assertThat(endpoint.reported()).contains(Kind.REJECTED, Kind.HANDLED, Kind.DUPLICATE);
        assertThat(endpoint.reported()).doesNotContain(Kind.FAILED, Kind.UNAVAILABLE);
        assertThat(handled)
                .hasSameSizeAs(endpoint.reported().stream()
                        .filter(kind -> kind == Kind.HANDLED)
                        .toList());
    }

    private byte[] template(Random random) {
        Delivery delivery = endpoint.delivery("e" + random.nextInt(20));
        return switch (random.nextInt(5)) {
            case 0 -> delivery.with(Delivery.SIGNATURE, delivery.signature()).wire(PATH);
            case 1 ->
                delivery.replace("Content-Type", "application/x-www-form-urlencoded; charset=x")
                        .wire(PATH);
            case 2 -> delivery.replace(Delivery.SIGNATURE, "\u00e9".repeat(64)).wire(PATH);
            case 3 -> chunked(delivery);
            default -> delivery.wire(PATH);
        };
    }

    private static byte[] chunked(Delivery delivery) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(delivery.body(new byte[0]).wire(PATH, "Transfer-Encoding: chunked\r\nConnection: close\r\n"));
        wire.writeBytes((Integer.toHexString(delivery.body().length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        wire.writeBytes(delivery.body());
        wire.writeBytes("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return wire.toByteArray();
    }

    private static byte[] mutate(byte[] request, Random random) {
        byte[] mutated = request.clone();
        switch (random.nextInt(6)) {
            case 0 -> mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            case 1 -> mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> mutated = Arrays.copyOf(mutated, random.nextInt(mutated.length));
            case 3 -> {
                int from = random.nextInt(mutated.length);
                for (int i = from; i < Math.min(from + 8, mutated.length); i++) {
                    mutated[i] = (byte) random.nextInt(256);
                }
            }
            case 4 -> mutated = insert(mutated, random);
            default -> {
                // as it is
            }
        }
        return mutated;
    }

    private static byte[] insert(byte[] request, Random random) {
        byte[] more = new byte[random.nextInt(64)];
        random.nextBytes(more);
        int at = random.nextInt(request.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(request, 0, at);
        out.writeBytes(more);
        out.write(request, at, request.length - at);
        return out.toByteArray();
    }

    private String send(byte[] request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = server.connect()) {
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(answer);
        } catch (IOException e) {
            // a container may reset the connection when it does not read the rest; what came before counts
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }
}
