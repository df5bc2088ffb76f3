package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.WebhookListener;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.ParkException;
import dev.hookseal.inbox.jdbc.InboxEntry;
import dev.hookseal.inbox.jdbc.InboxOperations;
import dev.hookseal.inbox.jdbc.InboxStatus;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.spring.app.Sender;
import dev.hookseal.stripe.StripeEvent;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.EnableAspectJAutoProxy;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;

/** Deliveries that are answered first and handled later, by an inbox in a database. */
@SpringBootTest(
        classes = InboxOverHttpTest.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=auto-configuration",
            "spring.datasource.url=jdbc:h2:mem:inbox-over-http;DB_CLOSE_DELAY=-1",
            "hookseal.store.type=jdbc",
            "server.address=127.0.0.1",
            "server.servlet.context-path=/app",
            "spring.mvc.servlet.path=/mvc",
            "hookseal.endpoints.formflow.secret=" + Delivery.FORMFLOW_SECRET,
            "hookseal.endpoints.formflow.path=/webhooks/formflow",
            "hookseal.endpoints.formflow.max-body-size=4KB",
            "hookseal.endpoints.mixed.provider=formflow",
            "hookseal.endpoints.mixed.secret=" + Delivery.FORMFLOW_SECRET,
            "hookseal.endpoints.some.provider=formflow",
            "hookseal.endpoints.some.path=/webhooks/some",
            "hookseal.endpoints.some.secret=" + Delivery.FORMFLOW_SECRET,
            "hookseal.endpoints.extracta.secret=" + Delivery.EXTRACTA_SECRET,
            "hookseal.endpoints.extracta.path=/webhooks/extracta",
            "hookseal.endpoints.stripe.secret=" + Delivery.STRIPE_SECRET,
            "hookseal.endpoints.stripe.path=/webhooks/stripe",
            "hookseal.inbox.max-attempts=3",
            "hookseal.inbox.backoff.initial=10ms",
            "hookseal.inbox.backoff.multiplier=1",
            "hookseal.inbox.poll-interval=20ms"
        })
class InboxOverHttpTest {
    private static final String PATH = "/app/mvc/webhooks/formflow";
    private static final long PATIENCE_SECONDS = 30;

    @Autowired
    private Heard heard;

    @Autowired
    private InboxOperations operations;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

    private Sender sender;

    @BeforeEach
    void connect(@Value("${local.server.port}") int port) {
        sender = new Sender(port);
    }

    /** What the listeners were called with, in order. */
    static class Heard {
        private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
        private final AtomicInteger advised = new AtomicInteger();

        void call(String call) {
            calls.add(call);
        }

        void assertNext(String call) throws InterruptedException {
            assertThat(calls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(call);
        }

        void assertNothingMore() {
            assertThat(calls).isEmpty();
        }
    }

    @Lazy
    @Component
    static class Submissions {
        private final Heard heard;
        private final JdbcTemplate jdbc;

        Submissions(Heard heard, JdbcTemplate jdbc) {
            this.heard = heard;
            this.jdbc = jdbc;
        }

        @Transactional
        @WebhookListener(value = "formflow", events = "extracted")
        void extracted(Attempt attempt, FormFlowEvent event) throws Exception {
            jdbc.update("insert into submissions (id) values (?)", event.eventId());
            heard.call(event.eventId() + " " + attempt.number() + " "
                    + !attempt.connection().getAutoCommit());
            if (event.eventId().startsWith("fails-once") && attempt.number() == 1) {
                // a checked one, for which Spring commits
                throw new Exception("at first");
            }
            if (event.eventId().startsWith("swallowed") && attempt.number() == 1) {
                throw new SwallowedException();
            }
            if (event.eventId().startsWith("always")) {
                throw new IllegalArgumentException("always");
            }
        }

        @WebhookListener(value = "formflow", events = "export")
        void exported(VerifiedWebhook<FormFlowEvent> webhook) {
            heard.call("exported " + webhook.event().eventId());
            throw new ParkException("never");
        }
    }

    static class SwallowedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableAspectJAutoProxy
    @Import({Submissions.class, Mixed.class, Advice.class, Logging.class, Failures.class, Pages.class})
    static class Application {
        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2023-10-28T12:00:01Z"), ZoneOffset.UTC);
        }

        @Bean
        Heard heard() {
            return new Heard();
        }

        @WebhookListener("extracta")
        void extraction(ExtractaEvent event) {
            heard().call("extraction " + event.files().get(0).fileId());
        }

        @WebhookListener(value = "stripe", events = "invoice.paid")
        void paid(VerifiedWebhook<StripeEvent> webhook) {
            heard().call("paid " + webhook.eventName() + " " + webhook.event().id());
        }

