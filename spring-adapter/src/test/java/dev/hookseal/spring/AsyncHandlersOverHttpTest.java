package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.spring.app.AsyncController;
import dev.hookseal.spring.app.Calls;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.spring.app.OverHttp;
import dev.hookseal.spring.app.Sender;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
    void aDeferredResultThatTimesOutIsHandledAgain() {
        Delivery delivery = Delivery.formFlow("deferred-late");

        assertThat(sender.send("/hooks/times-out", delivery).statusCode()).isEqualTo(503);
        assertThat(sender.send("/hooks/times-out", delivery).statusCode()).isEqualTo(503);
        assertThat(calls.count("times-out deferred-late")).isEqualTo(2);
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
