package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.delivery.DeliveryOutcome.Kind;
import dev.hookseal.formflow.FormFlowEvent;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An asynchronous servlet has answered when it completes, not when it returns. */
class AsyncServletTest {
    private static final String PATH = "/webhooks/formflow";
    // of a much shorter one Jetty may lose the end
    private static final long TIMEOUT_MILLIS = 500;

    private final Endpoint endpoint = new Endpoint();

    @AutoClose
    private final Server server = new Server();

    private void serve(Endpoint at, Server.Handler handler) {
        server.filter(PATH, WebhookFilter.of(at.receiver()), DispatcherType.REQUEST, DispatcherType.ASYNC)
                .servlet(PATH, handler)
                .start();
    }

    private static void write(AsyncContext context, int status, String text) {
        try {
            HttpServletResponse response = (HttpServletResponse) context.getResponse();
            response.setStatus(status);
            response.getWriter().write(text);
            response.flushBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDeliveryIsHandledWhenAnotherThreadCompletes() throws Exception {
        CountDownLatch returned = new CountDownLatch(1);
        server.filter(PATH, (request, response, chain) -> {
            chain.doFilter(request, response);
            returned.countDown();
        });
        CountDownLatch mayComplete = new CountDownLatch(1);
        serve(endpoint, (request, response) -> {
            AsyncContext context = request.startAsync();
            context.start(() -> {
                Waiting.on(mayComplete);
                write(context, 202, "done");
                context.complete();
            });
        });

        CompletableFuture<HttpResponse<String>> first = server.postAsync(PATH, endpoint.delivery("e1"));
        Waiting.on(returned);
        HttpResponse<String> meanwhile = server.post(PATH, endpoint.delivery("e1"));
        mayComplete.countDown();

        assertThat(meanwhile.statusCode()).isEqualTo(409);
        assertThat(first.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
        assertThat(first.get().body()).isEqualTo("done");
        assertThat(server.post(PATH, endpoint.delivery("e1")).body()).isEmpty();
        assertThat(endpoint.outcomes()).containsExactly(Kind.IN_PROGRESS, Kind.HANDLED, Kind.REPEATED);
    }

    @Test
    void noByteOfACompletedAnswerGoesOutBeforeTheDeliveryIsKnownAsHandled() throws Exception {
        assertNoByteGoesOutBeforeTheDeliveryIsKnownAsHandled((request, response) -> {
            request.startAsync();
            // asked for again, as a library would that did not start it
            AsyncContext context = request.getAsyncContext();
            context.start(() -> {
                write(context, 200, "done");
                context.complete();
            });
        });
    }

    @Test
    void noByteOfADispatchedAnswerGoesOutBeforeTheDeliveryIsKnownAsHandled() throws Exception {
        assertNoByteGoesOutBeforeTheDeliveryIsKnownAsHandled((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.startAsync().dispatch();
            } else {
                response.getWriter().write("done");
                response.flushBuffer();
            }
        });
    }

    private void assertNoByteGoesOutBeforeTheDeliveryIsKnownAsHandled(Server.Handler handler) throws Exception {
        AtomicReference<Socket> sender = new AtomicReference<>();
        AtomicInteger bytesSeen = new AtomicInteger(-1);
        Endpoint watched = new Endpoint(new GatedStore(() -> {
            try {
                bytesSeen.set(sender.get().getInputStream().available());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        serve(watched, handler);

        try (Socket socket = server.connect()) {
            sender.set(socket);
            socket.getOutputStream().write(watched.delivery("e1").wire(PATH));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200")
                    .contains("done");
        }

        assertThat(bytesSeen).hasValue(0);
    }

    @Test
    void anAsynchronousAnswerOfFailureLetsARedeliveryIn() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        serve(endpoint, (request, response) -> {
            AsyncContext context = request.startAsync(request, response);
            context.start(() -> {
                write(context, calls.incrementAndGet() == 1 ? 503 : 200, "done");
                context.complete();
            });
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(503);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);

        assertThat(endpoint.outcomes()).containsExactly(Kind.FAILED, Kind.HANDLED);
    }

    @Test
    void aServletThatCompletesBeforeItReturnsIsHandled() throws Exception {
        serve(endpoint, (request, response) -> {
            AsyncContext context = request.startAsync();
            write(context, 200, "done");
            context.complete();
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).body()).isEqualTo("done");
        assertThat(server.post(PATH, endpoint.delivery("e1")).body()).isEmpty();
    }

    @Test
    void aTimeOutLetsARedeliveryIn() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        serve(endpoint, (request, response) -> {
            if (calls.incrementAndGet() == 1) {
                request.startAsync().setTimeout(TIMEOUT_MILLIS);
            }
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);
        // the container reports its own end after the answer
        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.FAILED);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);

        assertThat(calls).hasValue(2);
    }

    @Test
    void whatIsAnsweredToATimeOutCounts() throws Exception {
        serve(endpoint, (request, response) -> {
            AsyncContext context = request.startAsync();
            context.setTimeout(TIMEOUT_MILLIS);
            context.addListener(new CompleteOnTimeout());
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(202);

        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.HANDLED);
    }

    @Test
    void aDispatchIsHandledByItsTargetWithEventAndBody() throws Exception {
        serve(endpoint, (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                AsyncContext context = request.startAsync();
                context.start(context::dispatch);
                return;
            }
            response.setStatus(201);
            answerWithWhatIsSeen(request, response);
        });
        Delivery delivery = endpoint.delivery("e1");

        HttpResponse<String> answer = server.post(PATH, delivery);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("e1 " + new String(delivery.body(), StandardCharsets.UTF_8));
        assertThat(server.post(PATH, endpoint.delivery("e1")).body()).isEmpty();
        assertThat(endpoint.outcomes()).containsExactly(Kind.HANDLED, Kind.REPEATED);
    }

    @Test
    void aDispatchBeforeTheServletReturnsIsNotItsEnd() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        serve(endpoint, (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.startAsync().dispatch();
            } else if (calls.incrementAndGet() == 1) {
                response.sendError(500);
            }
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);

        assertThat(endpoint.outcomes()).containsExactly(Kind.FAILED, Kind.HANDLED);
    }

    @Test
    void aDispatchToAUrlWithoutTheFilterEndsWithTheRequest() throws Exception {
        server.servlet("/internal", (request, response) -> {
            response.setStatus(202);
            answerWithWhatIsSeen(request, response);
        });
        serve(endpoint, (request, response) -> request.startAsync().dispatch("/internal"));

        HttpResponse<String> answer = server.post(PATH, endpoint.delivery("e1"));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).startsWith("e1 {");
        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.HANDLED);
    }

    @Test
    void aDispatchedServletThatThrowsLetsARedeliveryIn() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        server.servlet("/internal", (request, response) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("thrown on purpose");
            }
        });
        serve(endpoint, (request, response) -> request.startAsync().dispatch("/internal"));

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);
        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.FAILED);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);
        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.HANDLED);
    }

    @Test
    void aDispatchedServletThatThrowsInTheMiddleOfAnAnswerLetsARedeliveryIn() throws Exception {
        serve(endpoint, (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.startAsync().dispatch();
                return;
            }
            // more than the container's buffer, so that its status has gone out
            response.getOutputStream().write(new byte[1 << 20]);
            throw new IllegalStateException("thrown on purpose");
        });

        CompletableFuture<HttpResponse<String>> answer = server.postAsync(PATH, endpoint.delivery("e1"));

        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.FAILED);
        assertThat(answer).failsWithin(Duration.ofSeconds(60));
    }

    @Test
    void aRequestMayStartAgainAfterADispatch() throws Exception {
        AtomicInteger passes = new AtomicInteger();
        server.servlet("/internal", (request, response) -> {
            if (passes.incrementAndGet() < 3) {
                request.startAsync().dispatch("/internal");
            } else {
                response.setStatus(202);
            }
        });
        serve(endpoint, (request, response) -> request.startAsync().dispatch("/internal"));

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(202);

        assertThat(passes).hasValue(3);
        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.HANDLED);
    }

    private static void answerWithWhatIsSeen(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setCharacterEncoding("UTF-8");
        response.getWriter()
                .write(WebhookFilter.verified(request, FormFlowEvent.class)
                                .event()
                                .eventId() + " " + request.getReader().readLine());
    }

    private static final class CompleteOnTimeout implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            ((HttpServletResponse) event.getAsyncContext().getResponse()).setStatus(202);
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
