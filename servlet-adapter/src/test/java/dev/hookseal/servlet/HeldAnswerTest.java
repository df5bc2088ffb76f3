package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.observe.DeliveryOutcome.Kind;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender that has its answer may redeliver at once, and by then the delivery is known as handled. */
class HeldAnswerTest {
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
    void noByteOfAnAnswerGoesOutBeforeTheDeliveryIsKnownAsHandled(Sending sending) throws Exception {
        AtomicReference<Socket> sender = new AtomicReference<>();
        AtomicInteger bytesSeen = new AtomicInteger(-1);
        // what has been sent over the loopback interface has arrived
        Endpoint endpoint = new Endpoint(new GatedStore(() -> bytesSeen.set(available(sender.get()))));
        serve(endpoint, (request, response) -> sending.answer(response));

        String answer;
        try (Socket socket = server.connect()) {
            sender.set(socket);
            socket.getOutputStream().write(endpoint.delivery("e1").wire(PATH));
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }

        assertThat(bytesSeen).hasValue(0);
        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("received").contains("Content-Length: 8");
    }

    private static int available(Socket socket) {
        try {
            return socket.getInputStream().available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theEndOfALongAnswerDoesNotGoOutBeforeTheDeliveryIsKnownAsHandled() throws Exception {
        CountDownLatch completing = new CountDownLatch(1);
        CountDownLatch mayComplete = new CountDownLatch(1);
        Endpoint endpoint = new Endpoint(new GatedStore(() -> {
            completing.countDown();
            Waiting.on(mayComplete);
        }));
        // as much as fills a container's buffer several times, to its last byte
        byte[] answer = "long".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        serve(endpoint, (request, response) -> {
            response.setHeader("content-length", Integer.toString(answer.length));
            response.getOutputStream().write(answer);
            response.getOutputStream().close();
        });
        CompletableFuture<HttpResponse<String>> first = server.postAsync(PATH, endpoint.delivery("e1"));
        Waiting.on(completing);

        HttpResponse<String> meanwhile = server.post(PATH, endpoint.delivery("e1"));
        assertThat(first).isNotDone();
        mayComplete.countDown();

        assertThat(meanwhile.statusCode()).isEqualTo(409);
        assertThat(first.get(60, TimeUnit.SECONDS).body()).hasSize(answer.length);
    }

    @Test
    void whoeverRedeliversOnTheAnswerIsToldThatItIsHandled() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Executor slow = Executors.newSingleThreadExecutor(HeldAnswerTest::daemon);
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
        assertThat(endpoint.outcomes()).containsOnly(Kind.HANDLED, Kind.DUPLICATE);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    @Test
    void aContentLengthThatTheServletSetsReachesTheSender() throws Exception {
        Endpoint endpoint = new Endpoint();
        serve(endpoint, (request, response) -> {
            response.addIntHeader("Content-Length", ANSWER.length);
            assertThat(response.containsHeader("Content-Length")).isTrue();
            response.getOutputStream().write(ANSWER);
        });

        HttpResponse<String> answer = server.post(PATH, endpoint.delivery("e1"));

        assertThat(answer.headers().allValues("Content-Length")).containsExactly("8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Other", "content-type"})
    void otherHeadersGoThrough(String name) throws Exception {
        Endpoint endpoint = new Endpoint();
        serve(endpoint, (request, response) -> {
            response.setHeader(name, "text/plain");
            response.addHeader("X-Added", "1");
            response.addHeader("X-Added", "2");
            response.setIntHeader("X-Int", 3);
        });

        HttpResponse<String> answer = server.post(PATH, endpoint.delivery("e1"));

        assertThat(answer.headers().firstValue(name)).hasValue("text/plain");
        assertThat(answer.headers().allValues("X-Added")).containsExactly("1", "2");
        assertThat(answer.headers().firstValue("X-Int")).hasValue("3");
    }
}
