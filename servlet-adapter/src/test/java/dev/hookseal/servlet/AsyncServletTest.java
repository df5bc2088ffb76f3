package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.observe.HandlerResult;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
        endpoint.assertOutcomes(Kind.IN_PROGRESS, Kind.HANDLED, Kind.DUPLICATE);
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

        endpoint.assertOutcomes(Kind.FAILED, Kind.HANDLED);
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

    // The container takes request and response back with the time-out, so that nothing tells how the work ends.
    @Test
    void workThatGoesOnAfterATimeOutHoldsTheDelivery() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        serve(endpoint, (request, response) -> {
            AsyncContext context = request.startAsync();
            context.setTimeout(TIMEOUT_MILLIS);
            context.start(() -> {
                Waiting.on(mayEnd);
                try {
                    context.complete();
                } catch (RuntimeException e) {
                    // as a container says that the request is over
                } finally {
                    ended.countDown();
                }
            });
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);
        DeliveryOutcome first = endpoint.nextOutcome();
        assertThat(first.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(((DeliveryOutcome.HandlerRan) first).result())
                .extracting(HandlerResult::status)
                .isEqualTo(500);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(409);
        mayEnd.countDown();
        Waiting.on(ended);

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(409);
    }

    // What went out before is no answer to the time-out: nobody knows how the work ends.
    @Test
    void aTimeOutAfterAFlushHoldsTheDelivery() throws Exception {
        serve(endpoint, (request, response) -> {
            AsyncContext context = request.startAsync();
            context.setTimeout(TIMEOUT_MILLIS);
            response.getWriter().write("begun");
            response.flushBuffer();
        });

        CompletableFuture<HttpResponse<String>> answer = server.postAsync(PATH, endpoint.delivery("e1"));

        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(409);
        // complete or broken off, as the container likes
        assertThat(answer.handle((response, error) -> "ended")).succeedsWithin(Duration.ofSeconds(60));
    }

    @Test
    void aTimeOutThatNobodyAnswersHoldsTheDelivery() throws Exception {
        serve(endpoint, (request, response) -> request.startAsync().setTimeout(TIMEOUT_MILLIS));

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);
        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(409);
    }

    @Test
    void anAnswerOf2xxToATimeOutCounts() throws Exception {
        serve(endpoint, (request, response) -> {
            AsyncContext context = request.startAsync();
            context.setTimeout(TIMEOUT_MILLIS);
            context.addListener(Completing.onTimeoutWith(202));
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(202);

        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.HANDLED);
    }

    @Test
    void anAnswerOf503ToATimeOutHoldsTheDelivery() throws Exception {
        serve(endpoint, (request, response) -> {
            AsyncContext context = request.startAsync();
            context.setTimeout(TIMEOUT_MILLIS);
            context.addListener(Completing.onTimeoutWith(503));
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(503);

        DeliveryOutcome outcome = endpoint.nextOutcome();
        assertThat(outcome.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(((DeliveryOutcome.HandlerRan) outcome).result())
                .extracting(HandlerResult::status)
                .isEqualTo(503);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(409);
    }

    @Test
    void aListenerThatOnlyCompletesATimeOutAnswers500() throws Exception {
        serve(endpoint, (request, response) -> {
            AsyncContext context = request.startAsync();
            context.setTimeout(TIMEOUT_MILLIS);
            context.addListener(Completing.onTimeoutWith(0));
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);

        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void aTimeOutThatIsDispatchedIsAnsweredByTheTarget() throws Exception {
        server.servlet("/late", (request, response) -> response.setStatus(202));
        serve(endpoint, (request, response) -> {
            AsyncContext context = request.startAsync();
            context.setTimeout(TIMEOUT_MILLIS);
            context.addListener(new Completing() {
                @Override
                public void onTimeout(AsyncEvent event) {
                    event.getAsyncContext().dispatch("/late");
                }
            });
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(202);

        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.HANDLED);
    }

    @Test
    void aListenerThatOnlyCompletesAFailedDispatchAnswers500() throws Exception {
        server.servlet("/internal", (request, response) -> {
            throw new ServletException("outer", new IllegalArgumentException("thrown on purpose"));
        });
        serve(endpoint, (request, response) -> {
            AsyncContext context = request.startAsync();
            context.addListener(new Completing() {
                @Override
                public void onError(AsyncEvent event) {
                    event.getAsyncContext().complete();
                }
            });
            context.dispatch("/internal");
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);

        DeliveryOutcome outcome = endpoint.nextOutcome();
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(((DeliveryOutcome.HandlerRan) outcome).result())
                .extracting(HandlerResult::failure)
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatAnAsynchronousHandlersThreadThrowsIsAFailureAtOnce() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        serve(endpoint, (request, response) -> {
            if (calls.incrementAndGet() == 1) {
                AsyncContext context = request.startAsync();
                context.setTimeout(TIMEOUT_MILLIS);
                context.start(() -> {
                    throw new IllegalStateException("thrown on purpose");
                });
            }
        });

        // 500, or Tomcat closes the connection
        CompletableFuture<HttpResponse<String>> answer = server.postAsync(PATH, endpoint.delivery("e1"));

        DeliveryOutcome outcome = endpoint.nextOutcome();
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(((DeliveryOutcome.HandlerRan) outcome).result())
                .extracting(HandlerResult::failure)
                .isInstanceOf(IllegalStateException.class);
        assertFailedOrClosed(answer);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);
    }

    @Test
    void workThatFailsAfterATimeOutReleasesTheDelivery() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        serve(endpoint, (request, response) -> {
            if (calls.incrementAndGet() == 1) {
                AsyncContext context = request.startAsync();
                context.setTimeout(TIMEOUT_MILLIS);
                context.start(() -> {
                    Waiting.on(mayEnd);
                    throw new IllegalStateException("thrown on purpose");
                });
            }
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);
        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.TIMED_OUT);
        mayEnd.countDown();

        HttpResponse<String> answer = server.post(PATH, endpoint.delivery("e1"));
        for (int i = 0; i < 1000 && answer.statusCode() == 409; i++) {
            answer = server.post(PATH, endpoint.delivery("e1"));
        }
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void aServletThatThrowsAfterItHasStartedIsAFailure() throws Exception {
        serve(endpoint, (request, response) -> {
            request.startAsync();
            throw new IllegalStateException("thrown on purpose");
        });

        // Tomcat closes the connection
        CompletableFuture<HttpResponse<String>> answer = server.postAsync(PATH, endpoint.delivery("e1"));

        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.FAILED);
        assertFailedOrClosed(answer);
    }

    private static void assertFailedOrClosed(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        assertThat(answer.handle((response, broken) -> response == null ? 500 : response.statusCode())
                        .get(60, TimeUnit.SECONDS))
                .isEqualTo(500);
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
        endpoint.assertOutcomes(Kind.HANDLED, Kind.DUPLICATE);
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

        endpoint.assertOutcomes(Kind.FAILED, Kind.HANDLED);
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

    // Jetty tells no listener of it, and the claim is held.
    @Test
    void aDispatchToAUrlWithoutTheFilterThatFailsAfterItsAnswerIsNeverAcknowledged() throws Exception {
        server.servlet("/internal", (request, response) -> {
            response.getOutputStream().write('x');
            response.flushBuffer();
            throw new IllegalStateException("thrown on purpose");
        });
        serve(endpoint, (request, response) -> request.startAsync().dispatch("/internal"));

        for (int i = 0; i < 3; i++) {
            assertThat(server.postAsync(PATH, endpoint.delivery("e1")).handle((response, error) -> "ended"))
                    .succeedsWithin(Duration.ofSeconds(60));
        }

        assertThat(endpoint.reported())
                .isNotEmpty()
                .isSubsetOf(Kind.FAILED, Kind.FAILED_AFTER_ANSWER, Kind.IN_PROGRESS);
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

        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.FAILED_AFTER_ANSWER);
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

    private static class Completing implements AsyncListener {
        /** Completes with a status, or with none of its own. */
        static Completing onTimeoutWith(int status) {
            return new Completing() {
                @Override
                public void onTimeout(AsyncEvent event) {
                    if (status > 0) {
                        ((HttpServletResponse) event.getAsyncContext().getResponse()).setStatus(status);
                    }
                    event.getAsyncContext().complete();
                }
            };
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
