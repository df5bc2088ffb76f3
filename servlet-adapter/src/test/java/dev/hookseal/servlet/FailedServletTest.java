package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.observe.HandlerResult;
import jakarta.servlet.ServletException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.Level;

/** A servlet that threw has failed, whatever it threw and whoever makes something of it. */
class FailedServletTest {
    @AutoClose
    private final CapturedLog log = CapturedLog.ofHookseal();

    private static final String PATH = "/webhooks/formflow";

    private final Endpoint endpoint = new Endpoint();
    private final AtomicInteger calls = new AtomicInteger();

    @AutoClose
    private final Server server = new Server();

    @BeforeEach
    void clearLog() {
        log.clear();
    }

    /** What a servlet can throw: some of it looks as if the client had gone. */
    enum Thrown {
        END_OF_FILE(EOFException.class) {
            @Override
            void raise() throws IOException {
                throw new EOFException();
            }
        },
        RESET_BY_PEER(IOException.class) {
            @Override
            void raise() throws IOException {
                throw new IOException("Connection reset by peer");
            }
        },
        BROKEN_PIPE_BENEATH(IllegalStateException.class) {
            @Override
            void raise() {
                throw new IllegalStateException(new SocketException("Broken pipe"));
            }
        },
        WRAPPED(IllegalArgumentException.class) {
            @Override
            void raise() throws ServletException {
                throw new ServletException("outer", new IllegalArgumentException("inner"));
            }
        },
        AN_ERROR(NoClassDefFoundError.class) {
            @Override
            void raise() {
                throw new NoClassDefFoundError("thrown on purpose");
            }
        };

        private final Class<? extends Throwable> reported;

        Thrown(Class<? extends Throwable> reported) {
            this.reported = reported;
        }

        abstract void raise() throws IOException, ServletException;
    }

    private void serve(Server.Handler firstCall) {
        server.filter(PATH, WebhookFilter.of(endpoint.receiver()))
                .servlet(PATH, (request, response) -> {
                    if (calls.incrementAndGet() == 1) {
                        firstCall.handle(request, response);
                    }
                })
                .start();
    }

    private void assertFailedAndHandledByARedelivery(Class<? extends Throwable> reported) throws Exception {
        DeliveryOutcome outcome = endpoint.nextOutcome();
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(((DeliveryOutcome.HandlerRan) outcome).result())
                .extracting(HandlerResult::failure)
                .isInstanceOf(reported);
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains(reported.getName());
        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);
        assertThat(endpoint.nextOutcome().kind()).isEqualTo(Kind.HANDLED);
        assertThat(calls).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(Thrown.class)
    void itIsAnsweredWith500AndARedeliveryIsHandled(Thrown thrown) throws Exception {
        serve((request, response) -> thrown.raise());

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);

        assertFailedAndHandledByARedelivery(thrown.reported);
    }

    @ParameterizedTest
    @EnumSource(Thrown.class)
    void soItIsAfterAnAnswerThatHasNotGoneOut(Thrown thrown) throws Exception {
        serve((request, response) -> {
            response.setStatus(202);
            response.getWriter().write("accepted");
            thrown.raise();
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);

        assertFailedAndHandledByARedelivery(thrown.reported);
    }

    @ParameterizedTest
    @EnumSource(Thrown.class)
    void aFilterAheadThatSwallowsItAnswersWith500(Thrown thrown) throws Exception {
        server.filter(PATH, (request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } catch (Exception | Error e) {
                // as filters do that log
            }
        });
        serve((request, response) -> thrown.raise());

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(500);

        assertFailedAndHandledByARedelivery(thrown.reported);
    }

    @ParameterizedTest
    @EnumSource(Thrown.class)
    void anErrorPageKeepsTheStatus(Thrown thrown) throws Exception {
        server.errorPage("/error")
                .servlet("/error", (request, response) -> response.getWriter().write("sorry"));
        serve((request, response) -> thrown.raise());

        HttpResponse<String> answer = server.post(PATH, endpoint.delivery("e1"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("sorry");
        assertFailedAndHandledByARedelivery(thrown.reported);
    }

    // It runs after the filter: docs/servlet.md warns of it.
    @Test
    void anErrorPageThatChoosesAnotherStatusIsHeardByTheSenderAlone() throws Exception {
        server.errorPage("/error").servlet("/error", (request, response) -> response.setStatus(200));
        serve((request, response) -> Thrown.END_OF_FILE.raise());

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(200);

        assertFailedAndHandledByARedelivery(EOFException.class);
    }
}
