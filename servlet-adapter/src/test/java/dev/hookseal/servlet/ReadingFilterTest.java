package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.config.EndpointBinding;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;
import org.zalando.logbook.Correlation;
import org.zalando.logbook.HttpRequest;
import org.zalando.logbook.HttpResponse;
import org.zalando.logbook.Logbook;
import org.zalando.logbook.Precorrelation;
import org.zalando.logbook.Sink;
import org.zalando.logbook.servlet.LogbookFilter;

/** A filter behind the capture filter may read the body before anybody knows which handler it is for. */
class ReadingFilterTest {
    @AutoClose
    private final CapturedLog log = CapturedLog.ofHookseal();

    private final Endpoint endpoint = new Endpoint();
    private final EndpointBinding<FormFlowEvent> binding = new EndpointBinding<>(endpoint.receiver(), Set.of());
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AutoClose
    private final Server server = new Server();

    @BeforeEach
    void clearLog() {
        log.clear();
    }

    /** The ways in which a filter can read. */
    enum Reading {
        ALL_AND_REPLAY {
            @Override
            ServletRequest read(HttpServletRequest request, List<String> logged) throws IOException {
                byte[] body = request.getInputStream().readAllBytes();
                logged.add(text(body));
                return new Replaying(request, body);
            }
        },
        ALL_FROM_THE_READER_AND_REPLAY {
            @Override
            ServletRequest read(HttpServletRequest request, List<String> logged) throws IOException {
                String body = String.join("\n", request.getReader().lines().toList());
                logged.add(body);
                return new Replaying(request, body.getBytes(StandardCharsets.UTF_8));
            }
        },
        ALL {
            @Override
            ServletRequest read(HttpServletRequest request, List<String> logged) throws IOException {
                logged.add(text(request.getInputStream().readAllBytes()));
                return request;
            }
        },
        ALL_AND_CLOSE {
            @Override
            ServletRequest read(HttpServletRequest request, List<String> logged) throws IOException {
                try (BufferedReader reader = request.getReader()) {
                    logged.add(reader.readLine());
                }
                return request;
            }
        },
        TWICE {
            @Override
            ServletRequest read(HttpServletRequest request, List<String> logged) throws IOException {
                byte[] beginning = request.getInputStream().readNBytes(10);
                logged.add(text(beginning) + text(request.getInputStream().readAllBytes()));
                return request;
            }
        },
        BYTE_BY_BYTE {
            @Override
            ServletRequest read(HttpServletRequest request, List<String> logged) throws IOException {
                StringBuilder body = new StringBuilder();
                ServletInputStream in = request.getInputStream();
                for (int b = in.read(); b >= 0; b = in.read()) {
                    body.append((char) b);
                }
                assertThat(in.isFinished()).isTrue();
                assertThat(in.available()).isZero();
                logged.add(body.toString());
                return request;
            }
        };

        abstract ServletRequest read(HttpServletRequest request, List<String> logged) throws IOException;

