package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.spring.app.Calls;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.spring.app.OverHttp;
import dev.hookseal.spring.app.Routes;
import dev.hookseal.spring.app.Sender;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.servlet.function.ServerResponse;

@OverHttp
class RouterFunctionsOverHttpTest {
    @Autowired
    private Calls calls;

    @Autowired
    private Routes routes;

    private Sender sender;

    @BeforeEach
    void connect(@Value("${local.server.port}") int port) {
        sender = new Sender(port);
    }

    @Test
    void givesAHandlerTheVerifiedEventOnce() {
        Delivery delivery = Delivery.formFlow("routed");

        assertThat(sender.send("/routes/event", delivery).body()).isEqualTo("extracted");
        HttpResponse<String> repeat = sender.send("/routes/event", delivery);

        assertThat(repeat.statusCode()).isEqualTo(200);
        assertThat(repeat.body()).isEmpty();
        assertThat(calls.count("route routed")).isOne();
    }

    @Test
    void answersAForgedDeliveryItself() {
        HttpResponse<String> response =
                sender.send("/routes/event", Delivery.formFlow("forged", "extracted", "a guess"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/problem+json");
        assertThat(response.body()).isEqualTo("{\"title\":\"Unauthorized\",\"status\":401}");
        assertThat(calls.count("route forged")).isZero();
    }

    @Test
    void leavesTheBodyToTheHandler() {
        Delivery delivery = Delivery.formFlow("body");

        assertThat(sender.send("/routes/body", delivery).body()).contains("\"eventId\":\"body\"");
    }

    @Test
    void handlesTheRedeliveryAfterAnException() {
        Delivery delivery = Delivery.formFlow("failing-route");

        assertThat(sender.send("/routes/event", delivery).statusCode()).isEqualTo(500);
        assertThat(sender.send("/routes/event", delivery).body()).isEqualTo("extracted");
    }

    @Test
    void handlesTheEventsThatItIsAskedFor() {
        sender.send("/routes/exports", Delivery.formFlow("no-export"));
        sender.send("/routes/exports", Delivery.formFlow("an-export", "export", Delivery.FORMFLOW_SECRET));

        assertThat(calls.count("route no-export")).isZero();
        assertThat(calls.count("route an-export")).isOne();
    }

    @Test
    void anAsynchronousAnswerCountsOnceItIsThere() throws InterruptedException {
        Delivery delivery = Delivery.formFlow("routed-later");
        CompletableFuture<HttpResponse<String>> first = sender.sendAsync("/routes/future", delivery);
        routes.futures().take().complete(ServerResponse.status(422).build());
        assertThat(first.join().statusCode()).isEqualTo(422);

        CompletableFuture<HttpResponse<String>> second = sender.sendAsync("/routes/future", delivery);
        CompletableFuture<ServerResponse> answer = routes.futures().take();
        assertThat(sender.send("/routes/future", delivery).statusCode()).isEqualTo(409);
        answer.complete(ServerResponse.ok().body("now"));

        assertThat(second.join().body()).isEqualTo("now");
        assertThat(sender.send("/routes/future", delivery).statusCode()).isEqualTo(200);
        assertThat(calls.count("future route routed-later")).isEqualTo(2);
    }

    @Test
    void givesNoEventWithoutAFilter() {
        assertThat(sender.send("/routes/without-filter", Delivery.formFlow("unfiltered"))
                        .statusCode())
                .isEqualTo(500);
        assertThat(calls.count("route unfiltered")).isZero();
    }

    @Test
    void givesNoEventOfAnotherType() {
        assertThat(sender.send("/routes/wrong-type", Delivery.formFlow("wrong-type"))
                        .statusCode())
                .isEqualTo(500);
    }
}
