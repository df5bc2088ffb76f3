package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.testkit.SignedDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each delivery is handled once, none is lost, and requests that are not webhooks are left alone. */
abstract class IdempotencyRules extends DisclosureRules {
    private static final int SENDERS = 64;

    @Test
    void leavesOtherRoutesAlone() throws Exception {
        byte[] body = "{\"no\":\"webhook\"}\r\n\u00E9".getBytes(StandardCharsets.UTF_8);
        Answer echo = wire().post(ContractApplication.PLAIN, "application/json", body);
        assertEquals(200, echo.status());
        assertEquals(new String(body, StandardCharsets.UTF_8), echo.body());

        String large = "x".repeat(ContractSecrets.STRICT_MAX_BODY_BYTES * 4);
        assertEquals(
                large,
                wire().post(ContractApplication.PLAIN, "text/plain", bytes(large))
                        .body());

        Answer form = wire().post(
                        ContractApplication.PLAIN_FORM, "application/x-www-form-urlencoded", bytes("word=hello&n=1"));
        assertEquals(200, form.status());
        assertEquals("hello", form.body());
    }

    @Test
    void leavesOtherRoutesAloneThoughTheyAreSentADelivery() throws Exception {
        String id = newId();
        SignedDelivery delivery = delivery(id);

        assertEquals(
                new String(delivery.body(), StandardCharsets.UTF_8),
                wire().send(ContractApplication.PLAIN, delivery).body());

        assertOutcomes(id);
    }

    @Test
    void verifiesOnce() throws Exception {
        for (String path : List.of(ContractApplication.FORMFLOW, ContractApplication.ASYNC, ContractApplication.BODY)) {
            String id = newId();

            assertHandled(id, wire().send(path, delivery(id)));

            assertOutcomes(id, Kind.HANDLED);
        }
    }

    @Test
    void verifiesOnceThoughTheHandlerFails() throws Exception {
        for (String path : List.of(ContractApplication.FORMFLOW, ContractApplication.ASYNC)) {
            String id = newId();
            application().script(id, application()::fail);

            Answer answer = wire().send(path, delivery(id));

            assertEquals(500, answer.status(), () -> "status; the answer is " + answer);
            assertEquals(1, application().calls(id).size(), "calls of the handler");
            assertOutcomes(id, Kind.FAILED);
        }
    }

    @Test
    void keepsTheFrameworksAnswerToAFailure() throws Exception {
        Answer usual = wire().send(ContractApplication.PLAIN_FAILURE, delivery(newId()));
        String id = newId();
        application().script(id, application()::fail);

        Answer answer = wire().send(ContractApplication.FORMFLOW, delivery(id));

        assertEquals(500, usual.status(), () -> "status without a webhook; the answer is " + usual);
        assertEquals(usual.status(), answer.status());
        assertEquals(usual.header("content-type"), answer.header("content-type"));
        assertEquals(usual.body().isEmpty(), answer.body().isEmpty(), "whether there is a body");
    }

    @Test
    void handlesARedeliveryOfWhatFailed() throws Exception {
        for (String path : List.of(ContractApplication.FORMFLOW, ContractApplication.ASYNC, ContractApplication.BODY)) {
            String id = newId();
            application().script(id, application()::fail);
            assertEquals(500, wire().send(path, delivery(id)).status());
            application().unscript(id);

            assertEquals(200, wire().send(path, delivery(id)).status());

            assertEquals(2, application().calls(id).size(), "calls of the handler");
            assertNotHandled(200, () -> wire().send(path, delivery(id)));
        }
    }

    @Test
    void handlesARedeliveryOfWhatWasAnsweredWithAnError() throws Exception {
        for (int status : List.of(400, 404, 409, 500, 503)) {
            String id = newId();
            application().script(id, () -> new ContractReply(status, ""));
            assertEquals(
                    status,
                    wire().send(ContractApplication.FORMFLOW, delivery(id)).status());
            application().unscript(id);

            assertEquals(
                    200, wire().send(ContractApplication.FORMFLOW, delivery(id)).status());
            assertEquals(2, application().calls(id).size(), "calls of the handler");
        }
    }

