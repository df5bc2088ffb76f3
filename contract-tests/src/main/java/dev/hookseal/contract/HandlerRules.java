package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.testkit.SignedDelivery;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Rules for handlers: what the handler did decides, not how a framework maps it: a failure is never acknowledged by
 * accident.
 */
abstract class HandlerRules extends IdempotencyRules {
    // the receivers' default
    private static final Duration LEASE = Duration.ofMinutes(5);

    private static final List<Supplier<Throwable>> LIKE_A_LOST_CONNECTION = List.of(
            EOFException::new,
            ClosedChannelException::new,
            () -> new IOException("Broken pipe"),
            () -> new IOException("Connection reset by peer"),
            () -> new UncheckedIOException(new EOFException("a file ended early")),
            () -> new IllegalStateException(new SocketException("Broken pipe")));

    @Test
    void aFailureThatLooksLikeALostConnectionIsAFailure() throws Exception {
        for (String path : List.of(ContractApplication.FORMFLOW, ContractApplication.ASYNC)) {
            for (Supplier<Throwable> failure : LIKE_A_LOST_CONNECTION) {
                String id = newId();
                fails(id, failure);

                assertFailed(path, id, () -> wire().send(path, delivery(id)));
            }
        }
    }

    @Test
    void anErrorIsAFailure() throws Exception {
        for (String path : List.of(ContractApplication.FORMFLOW, ContractApplication.ASYNC)) {
            String id = newId();
            fails(id, () -> new NoClassDefFoundError("The handler lacks a class"));

            assertFailed(path, id, () -> wire().send(path, delivery(id)));
        }
    }

    @Test
    void aFailureWhoseErrorHandlerSaysNoStatusIsAFailure() throws Exception {
        for (String path : List.of(ContractApplication.FORMFLOW, ContractApplication.ASYNC)) {
            String id = newId();
            fails(id, ContractApplication.FailureWithoutStatus::new);

            assertFailed(path, id, () -> wire().send(path, delivery(id)));
        }
    }

    @Test
    void aFailureThatTheApplicationAcknowledgesIsHandled() throws Exception {
        for (String path : List.of(ContractApplication.FORMFLOW, ContractApplication.ASYNC)) {
            String id = newId();
            fails(id, ContractApplication.AcknowledgedFailure::new);

            Answer answer = wire().send(path, delivery(id));

            assertEquals(200, answer.status(), () -> "status; the answer is " + answer);
            assertOutcomes(id, Kind.HANDLED);
            application().unscript(id);
            assertNotHandled(200, () -> wire().send(path, delivery(id)));
        }
    }

    @Test
    void anAnswerThatCannotBeEncodedIsAFailure() throws Exception {
        String id = newId();
        application().encodable(id, false);

        assertFailed(ContractApplication.OBJECT, id, () -> wire().send(ContractApplication.OBJECT, delivery(id)));
    }

    @Test
    void aHandlerMayAnswerNothing() throws Exception {
        for (String path : List.of(ContractApplication.NOTHING, ContractApplication.ASYNC_NOTHING)) {
            String id = newId();

            Answer answer = wire().send(path, delivery(id));

            assertTrue(List.of(200, 204).contains(answer.status()), () -> "status 200 or 204; the answer is " + answer);
            assertEquals("", answer.body(), "body");
            assertEquals(1, application().calls(id).size(), "calls of the handler");
            assertNotHandled(200, () -> wire().send(path, delivery(id)));
        }
    }

    @Test
    void whatASenderAcceptsDecidesNothing() throws Exception {
        for (String accept : List.of("text/html", "application/xml", "image/png;q=0.1", "*/*;q=0", "no type", "")) {
            for (String path : List.of(ContractApplication.OBJECT, ContractApplication.FORMFLOW)) {
                String id = newId();

                Answer answer = wire().send(path, delivery(id).withHeader("Accept", accept));

                assertEquals(200, answer.status(), () -> "status with Accept: " + accept + "; the answer is " + answer);
                assertTrue(answer.body().contains(id), () -> "the handler's answer is expected, not " + answer);
                assertEquals(1, application().calls(id).size(), "calls of the handler");
                assertNotHandled(200, () -> wire().send(path, delivery(id).withHeader("Accept", accept)));
            }
        }
    }