        static String text(byte[] body) {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** As applications write it who log bodies. */
    private static final class Replaying extends HttpServletRequestWrapper {
        private final byte[] body;

        Replaying(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ReplayedInputStream(body);
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
        }
    }

    private Filter filter(Reading reading) {
        return (request, response, chain) ->
                chain.doFilter(reading.read((HttpServletRequest) request, logged), response);
    }

    private void serveBehind(Filter reading) {
        server.filter(
                        "/*",
                        new BodyCachingFilter(List.of(endpoint.receiver())),
                        DispatcherType.REQUEST,
                        DispatcherType.ASYNC)
                .filter("/*", reading, DispatcherType.REQUEST, DispatcherType.ASYNC)
                .servlet("/hook", (request, response) -> {
                    WebhookExchange exchange = WebhookExchange.find(request);
                    if (exchange != null && exchange.admit(binding)) {
                        seen.add(exchange.webhook(binding).event().eventId());
                        seen.add(Reading.text(request.getInputStream().readAllBytes()));
                    }
                })
                .servlet(
                        "/plain",
                        (request, response) -> seen.add(request.getInputStream().readAllBytes().length + " bytes"))
                .start();
    }

    private static String text(Delivery delivery) {
        return Reading.text(delivery.body());
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    void aDeliveryIsVerifiedAndBothSeeItsBody(Reading reading) throws Exception {
        serveBehind(filter(reading));
        Delivery delivery = endpoint.delivery("e1");

        assertThat(server.post("/hook", delivery).statusCode()).isEqualTo(200);

        assertThat(seen).containsExactly("e1", text(delivery));
        assertThat(logged).containsExactly(text(delivery));
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    void soItIsInChunks(Reading reading) throws Exception {
        serveBehind(filter(reading));
        Delivery delivery = endpoint.delivery("e1");

        assertThat(server.send(delivery.chunkedTo(server.request("/hook"))).statusCode())
                .isEqualTo(200);

        assertThat(seen).containsExactly("e1", text(delivery));
        assertThat(logged).containsExactly(text(delivery));
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    void aForgedDeliveryIsUnauthorized(Reading reading) throws Exception {
        serveBehind(filter(reading));
        Delivery forged = endpoint.delivery("e1").body(endpoint.delivery("e2").body());

        assertThat(server.post("/hook", forged).statusCode()).isEqualTo(401);
        assertThat(server.post("/hook", forged.without(Delivery.SIGNATURE)).statusCode())
                .isEqualTo(401);

        assertThat(seen).isEmpty();
        assertThat(logged).hasSize(2);
        // but for the hint of how to find out why
        assertThat(log.messages(Level.WARN)).allMatch(line -> line.startsWith("A signature at formflow"));
    }

    @Test
    void aFilterMayReadTheBeginningAlone() throws Exception {
        serveBehind((request, response, chain) -> {
            logged.add(Reading.text(request.getInputStream().readNBytes(3)));
            chain.doFilter(request, response);
        });
        Delivery delivery = endpoint.delivery("e1");

        assertThat(server.post("/hook", delivery).statusCode()).isEqualTo(200);

        assertThat(seen).containsExactly("e1", text(delivery));
        assertThat(logged).containsExactly("{\"e");
    }

    @Test
    void whatAFilterHoldsGoesOnWhereItWasAfterTheCapture() throws Exception {
        serveBehind((request, response, chain) -> {
            ServletInputStream in = request.getInputStream();
            String beginning = Reading.text(in.readNBytes(3));
            chain.doFilter(request, response);
            logged.add(beginning + Reading.text(in.readAllBytes()));
        });
        Delivery delivery = endpoint.delivery("e1");

        server.post("/hook", delivery);

        assertThat(logged).containsExactly(text(delivery));
    }

    @Test
    void logbookMayReadIt() throws Exception {
        serveBehind(new LogbookFilter(Logbook.builder().sink(new Recording()).build()));
        Delivery delivery = endpoint.delivery("e1");

        assertThat(server.post("/hook", delivery).statusCode()).isEqualTo(200);
        assertThat(server.post("/hook", endpoint.delivery("e2").without(Delivery.SIGNATURE))
                        .statusCode())
                .isEqualTo(401);

        assertThat(seen).containsExactly("e1", text(delivery));
        assertThat(logged).contains(text(delivery)).hasSize(2);
    }

    private final class Recording implements Sink {
        @Override
        public void write(Precorrelation precorrelation, HttpRequest request) throws IOException {
            logged.add(request.getBodyAsString());
        }

        @Override
        public void write(Correlation correlation, HttpRequest request, HttpResponse response) {}
    }

    static List<Integer> sizesBeyondTheLimit() {
        return List.of(Endpoint.MAX_BODY_BYTES + 1, Endpoint.MAX_BODY_BYTES + 2, 5 * Endpoint.MAX_BODY_BYTES);
    }

    @ParameterizedTest
    @MethodSource("sizesBeyondTheLimit")
    void aBodyBeyondTheLimitIsTooLargeWhateverWasRead(int size) throws Exception {
        serveBehind(filter(Reading.ALL));
        Delivery delivery = endpoint.deliveryOfSize(size);

        assertThat(server.post("/hook", delivery).statusCode()).isEqualTo(413);
        assertThat(server.send(delivery.chunkedTo(server.request("/hook"))).statusCode())
                .isEqualTo(413);

        assertThat(seen).isEmpty();
        assertThat(logged).containsExactly(text(delivery), text(delivery));
    }

    @Test
    void aFilterThatReadsPartOfABodyBeyondTheLimitHasNoMoreReadForIt() throws Exception {
        AtomicLong read = new AtomicLong();
        server.filter("/*", CountedBody.filter(read));
        serveBehind((request, response, chain) -> {
            request.getInputStream().readNBytes(100);
            chain.doFilter(request, response);
        });

        assertThat(server.send(endpoint.deliveryOfSize(5 * Endpoint.MAX_BODY_BYTES)
                                .chunkedTo(server.request("/hook")))
                        .statusCode())
                .isEqualTo(413);

        assertThat(read).hasValue(Endpoint.MAX_BODY_BYTES + 1);
    }

    // with the same signature header, by chance or of another receiver
    @Test
    void anotherRoutesBodyPassesWhateverItsSize() throws Exception {
        serveBehind((request, response, chain) -> chain.doFilter(request, response));

        server.post("/plain", endpoint.deliveryOfSize(5 * Endpoint.MAX_BODY_BYTES));

        assertThat(seen).containsExactly(5 * Endpoint.MAX_BODY_BYTES + " bytes");
    }

    @Test
    void anotherRoutesFormBeyondTheLimitIsTheContainers() throws Exception {
        serveBehind((request, response, chain) -> {
            logged.add(request.getParameter("a").length() + " characters");
            chain.doFilter(request, response);
        });

        server.post("/plain", FormProvider.delivery("a=" + "b".repeat(5 * Endpoint.MAX_BODY_BYTES)));

        assertThat(logged).containsExactly(5 * Endpoint.MAX_BODY_BYTES + " characters");
    }

    @Test
    void anotherRoutesFormBeyondTheLimitInChunksCanBeReadAfterItsParameters() throws Exception {
        serveBehind((request, response, chain) -> {
            request.getParameter("_method");
            chain.doFilter(request, response);
        });

        server.send(
                FormProvider.delivery("a".repeat(5 * Endpoint.MAX_BODY_BYTES)).chunkedTo(server.request("/plain")));

        assertThat(seen).containsExactly(5 * Endpoint.MAX_BODY_BYTES + " bytes");
    }

    @Test
    void aFilterThatWaitsForItsReadListenerMayPassTheRequestOn() throws Exception {
        serveBehind((request, response, chain) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                chain.doFilter(request, response);
                return;
            }
            AsyncContext context = request.startAsync();
            request.getInputStream().setReadListener(new Collecting(request.getInputStream(), context));
        });
        Delivery delivery = endpoint.deliveryOfSize(Endpoint.MAX_BODY_BYTES);

        assertThat(server.post("/hook", delivery).statusCode()).isEqualTo(200);
        assertThat(server.send(endpoint.delivery("e2").chunkedTo(server.request("/hook")))
                        .statusCode())
                .isEqualTo(200);

        assertThat(seen).containsExactly("sized", text(delivery), "e2", text(endpoint.delivery("e2")));
        assertThat(logged).containsExactly(text(delivery), text(endpoint.delivery("e2")));
        endpoint.assertOutcomes(Kind.HANDLED, Kind.HANDLED);
    }

    private final class Collecting implements ReadListener {
        private final ServletInputStream in;
        private final AsyncContext context;
        private final StringBuilder body = new StringBuilder();

        Collecting(ServletInputStream in, AsyncContext context) {
            this.in = in;
            this.context = context;
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] bytes = new byte[1000];
            while (in.isReady() && !in.isFinished()) {
                int count = in.read(bytes);
                body.append(new String(bytes, 0, Math.max(count, 0), StandardCharsets.UTF_8));
            }
        }

        @Override
        public void onAllDataRead() {
            logged.add(body.toString());
            context.dispatch();
        }

        @Override
        public void onError(Throwable thrown) {
            context.complete();
        }
    }

    @Test
    void aFilterThatDoesNotWaitForItsReadListenerIsToldTo() throws Exception {
        serveBehind((request, response, chain) -> {
            request.startAsync();
            request.getInputStream()
                    .setReadListener(new Collecting(request.getInputStream(), request.getAsyncContext()));
            chain.doFilter(request, response);
            request.getAsyncContext().complete();
        });

        assertThat(server.post("/hook", endpoint.delivery("e1")).statusCode()).isEqualTo(400);

        assertThat(seen).isEmpty();
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("/hook", "onAllDataRead()");
    }

    @Test
    void aBodyThatBreaksOffWhileAFilterReadsItIsNoDelivery() throws Exception {
        serveBehind((request, response, chain) -> {
            try {
                request.getInputStream().readAllBytes();
            } catch (IOException e) {
                logged.add("broken");
            }
            chain.doFilter(request, response);
        });
        Delivery delivery = endpoint.delivery("e1");

        try (Socket socket = server.connect()) {
            socket.getOutputStream()
                    .write(delivery.wire("/hook", "Content-Length: " + (delivery.body().length + 1) + "\r\n"));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 400");
        }
        assertThat(logged).containsExactly("broken");
        assertThat(seen).isEmpty();
    }
}
