package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.request.BodyBudget;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server with hardly a thread answers the next request, though bodies do not arrive. The containers' own times, half
 * a minute and more, are longer than a test may take.
 */
@Timeout(20)
class FewThreadsTest {
    private static final String PATH = "/webhooks/formflow";
    private static final String FORM = "application/x-www-form-urlencoded";

    @AutoClose
    private final Server server = new Server();

    private final int requestsAtOnce = server.useFewThreads();
    private final BodyBudget budget = BodyBudget.ofBytes(100);
    private final Endpoint endpoint = new Endpoint(Duration.ofSeconds(1), budget);
    private final List<Socket> slow = new ArrayList<>();

    @AfterEach
    void closeSlowConnections() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
    }

    private void serve() {
        server.filter(PATH, WebhookFilter.of(endpoint.receiver()))
                .servlet(PATH, (request, response) -> {})
                .start();
    }

    @ParameterizedTest
    @CsvSource({
        "401, Content-Length: 1000, no signature",
        "401, Transfer-Encoding: chunked, no signature",
        "400, Content-Length: 1000, Content-Type: multipart/form-data; boundary=b",
        "400, Content-Length: 1000, Content-Encoding: gzip",
        "413, Content-Length: 1000000, a signature"
    })
    void afterAnAnswerWithoutTheBody(int status, String framing, String kind) throws Exception {
        serve();
        Delivery genuine = endpoint.delivery("slow").body(new byte[0]);
        String[] header = kind.split(": ", 2);
        Delivery sent = kind.equals("no signature")
                ? genuine.without(Delivery.SIGNATURE)
                : header.length == 2 ? genuine.replace(header[0], header[1]) : genuine;
        for (int i = 0; i < requestsAtOnce; i++) {
            assertThat(answerTo(open(sent.wire(PATH, framing + "\r\n"))))
                    .startsWith("HTTP/1.1 " + status)
                    .endsWith("}");
        }

        assertTheNextIsHandled();
    }

    @Test
    void afterBodiesThatAreTooLate() throws Exception {
        serve();
        assertTooLate("application/json");
    }

    @Test
    void afterFormsThatAreTooLateForAFilterAhead() throws Exception {
        server.filter(PATH, new BodyCachingFilter(List.of(endpoint.receiver())));
        server.filter(PATH, (request, response, chain) -> {
            request.getParameter("_method");
            chain.doFilter(request, response);
        });
        serve();
        assertTooLate(FORM);
    }

    private void assertTooLate(String contentType) throws Exception {
        Delivery genuine = endpoint.delivery("slow").replace("Content-Type", contentType);
        String wire = new String(genuine.wire(PATH), StandardCharsets.ISO_8859_1);
        byte[] allButOneByte = wire.substring(0, wire.length() - 1).getBytes(StandardCharsets.ISO_8859_1);
        List<Socket> stalled = new ArrayList<>();
        for (int i = 0; i < requestsAtOnce; i++) {
            stalled.add(open(allButOneByte));
        }
        for (Socket each : stalled) {
            assertThat(answerTo(each))
                    .startsWith("HTTP/1.1 408")
                    .endsWith("{\"title\":\"Request Timeout\",\"status\":408}");
        }
        assertTheNextIsHandled();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void afterBodiesThatTheBudgetHasNoRoomFor() throws Exception {
        serve();
        try (BodyBudget.Share large = budget.share();
                BodyBudget.Share small = budget.share()) {
            assertThat(large.add(BodyBudget.SMALL_BODY_BYTES + 1)).isTrue();
            assertThat(small.add(100)).isTrue();
            String wire = new String(endpoint.delivery("slow").wire(PATH), StandardCharsets.ISO_8859_1);
            for (int i = 0; i < requestsAtOnce; i++) {
                assertThat(answerTo(open(wire.substring(0, wire.length() - 1).getBytes(StandardCharsets.ISO_8859_1))))
                        .startsWith("HTTP/1.1 503")
                        .contains("\nRetry-After: ");
            }
            assertTheNextIsHandled();
        }
    }

    private void assertTheNextIsHandled() throws Exception {
        HttpResponse<String> answer = server.post(PATH, endpoint.delivery("next"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(slow).as("still open here").noneMatch(Socket::isClosed);
    }

    private Socket open(byte[] request) throws IOException {
        Socket socket = server.connect();
        slow.add(socket);
        socket.getOutputStream().write(request);
        return socket;
    }

    private static String answerTo(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        StringBuilder answer = new StringBuilder();
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            answer.append(line).append('\n');
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
                length = Integer.parseInt(line.substring("content-length: ".length()));
            }
        }
        for (; length > 0; length--) {
            answer.append((char) in.read());
        }
        return answer.toString();
    }
}