    @Test
    void sendsWhatAHandlerFlushesWhileItWorksOn() throws Exception {
        String id = newId();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        application().script(id, () -> {
            begun.countDown();
            await(mayEnd);
            return new ContractReply(200, id);
        });
        SignedDelivery delivery = delivery(id);
        try (RawConnection connection = flushed(delivery)) {
            String part = connection.readUntil(ContractApplication.FLUSHED_PART);
            assertTrue(part.startsWith("HTTP/1.1 200"), () -> "status 200; the answer begins with " + part);
            await(begun);
            assertRejected(409, () -> wire().send(ContractApplication.FLUSHED, delivery));

            mayEnd.countDown();
            // and no further: the work is done, whether or not the sender waits for the end of the answer
            connection.readUntil(id);
        } finally {
            mayEnd.countDown();
        }
        assertOutcomes(id, Kind.IN_PROGRESS, Kind.HANDLED);
        assertNotHandled(200, () -> wire().send(ContractApplication.FLUSHED, delivery));
    }

    private RawConnection flushed(SignedDelivery delivery) throws IOException {
        return wire().connect()
                .head(
                        "POST " + ContractApplication.FLUSHED,
                        delivery,
                        "Connection: close",
                        "Content-Length: " + delivery.body().length)
                .write(delivery.body());
    }

    @Test
    void reportsAFailureAfterTheAnswerWentOut() throws Exception {
        String id = newId();
        CountDownLatch mayFail = new CountDownLatch(1);
        application().script(id, () -> {
            await(mayFail);
            return application().fail();
        });
        SignedDelivery delivery = delivery(id);
        try (RawConnection connection = flushed(delivery)) {
            connection.readUntil(ContractApplication.FLUSHED_PART);
            mayFail.countDown();
            assertOutcomes(id, Kind.FAILED_AFTER_ANSWER);
        } finally {
            mayFail.countDown();
        }
        application().unscript(id);

        Answer redelivered = wire().send(ContractApplication.FLUSHED, delivery);

        assertEquals(200, redelivered.status(), () -> "status; the answer is " + redelivered);
        assertEquals(2, application().calls(id).size(), "calls of the handler");
    }

    @Test
    void says409WhileAHandlerWorksOnAfterItsTimeOut() throws Exception {
        for (boolean succeeds : List.of(true, false)) {
            String id = newId();
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch mayEnd = new CountDownLatch(1);
            application().script(id, () -> {
                begun.countDown();
                await(mayEnd);
                return succeeds ? new ContractReply(200, id) : application().fail();
            });
            CompletableFuture<Answer> first = wire().sendAsync(ContractApplication.TIMED, delivery(id));
            try {
                await(begun);
                if (timesOut()) {
                    Answer timedOut = first.get(patience().toSeconds(), TimeUnit.SECONDS);
                    assertTrue(timedOut.status() >= 500, () -> "status 5xx; the answer is " + timedOut);
                }
                assertRejected(409, () -> wire().send(ContractApplication.TIMED, delivery(id)));
            } finally {
                mayEnd.countDown();
            }
            application().unscript(id);
            first.get(patience().toSeconds(), TimeUnit.SECONDS);

            // where the server cannot know how the handler ended, the lease ends
            moveOn(LEASE.plusSeconds(1));
            Answer redelivered = wire().send(ContractApplication.TIMED, delivery(id));
            assertEquals(200, redelivered.status(), () -> "status; the answer is " + redelivered);
        }
    }

    @Test
    void logsAFailedHandlerWithWhatItThrewOrAnswered() throws Exception {
        String thrown = newId();
        String before = log();
        fails(thrown, () -> new UnsupportedOperationException("thrown on purpose"));
        wire().send(ContractApplication.FORMFLOW, delivery(thrown));
        assertOutcomes(thrown, Kind.FAILED);
        assertLogged(before, thrown, UnsupportedOperationException.class.getName());

        String answered = newId();
        before = log();
        application().script(answered, () -> new ContractReply(404, ""));
        wire().send(ContractApplication.FORMFLOW, delivery(answered));
        assertOutcomes(answered, Kind.FAILED);
        assertLogged(before, answered, "404");
    }

    private void assertLogged(String before, String id, String what) {
        List<String> written = log().substring(before.length())
                .lines()
                .filter(line -> line.contains(id))
                .toList();
        assertEquals(
                1,
                written.stream()
                        .filter(line -> line.contains("formflow") && line.contains(what))
                        .count(),
                () -> "lines of the log that name the endpoint, the delivery and " + what + ": " + written);
    }
}