    @Test
    void rejectsAReplayOnceItsDeliveryIsForgotten() throws Exception {
        String id = newId();
        SignedDelivery delivery = delivery(id);
        assertHandled(id, wire().send(ContractApplication.FORMFLOW, delivery));

        // the replay window, by how much clocks may differ, and more
        moveOn(Duration.ofHours(73));

        assertRejected(401, () -> wire().send(ContractApplication.FORMFLOW, delivery));
    }

    @Test
    void says409WhileTheSameDeliveryIsHandled() throws Exception {
        String id = newId();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        application().script(id, () -> {
            begun.countDown();
            await(mayEnd);
            return new ContractReply(200, id);
        });
        CompletableFuture<Answer> first = wire().sendAsync(ContractApplication.FORMFLOW, delivery(id));
        try {
            await(begun);
            Answer second = assertRejected(409, () -> wire().send(ContractApplication.FORMFLOW, delivery(id)));
            assertTrue(second.header("retry-after").isPresent(), () -> "Retry-After is expected in " + second);
        } finally {
            mayEnd.countDown();
        }
        assertHandled(id, first.get(patience().toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void says503WhileTheStoreIsDown() throws Exception {
        String id = newId();
        storeIsDown(true);
        try {
            Answer answer = assertRejected(503, () -> wire().send(ContractApplication.FORMFLOW, delivery(id)));
            assertTrue(answer.header("retry-after").isPresent(), () -> "Retry-After is expected in " + answer);
        } finally {
            storeIsDown(false);
        }
        assertHandled(id, wire().send(ContractApplication.FORMFLOW, delivery(id)));
    }

    @Test
    void aRedeliverySentOnTheAnswerIsAcknowledged() throws Exception {
        for (String path : List.of(ContractApplication.FORMFLOW, ContractApplication.ASYNC)) {
            for (int round = 0; round < 20; round++) {
                SignedDelivery delivery = delivery(newId());
                wire().send(path, delivery);
                assertNotHandled(200, () -> wire().send(path, delivery));
            }
        }
    }

    @Test
    void manySendersGetEachTheirOwnAnswer() throws Exception {
        for (String path : List.of(ContractApplication.FORMFLOW, ContractApplication.ASYNC, ContractApplication.BODY)) {
            Map<String, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                String id = newId();
                answers.put(id, wire().sendAsync(path, delivery(id)));
            }
            for (Map.Entry<String, CompletableFuture<Answer>> answer : answers.entrySet()) {
                assertHandled(answer.getKey(), answer.getValue().get(patience().toSeconds(), TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void oneDeliveryFromManySendersIsHandledOnce() throws Exception {
        for (String path : List.of(ContractApplication.FORMFLOW, ContractApplication.ASYNC)) {
            String id = newId();
            SignedDelivery delivery = delivery(id);
            CountDownLatch mayEnd = new CountDownLatch(1);
            application().script(id, () -> {
                await(mayEnd);
                return new ContractReply(200, id);
            });
            CountDownLatch turnedAway = new CountDownLatch(SENDERS - 1);
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                answers.add(wire().sendAsync(path, delivery).whenComplete((answer, error) -> turnedAway.countDown()));
            }
            boolean allButOne = turnedAway.await(patience().toSeconds(), TimeUnit.SECONDS);
            mayEnd.countDown();
            Map<Integer, Integer> byStatus = new LinkedHashMap<>();
            for (CompletableFuture<Answer> answer : answers) {
                byStatus.merge(
                        answer.get(patience().toSeconds(), TimeUnit.SECONDS).status(), 1, Integer::sum);
            }

            assertEquals(1, application().calls(id).size(), "calls of the handler");
            assertEquals(Map.of(200, 1, 409, SENDERS - 1), byStatus, "senders by the status that they got");
            assertTrue(allButOne, "All but one sender are answered while that one is handled");
        }
    }

    void await(CountDownLatch latch) {
        try {
            if (!latch.await(patience().toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The other side of the rule did not come along");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
