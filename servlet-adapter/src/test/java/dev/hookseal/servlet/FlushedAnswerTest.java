package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.observe.HandlerResult;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The response is the container's: what a servlet flushes goes out while it works on. */
class FlushedAnswerTest {
    private static final String PATH = "/webhooks/formflow";
    private static final byte[] ANSWER = "received".getBytes(StandardCharsets.US_ASCII);

    @AutoClose
    private final Server server = new Server();

    /** The ways in which a servlet can try to send its answer. */
    enum Sending {
        FLUSHED_BUFFER {
            @Override
            void answer(HttpServletResponse response) throws IOException {
                response.getOutputStream().write(ANSWER);
                response.flushBuffer();
            }
        },
        FLUSHED_STREAM {
            @Override
            void answer(HttpServletResponse response) throws IOException {
                for (byte b : ANSWER) {
                    response.getOutputStream().write(b);
                }
                response.getOutputStream().flush();
            }
        },
        CLOSED_STREAM {
            @Override
            void answer(HttpServletResponse response) throws IOException {
                response.getOutputStream().write(ANSWER);
                response.getOutputStream().close();
            }
        },
        FLUSHED_WRITER {
            @Override
            void answer(HttpServletResponse response) throws IOException {
                response.getWriter().print("received");
                response.getWriter().flush();
            }
        },
        CLOSED_WRITER {
            @Override
            void answer(HttpServletResponse response) throws IOException {
                response.getWriter().print("received");
                response.getWriter().close();
            }
        },
        WHOLE_LENGTH {
            @Override
            void answer(HttpServletResponse response) throws IOException {
                response.setContentLength(ANSWER.length);
                response.getOutputStream().write(ANSWER);
                response.flushBuffer();
            }
        };

        abstract void answer(HttpServletResponse response) throws IOException;
    }

    private void serve(Endpoint endpoint, Server.Handler handler) {
        server.filter(PATH, WebhookFilter.of(endpoint.receiver()))
                .servlet(PATH, handler)
                .start();
    }

    @ParameterizedTest
    @EnumSource(Sending.class)
    void theSenderGetsWhatAServletFlushesWhileItWorksOn(Sending sending) throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Endpoint endpoint = new Endpoint();
        serve(endpoint, (request, response) -> {
            sending.answer(response);
            Waiting.on(mayEnd);
        });

        try (Socket socket = server.connect()) {
            socket.getOutputStream().write(endpoint.delivery("e1").wire(PATH));
            assertThat(readUntil(socket.getInputStream(), "received")).startsWith("HTTP/1.1 200");
            assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(409);
        } finally {
            mayEnd.countDown();
        }

        endpoint.assertOutcomes(Kind.IN_PROGRESS, Kind.HANDLED);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int c = in.read();
            assertThat(c).as("end of the answer after: " + text).isNotNegative();
            text.append((char) c);
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(Sending.class)
    void aFailureAfterTheAnswerIsReportedAndARedeliveryIsHandled(Sending sending) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Endpoint endpoint = new Endpoint();
        serve(endpoint, (request, response) -> {
            sending.answer(response);
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("thrown on purpose");
            }
        });

        try (Socket socket = server.connect()) {
            socket.getOutputStream().write(endpoint.delivery("e1").wire(PATH));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200");
        }

        DeliveryOutcome outcome = endpoint.nextOutcome();
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED_AFTER_ANSWER);
        assertThat(((DeliveryOutcome.HandlerRan) outcome).result())
                .extracting(HandlerResult::failure)
                .isInstanceOf(IllegalStateException.class);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);
        endpoint.assertOutcomes(Kind.HANDLED);
    }

    @Test
    void aFailureAfterMoreThanTheBufferHoldsIsReported() throws Exception {
        Endpoint endpoint = new Endpoint();
        serve(endpoint, (request, response) -> {
            response.getOutputStream().write(new byte[1 << 20]);
            throw new IllegalStateException("thrown on purpose");
        });

        try (Socket socket = server.connect()) {
            socket.getOutputStream().write(endpoint.delivery("e1").wire(PATH));
            socket.getInputStream().readAllBytes();
        }

        endpoint.assertOutcomes(Kind.FAILED_AFTER_ANSWER);
    }

    @Test
    void whoeverRedeliversOnTheAnswerIsToldThatItIsHandled() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Executor slow = Executors.newSingleThreadExecutor(FlushedAnswerTest::daemon);
        // another thread marks it, so that the answer would be faster if it did not wait
        Endpoint endpoint = new Endpoint(new GatedStore(
                () -> CompletableFuture.runAsync(Thread::yield, slow).join()));
        serve(endpoint, (request, response) -> {
            calls.incrementAndGet();
            Sending.CLOSED_STREAM.answer(response);
        });

        for (int i = 0; i < 100; i++) {
            assertThat(server.post(PATH, endpoint.delivery("e" + i)).body()).isEqualTo("received");
            HttpResponse<String> redelivery = server.post(PATH, endpoint.delivery("e" + i));
            assertThat(redelivery.statusCode()).isEqualTo(200);
            assertThat(redelivery.body()).isEmpty();
        }

        assertThat(calls).hasValue(100);
        for (int i = 0; i < 100; i++) {
            assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.HANDLED);
            assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.DUPLICATE);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }
}