        @WebhookListener(value = "some", events = "export")
        void some(FormFlowEvent event) {
            heard().call("some " + event.eventId());
        }
    }

    @RestController
    static class Mixed {
        private final Heard heard;

        Mixed(Heard heard) {
            this.heard = heard;
        }

        @WebhookEndpoint("mixed")
        @PostMapping("/mixed")
        String now(FormFlowEvent event) {
            return "now " + event.eventId();
        }

        @WebhookListener(value = "mixed", events = "export")
        void later(FormFlowEvent event) {
            heard.call("later " + event.eventId());
        }
    }

    /** Outside of the transactions of the application. */
    @Aspect
    @Order(1)
    static class Advice {
        private final Heard heard;

        Advice(Heard heard) {
            this.heard = heard;
        }

        @Around("@annotation(dev.hookseal.WebhookListener)")
        @Nullable
        Object around(ProceedingJoinPoint call) throws Throwable {
            heard.advised.incrementAndGet();
            try {
                return call.proceed();
            } catch (SwallowedException e) {
                return null;
            }
        }
    }

    /** Reads each body before the endpoint does. */
    @Order(Ordered.LOWEST_PRECEDENCE)
    static class Logging extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            request.getInputStream().readAllBytes();
            chain.doFilter(request, response);
        }
    }

    @ControllerAdvice
    static class Failures {
        @ExceptionHandler
        void failed(Exception e, HttpServletResponse response) {
            response.setStatus(418);
        }
    }

    @RestController
    static class Pages {
        @GetMapping("/webhooks/formflow")
        String page() {
            return "a page";
        }
    }

    @BeforeEach
    void createTable() {
        jdbc.execute("create table if not exists submissions (id varchar(100))");
    }

    private int status(String path, Delivery delivery) {
        return sender.send(path, delivery).statusCode();
    }

    private InboxEntry entryOnce(InboxStatus status, String key) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        InboxEntry entry = operations.show(key).orElseThrow();
        while (entry.status() != status && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            entry = operations.show(key).orElseThrow();
        }
        assertThat(entry.status()).isEqualTo(status);
        return entry;
    }

    private int rows(String id) {
        Integer rows = jdbc.queryForObject("select count(*) from submissions where id = ?", Integer.class, id);
        return rows == null ? 0 : rows;
    }

    @Test
    void acceptsADeliveryAndHandlesItLaterAndOnce() throws InterruptedException {
        HttpResponse<String> accepted = sender.send(PATH, Delivery.formFlow("accepted"));

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.body()).isEmpty();
        heard.assertNext("accepted 1 true");
        entryOnce(InboxStatus.HANDLED, "formflow:extracted:accepted");
        assertThat(status(PATH, Delivery.formFlow("accepted"))).isEqualTo(200);
        heard.assertNothingMore();
        assertThat(rows("accepted")).isOne();
    }

    @Test
    void handlesTheEventOfAnotherProviderInAConfigurationClass() throws InterruptedException {
        assertThat(status("/app/mvc/webhooks/extracta", Delivery.extracta("file-1")))
                .isEqualTo(202);

        heard.assertNext("extraction file-1");
    }

    @Test
    void handlesADeliveryWhoseSignatureIsOverItsTime() throws InterruptedException {
        Delivery delivery = Delivery.stripe("evt_1", Instant.parse("2023-10-28T12:00:00Z"));
        assertThat(status("/app/mvc/webhooks/stripe", delivery)).isEqualTo(202);

        heard.assertNext("paid invoice.paid evt_1");
        assertThat(status("/app/mvc/webhooks/stripe", delivery)).isEqualTo(200);
        heard.assertNothingMore();
    }

    @Test
    void rollsBackWhatAListenerWroteWithAnyFailureAndCallsItAgain() throws InterruptedException {
        assertThat(status(PATH, Delivery.formFlow("fails-once"))).isEqualTo(202);

        heard.assertNext("fails-once 1 true");
        heard.assertNext("fails-once 2 true");
        entryOnce(InboxStatus.HANDLED, "formflow:extracted:fails-once");
        assertThat(rows("fails-once")).isOne();
    }

    /** The listener's transaction is marked for a rollback, whatever the advice around it makes of the exception. */
    @Test
    void doesNotCompleteWhatAnAdviceHasSwallowed() throws InterruptedException {
        assertThat(status(PATH, Delivery.formFlow("swallowed"))).isEqualTo(202);

        heard.assertNext("swallowed 1 true");
        heard.assertNext("swallowed 2 true");
        entryOnce(InboxStatus.HANDLED, "formflow:extracted:swallowed");
        assertThat(rows("swallowed")).isOne();
    }

    @Test
    void parksWhatFailsForGoodUntilItIsRunAgain() throws InterruptedException {
        assertThat(status(PATH, Delivery.formFlow("always"))).isEqualTo(202);

        for (int attempt = 1; attempt <= 3; attempt++) {
            heard.assertNext("always " + attempt + " true");
        }
        assertThat(entryOnce(InboxStatus.PARKED, "formflow:extracted:always").lastError())
                .contains("always");
        assertThat(rows("always")).isZero();
        assertThat(operations.rerun("formflow:extracted:always")).isTrue();
        heard.assertNext("always 1 true");
        heard.assertNext("always 2 true");
        heard.assertNext("always 3 true");
        entryOnce(InboxStatus.PARKED, "formflow:extracted:always");
    }

    @Test
    void parksAtOnceWhatTheListenerSaysItCannotHandle() throws InterruptedException {
        assertThat(status(PATH, Delivery.formFlow("park", "export", Delivery.FORMFLOW_SECRET)))
                .isEqualTo(202);

        heard.assertNext("exported park");
        entryOnce(InboxStatus.PARKED, "formflow:export:park");
        heard.assertNothingMore();
    }

    @Test
    void runsTheAdviceOfTheApplicationAroundAListener() throws InterruptedException {
        int before = heard.advised.get();
        sender.send(PATH, Delivery.formFlow("advised"));

        heard.assertNext("advised 1 true");
        entryOnce(InboxStatus.HANDLED, "formflow:extracted:advised");
        assertThat(heard.advised).hasValueGreaterThan(before);
    }

    @Test
    void leavesTheEventsWithoutAListenerToTheController() throws InterruptedException {
        assertThat(sender.send("/app/mvc/mixed", Delivery.formFlow("m1")).body())
                .isEqualTo("now m1");
        assertThat(status("/app/mvc/mixed", Delivery.formFlow("m2", "export", Delivery.FORMFLOW_SECRET)))
                .isEqualTo(202);
        heard.assertNext("later m2");
    }

    @Test
    void acknowledgesAnEventThatNoListenerTakes() throws InterruptedException {
        String path = "/app/mvc/webhooks/some";
        assertThat(status(path, Delivery.formFlow("s1"))).isEqualTo(200);
        assertThat(status(path, Delivery.formFlow("s2", "export", Delivery.FORMFLOW_SECRET)))
                .isEqualTo(202);
        heard.assertNext("some s2");
        assertThat(operations.show("some:extracted:s1")).isEmpty();
    }

    @Test
    void rejectsAtAPathWhatAControllerWouldReject() {
        Delivery forged = Delivery.formFlow("forged", "extracted", "a guess");
        assertThat(status(PATH, forged)).isEqualTo(401);
        assertThat(sender.send("POST", PATH, "application/json", "{}").statusCode())
                .isEqualTo(401);
        assertThat(status(PATH, Delivery.formFlow("x".repeat(5000)))).isEqualTo(413);
        assertThat(sender.sendChunked(PATH, Delivery.formFlow("y".repeat(5000))).statusCode())
                .isEqualTo(413);
        assertThat(status(PATH, Delivery.formFlow(Delivery.FORMFLOW_SECRET, "{\"eventId\":1}")))
                .isEqualTo(400);
        assertThat(sender.send("POST", PATH, "multipart/form-data; boundary=x", "--x--")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void answersOtherMethodsUnlessTheApplicationDoes() {
        for (String method : List.of("PUT", "DELETE", "OPTIONS", "GET")) {
            HttpResponse<String> response = sender.send(method, "/app/mvc/webhooks/some", "application/json", "");
            assertThat(response.statusCode()).as(method).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).as(method).hasValue("POST");
        }
        assertThat(sender.send("GET", PATH, "application/json", "").body()).isEqualTo("a page");
        assertThat(sender.send("PUT", PATH, "application/x-www-form-urlencoded", "a=b")
                        .statusCode())
                .isEqualTo(405);
        // by the application's exception handler, as any other path that is not mapped
        assertThat(status(PATH + "/", Delivery.formFlow("slash"))).isEqualTo(418);
    }

    @Test
    void measuresWhatHappensInTheInbox() throws InterruptedException {
        sender.send(PATH, Delivery.formFlow("measured"));
        heard.assertNext("measured 1 true");
        entryOnce(InboxStatus.HANDLED, "formflow:extracted:measured");

        assertThat(meters.get("hookseal.inbox.accept")
                        .tag("result", "accepted")
                        .timer()
                        .count())
                .isPositive();
        assertThat(meters.get("hookseal.inbox.handling").timers()).isNotEmpty();
        assertThat(meters.get("hookseal.inbox.deliveries")
                        .tag("endpoint", "formflow")
                        .gauges())
                .isNotEmpty();
    }
}
