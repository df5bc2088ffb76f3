package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.fixture.BrokenStore;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.store.InMemoryDeliveryStore;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sender gets, and what the servlet sees. */
class WebhookFilterTest {
    private static final String PATH = "/webhooks/formflow";

    private final Endpoint endpoint = new Endpoint();
    private final List<String> handled = new CopyOnWriteArrayList<>();

    @AutoClose
    private final Server server = new Server();

    private void serve() {
        serve((request, response) -> {
            handled.add(
                    WebhookFilter.verified(request, FormFlowEvent.class).event().eventId());
            response.setContentType("application/json");
            response.getWriter().write("{\"received\":true}");
        });
    }

    private void serve(Server.Handler handler) {
        serve(endpoint, handler);
    }

    private void serve(Endpoint at, Server.Handler handler) {
        server.filter(PATH, WebhookFilter.of(at.receiver()))
                .servlet(PATH, handler)
                .start();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String title) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/problem+json");
        assertThat(answer.headers().allValues("Content-Length"))
                .containsExactly(String.valueOf(answer.body().length()));
        assertThat(answer.body()).isEqualTo("{\"title\":\"" + title + "\",\"status\":" + status + "}");
    }

    @Test
    void aGenuineDeliveryGetsTheServletsOwnAnswer() throws Exception {
        serve();

        HttpResponse<String> answer = server.post(PATH, endpoint.delivery("e1"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.body()).isEqualTo("{\"received\":true}");
        assertThat(handled).containsExactly("e1");
        endpoint.assertOutcomes(Kind.HANDLED);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 299})
    void anyStatusOfSuccessIsHandled(int status) throws Exception {
        serve((request, response) -> {
            handled.add("called");
            response.setStatus(status);
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(status);
        HttpResponse<String> redelivery = server.post(PATH, endpoint.delivery("e1"));

        assertThat(redelivery.statusCode()).isEqualTo(200);
        assertThat(redelivery.body()).isEmpty();
        assertThat(handled).hasSize(1);
        endpoint.assertOutcomes(Kind.HANDLED, Kind.DUPLICATE);
    }

    @Test
    void anEventThatIsNotAskedForIsAcknowledgedUnhandled() throws Exception {
        server.filter(PATH, WebhookFilter.of(endpoint.receiver()).events("export"))
                .servlet(PATH, (request, response) -> handled.add("called"))
                .start();

        HttpResponse<String> answer = server.post(PATH, endpoint.delivery("e1"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(handled).isEmpty();
        endpoint.assertOutcomes(Kind.IGNORED);
    }

    @Test
    void anEventThatIsAskedForIsHandled() throws Exception {
        server.filter(PATH, WebhookFilter.of(endpoint.receiver()).events("export", "extracted"))
                .servlet(PATH, (request, response) -> handled.add("called"))
                .start();

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);

        assertThat(handled).hasSize(1);
    }

    @Test
    void anEventThatTheProviderDoesNotSendFailsTheSetUp() {
        WebhookFilter filter = WebhookFilter.of(endpoint.receiver());

        assertThatThrownBy(() -> filter.events("extractd"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("extractd")
                .hasMessageContaining("extracted");
    }

    @Test
    void noEventsAtAllFailTheSetUp() {
        WebhookFilter filter = WebhookFilter.of(endpoint.receiver());

        assertThatThrownBy(filter::events).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anUnsignedDeliveryIsUnauthorized() throws Exception {
        serve();

        HttpResponse<String> answer = server.post(PATH, endpoint.delivery("e1").without(Delivery.SIGNATURE));

        assertProblem(answer, 401, "Unauthorized");
        assertThat(handled).isEmpty();
    }

    @Test
    void aDoubledSignatureIsUnauthorized() throws Exception {
        serve();
        Delivery genuine = endpoint.delivery("e1");

        HttpResponse<String> answer = server.post(PATH, genuine.with(Delivery.SIGNATURE, genuine.signature()));

        assertProblem(answer, 401, "Unauthorized");
        assertThat(handled).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no hex at all", "00", "sha256=00"})
    void aMalformedSignatureIsUnauthorized(String signature) throws Exception {
        serve();

        HttpResponse<String> answer = server.post(PATH, endpoint.delivery("e1").replace(Delivery.SIGNATURE, signature));

        assertProblem(answer, 401, "Unauthorized");
        assertThat(handled).isEmpty();
    }

    @Test
    void aBodyThatIsNotTheSignedOneIsUnauthorized() throws Exception {
        serve();
        Delivery other = endpoint.delivery("e2");

        HttpResponse<String> answer = server.post(PATH, endpoint.delivery("e1").body(other.body()));

        assertProblem(answer, 401, "Unauthorized");
        assertThat(handled).isEmpty();
    }

    @Test
    void aSignedEventThatIsTooOldIsUnauthorized() throws Exception {
        serve();

        HttpResponse<String> answer = server.post(
                PATH,
                endpoint.signed(
                        "{\"eventId\":\"e1\",\"eventType\":\"export\",\"timestamp\":\"2023-10-25T12:00:29Z\"}"));

        assertProblem(answer, 401, "Unauthorized");
        assertThat(handled).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"eventType\":\"export\"}", "{"})
    void aSignedBodyThatTheProviderDoesNotSendIsABadRequest(String body) throws Exception {
        serve();

        HttpResponse<String> answer = server.post(PATH, endpoint.signed(body));

        assertProblem(answer, 400, "Bad Request");
        assertThat(handled).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "post", "HOOK"})
    void anyMethodButPostIsNotAllowed(String method) throws Exception {
        serve();

        HttpResponse<String> answer = server.post(PATH, endpoint.delivery("e1").method(method));

        assertProblem(answer, 405, "Method Not Allowed");
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
        assertThat(handled).isEmpty();
    }

    @Test
    void headIsNotAllowedWithoutABody() throws Exception {
        serve();

        String answer = server.exchange(
                endpoint.delivery("e1").body(new byte[0]).method("HEAD").wire(PATH));

        assertThat(answer).startsWith("HTTP/1.1 405").contains("Allow: POST").endsWith("\r\n\r\n");
        assertThat(handled).isEmpty();
    }

    // The server's own answers, or the filter's: never the servlet's.
    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "G\u00c4T", "A B"})
    void whatAServerAnswersItselfReachesNoServlet(String method) throws Exception {
        serve();

        assertThat(server.exchange(endpoint.delivery("e1").method(method).wire(PATH)))
                .matches("(?s)HTTP/1.1 (4\\d\\d|501) .*")
                .doesNotContain("received");
        assertThat(handled).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "br", "x-unknown", "identity, deflate"})
    void anEncodedBodyIsABadRequestWhateverWasSigned(String encoding) throws Exception {
        serve();

        HttpResponse<String> answer = server.post(PATH, endpoint.delivery("e1").with("Content-Encoding", encoding));

        assertProblem(answer, 400, "Bad Request");
        assertThat(handled).isEmpty();
    }

    @Test
    void identityIsNoEncoding() throws Exception {
        serve();

        assertThat(server.post(PATH, endpoint.delivery("e1").with("Content-Encoding", "identity"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theSignatureHeaderIsFoundInAnyCase() throws Exception {
        serve();
        Delivery genuine = endpoint.delivery("e1");

        Delivery shouted = genuine.without(Delivery.SIGNATURE).with("X-WEBHOOK-SIGNATURE", genuine.signature());

        assertThat(server.post(PATH, shouted).statusCode()).isEqualTo(200);
        assertThat(handled).containsExactly("e1");
    }

    @Test
    void aChunkedDeliveryIsHandled() throws Exception {
        serve();

        HttpResponse<String> answer = server.send(endpoint.delivery("e1").chunkedTo(server.request(PATH)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(handled).containsExactly("e1");
    }

    @Test
    void theSameDeliveryInProgressIsAConflictToBeRetried() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        serve((request, response) -> {
            handled.add("called");
            started.countDown();
            Waiting.on(mayEnd);
        });
        CompletableFuture<HttpResponse<String>> first = server.postAsync(PATH, endpoint.delivery("e1"));
        Waiting.on(started);

        HttpResponse<String> second = server.post(PATH, endpoint.delivery("e1"));
        mayEnd.countDown();

        assertProblem(second, 409, "Conflict");
        assertThat(second.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(first.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(handled).hasSize(1);
    }

    @Test
    void aStoreThatCannotAnswerMakesTheServiceUnavailable() throws Exception {
        Endpoint broken = new Endpoint(BrokenStore.always());
        serve(broken, (request, response) -> handled.add("called"));

        HttpResponse<String> answer = server.post(PATH, broken.delivery("e1"));

        assertProblem(answer, 503, "Service Unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(handled).isEmpty();
    }

    @Test
    void aServletThatThrowsGivesTheContainersErrorAndARedeliveryIsHandled() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        serve((request, response) -> {
            response.getWriter().write("half an answer");
            if (calls.incrementAndGet() == 1) {
                throw new ServletException("thrown on purpose");
            }
            response.reset();
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);

        assertThat(calls).hasValue(2);
        endpoint.assertOutcomes(Kind.FAILED, Kind.HANDLED);
    }

    @Test
    void anErrorThatAServletThrowsIsAFailureToo() throws Exception {
        serve((request, response) -> {
            throw new AssertionError("thrown on purpose");
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);

        endpoint.assertOutcomes(Kind.FAILED);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 404, 422, 500, 503})
    void afterAnyOtherStatusARedeliveryIsHandled(int status) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        serve((request, response) -> response.setStatus(calls.incrementAndGet() == 1 ? status : 200));

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(status);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);

        assertThat(calls).hasValue(2);
    }

    @Test
    void sendErrorCountsAsItsStatus() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        serve((request, response) -> {
            if (calls.incrementAndGet() == 1) {
                response.setContentLength(17);
                response.sendError(500, "on purpose");
            }
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);

        endpoint.assertOutcomes(Kind.FAILED, Kind.HANDLED);
    }

    @Test
    void aServletWithoutAFilterIsToldToMapOne() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        server.servlet(
                        PATH,
                        (request, response) ->
                                thrown.set(catchThrowable(() -> WebhookFilter.verified(request, FormFlowEvent.class))))
                .start();

        server.post(PATH, endpoint.delivery("e1"));

        assertThat(thrown.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not verified")
                .hasMessageContaining("map a WebhookFilter");
    }

    /** The ways from one servlet to another. */
    enum Door {
        FORWARD {
            @Override
            void open(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
                request.getRequestDispatcher("/inner").forward(request, response);
            }
        },
        INCLUDE {
            @Override
            void open(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
                request.getRequestDispatcher("/inner").include(request, response);
            }
        },
        DISPATCH {
            @Override
            void open(HttpServletRequest request, HttpServletResponse response) {
                request.startAsync().dispatch("/inner");
            }
        };

        abstract void open(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException;
    }

    private void serveBehind(Door door) {
        server.filter(PATH, WebhookFilter.of(endpoint.receiver()))
                .servlet(PATH, door::open)
                .servlet("/open", door::open)
                .servlet(
                        "/inner",
                        (request, response) -> handled.add(WebhookFilter.verified(request, FormFlowEvent.class)
                                .event()
                                .eventId()))
                .start();
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void anotherServletGetsTheEventThatTheFilterHasVerified(Door door) throws Exception {
        serveBehind(door);

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);

        assertThat(handled).containsExactly("e1");
        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.HANDLED);
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void anotherServletGetsNoEventThatNoFilterHasVerified(Door door) throws Exception {
        serveBehind(door);

        assertThat(server.post("/open", endpoint.delivery("e1")).statusCode()).isEqualTo(500);
        assertThat(server.post("/inner", endpoint.delivery("e1")).statusCode()).isEqualTo(500);
        assertThat(server.post(PATH, endpoint.delivery("e1").without(Delivery.SIGNATURE))
                        .statusCode())
                .isEqualTo(401);

        assertThat(handled).isEmpty();
    }

    @Test
    void aServletThatAsksForEventsOfAnotherProviderIsToldSo() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        serve((request, response) ->
                thrown.set(catchThrowable(() -> WebhookFilter.verified(request, ExtractaEvent.class))));

        server.post(PATH, endpoint.delivery("e1"));

        assertThat(thrown.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("formflow")
                .hasMessageContaining(ExtractaEvent.class.getName());
    }

    @Test
    void whatIsHandedOverNamesItsEndpoint() throws Exception {
        serve((request, response) -> {
            VerifiedWebhook<FormFlowEvent> webhook = WebhookFilter.verified(request, FormFlowEvent.class);
            handled.add(webhook.endpoint() + " " + webhook.event().submissionId());
        });

        server.post(PATH, endpoint.delivery("e1"));

        assertThat(handled).containsExactly("formflow sub_789012");
    }

    @Test
    void aForwardToAnotherEndpointFails() throws Exception {
        Endpoint other = new Endpoint("other", new InMemoryDeliveryStore(Endpoint.CLOCK));
        serveForwardingTo("/webhooks/other", WebhookFilter.of(other.receiver()));

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);

        assertThat(handled).containsExactly("outer");
        endpoint.assertOutcomes(Kind.FAILED);
        other.assertOutcomes();
    }

    @Test
    void aForwardToAServletThatAsksForOtherEventsFails() throws Exception {
        serveForwardingTo(
                "/webhooks/exports", WebhookFilter.of(endpoint.receiver()).events("export"));

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);

        assertThat(handled).containsExactly("outer");
        endpoint.assertOutcomes(Kind.FAILED);
    }

    private void serveForwardingTo(String target, WebhookFilter filter) {
        server.filter(PATH, WebhookFilter.of(endpoint.receiver()))
                .servlet(PATH, (request, response) -> {
                    handled.add("outer");
                    request.getRequestDispatcher(target).forward(request, response);
                })
                .filter(target, filter, DispatcherType.REQUEST, DispatcherType.FORWARD)
                .servlet(target, (request, response) -> handled.add("inner"))
                .start();
    }

    @Test
    void aForwardToAServletOfTheSameEndpointHandsTheEventOn() throws Exception {
        WebhookFilter filter = WebhookFilter.of(endpoint.receiver());
        server.filter(PATH, filter)
                .servlet(
                        PATH,
                        (request, response) ->
                                request.getRequestDispatcher("/webhooks/inner").forward(request, response))
                .filter("/webhooks/inner", filter, DispatcherType.REQUEST, DispatcherType.FORWARD)
                .servlet("/webhooks/inner", (request, response) -> {
                    handled.add(WebhookFilter.verified(request, FormFlowEvent.class)
                            .event()
                            .eventId());
                    handled.add(new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                    response.setStatus(202);
                })
                .start();
        Delivery delivery = endpoint.delivery("e1");

        assertThat(server.post(PATH, delivery).statusCode()).isEqualTo(202);

        assertThat(handled).containsExactly("e1", new String(delivery.body(), StandardCharsets.UTF_8));
        endpoint.assertOutcomes(Kind.HANDLED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAttributeThatAContainerLeavesOnTheNextRequestAdmitsNothing(boolean asynchronous) throws Exception {
        String attribute = WebhookExchange.class.getName();
        AtomicReference<Object> left = new AtomicReference<>();
        server.filter(PATH, (request, response, chain) -> {
                    request.setAttribute(attribute, left.get());
                    chain.doFilter(request, response);
                    left.set(request.getAttribute(attribute));
                })
                .filter(PATH, WebhookFilter.of(endpoint.receiver()))
                .servlet(PATH, (request, response) -> {
                    handled.add(WebhookFilter.verified(request, FormFlowEvent.class)
                            .event()
                            .eventId());
                    if (asynchronous) {
                        request.startAsync().complete();
                    }
                })
                .start();

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);
        endpoint.assertOutcomes(Kind.HANDLED);
        assertThat(left).doesNotHaveNullValue();

        assertProblem(server.send(server.request(PATH).POST(BodyPublishers.ofString("{}"))), 401, "Unauthorized");
        assertThat(handled).containsExactly("e1");
    }

    @Test
    void aRequestThatIsNotHttpIsRejected() {
        WebhookFilter filter = WebhookFilter.of(endpoint.receiver());

        assertThatThrownBy(() -> filter.doFilter(
                        notHttp(ServletRequest.class),
                        notHttp(ServletResponse.class),
                        (request, response) -> handled.add("called")))
                .isInstanceOf(ServletException.class);
        assertThat(handled).isEmpty();
    }

    private static <T> T notHttp(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }
}
