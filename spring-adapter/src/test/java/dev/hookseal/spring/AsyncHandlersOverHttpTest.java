package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.spring.app.AsyncController;
import dev.hookseal.spring.app.Calls;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.spring.app.Outcomes;
import dev.hookseal.spring.app.OverHttp;
import dev.hookseal.spring.app.Sender;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.context.request.async.DeferredResult;

/** Handlers that answer later: their dispatch back into Spring MVC does not count as a second delivery. */
@OverHttp
class AsyncHandlersOverHttpTest {
    @Autowired
    private Calls calls;

    @Autowired
    private AsyncController handlers;

    @Autowired
    private Outcomes outcomes;

    private Sender sender;

    @BeforeEach
    void connect(@Value("${local.server.port}") int port) {
        sender = new Sender(port);
    }

    @Test
    void aDeferredResultIsHandledOnceItIsSet() throws InterruptedException {
        Delivery delivery = Delivery.formFlow("deferred-set");
        CompletableFuture<HttpResponse<String>> response = sender.sendAsync("/hooks/deferred", delivery);
        DeferredResult<String> result = handlers.deferred().take();

        assertThat(sender.send("/hooks/deferred", delivery).statusCode())
                .as("a repeat in the meantime")
                .isEqualTo(409);
        assertThat(sender.send("/hooks/deferred", delivery).headers().firstValue("Retry-After"))
                .isPresent();
        result.setResult("set");

        assertThat(response.join().statusCode()).isEqualTo(200);
        assertThat(response.join().body()).isEqualTo("set");
        assertThat(sender.send("/hooks/deferred", delivery).statusCode()).isEqualTo(200);
        assertThat(calls.count("deferred deferred-set")).isOne();
    }

    @Test
    void aDeferredResultThatFailsIsHandledAgain() throws InterruptedException {
        Delivery delivery = Delivery.formFlow("deferred-failed");
        CompletableFuture<HttpResponse<String>> first = sender.sendAsync("/hooks/deferred", delivery);
        handlers.deferred().take().setErrorResult(new IllegalArgumentException("the first time"));
        assertThat(first.join().statusCode()).isEqualTo(500);

        CompletableFuture<HttpResponse<String>> second = sender.sendAsync("/hooks/deferred", delivery);
        handlers.deferred().take().setResult("the second time");

        assertThat(second.join().body()).isEqualTo("the second time");
        assertThat(calls.count("deferred deferred-failed")).isEqualTo(2);
    }

    @Test
    void aDeferredResultThatTimesOutKeepsRedeliveriesWaiting() throws Exception {
        Delivery delivery = Delivery.formFlow("deferred-late");

        assertThat(sender.send("/hooks/times-out", delivery).statusCode()).isEqualTo(503);
        assertThat(sender.send("/hooks/times-out", delivery).statusCode()).isEqualTo(409);
        assertThat(calls.count("times-out deferred-late")).isOne();
        assertThat(outcomes.of("deferred-late", 2))
                .extracting(DeliveryOutcome::kind)
                .containsExactly(Kind.TIMED_OUT, Kind.IN_PROGRESS);
    }

    @Test
    void aDeferredResultThatTimesOutIsHandledIfTheApplicationAnswersOk() throws Exception {
        Delivery delivery = Delivery.formFlow("deferred-given-up");

        assertThat(sender.send("/hooks/times-out-ok", delivery).body()).isEqualTo("given up");
        assertThat(sender.send("/hooks/times-out-ok", delivery).statusCode()).isEqualTo(200);
        assertThat(calls.count("times-out-ok deferred-given-up")).isOne();
        assertThat(outcomes.of("deferred-given-up", 2))
                .extracting(DeliveryOutcome::kind)
                .containsExactly(Kind.HANDLED, Kind.DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"future", "callable"})
    void workThatTimesOutHoldsRedeliveriesUntilItIsThroughAndIsThenHandled(String how) {
        Delivery delivery = Delivery.formFlow("late-" + how);
        assertThat(sender.send("/hooks/late-" + how, delivery).statusCode()).isEqualTo(503);
        assertThat(sender.send("/hooks/late-" + how, delivery).statusCode()).isEqualTo(409);

        handlers.late("late-" + how).complete("late");

        assertSettled("/hooks/late-" + how, delivery, 200);
        assertThat(calls.count("late late-" + how)).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"future", "callable"})
    void workThatTimesOutAndFailsIsHandledAgain(String how) {
        Delivery delivery = Delivery.formFlow("late-failing-" + how);
        assertThat(sender.send("/hooks/late-" + how, delivery).statusCode()).isEqualTo(503);

        handlers.late("late-failing-" + how).completeExceptionally(new IllegalStateException("late"));

        assertSettled("/hooks/late-" + how, delivery, 500);
        assertThat(calls.count("late late-failing-" + how)).isEqualTo(2);
    }

    /** The work goes on in another thread: until it has told, the answer is 409. */
    private void assertSettled(String path, Delivery delivery, int status) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        int answer;
        do {
            answer = sender.send(path, delivery).statusCode();
        } while (answer == 409 && System.nanoTime() < end);
        assertThat(answer).isEqualTo(status);
    }

    @Test
    void aFutureIsHandledOnceItIsComplete() throws InterruptedException {
        Delivery delivery = Delivery.formFlow("future-complete");
        CompletableFuture<HttpResponse<String>> response = sender.sendAsync("/hooks/future", delivery);
        handlers.futures().take().complete("complete");

        assertThat(response.join().body()).isEqualTo("complete");
        assertThat(sender.send("/hooks/future", delivery).statusCode()).isEqualTo(200);
        assertThat(calls.count("future future-complete")).isOne();
    }

    @Test
    void aFutureThatFailsIsHandledAgain() throws InterruptedException {
        Delivery delivery = Delivery.formFlow("future-failed");
        CompletableFuture<HttpResponse<String>> first = sender.sendAsync("/hooks/future", delivery);
        handlers.futures().take().completeExceptionally(new IllegalArgumentException("the first time"));
        assertThat(first.join().statusCode()).isEqualTo(500);

        CompletableFuture<HttpResponse<String>> second = sender.sendAsync("/hooks/future", delivery);
        handlers.futures().take().complete("the second time");

        assertThat(second.join().body()).isEqualTo("the second time");
    }

    @Test
    void aCallableIsCalledOnce() {
        Delivery delivery = Delivery.formFlow("called");

        assertThat(sender.send("/hooks/callable", delivery).body()).isEqualTo("called");
        assertThat(sender.send("/hooks/callable", delivery).body()).isEmpty();
        assertThat(calls.count("callable called")).isOne();
    }

    @Test
    void aCallableThatThrowsIsCalledAgain() {
        Delivery delivery = Delivery.formFlow("failing-callable");

        assertThat(sender.send("/hooks/callable", delivery).statusCode()).isEqualTo(500);
        assertThat(sender.send("/hooks/callable", delivery).body()).isEqualTo("called");
    }
}
