package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.contract.ContractInbox.State;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.Acceptance;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.ParkException;
import dev.hookseal.inbox.StoredDelivery;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.store.DeliveryKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rules that every inbox follows which also handles what it has accepted: what was acknowledged is handled, once if its
 * listener is transactional; what fails is tried again, and what fails for good stays.
 *
 * <p>Its nodes try {@value #MAX_ATTEMPTS} times, first after at most {@link #FIRST_WAIT} and never after more than twice as
 * much. Time is moved and never waited for.
 *
 * @since 0.1.0
 */
@Timeout(60)
public abstract class InboxContract extends InboxNodeRules {
    /** Called by a subclass. */
    protected InboxContract() {}

    @Test
    void acceptsADeliveryAndHandlesItOnce() throws Exception {
        assertEquals(202, deliver(ID));
        assertEquals(State.OPEN, node().state(KEY));

        node().runDue(succeeds());
        node().runDue(succeeds());

        assertEquals(List.of("1 1"), calls());
        assertEquals(State.HANDLED, node().state(KEY));
    }

    @Test
    void givesTheListenerWhatWasVerified() throws Exception {
        List<VerifiedWebhook<FormFlowEvent>> handled = new ArrayList<>();
        WebhookRequest request = request(ID);
        receiver().receive(request);

        node().runDue(listener((webhook, attempt) -> handled.add(webhook)));

        assertEquals(1, handled.size());
        assertArrayEquals(body(request), handled.get(0).signedBytes());
        assertEquals(KEY, String.valueOf(handled.get(0).deliveryKey()));
    }

    @Test
    void givesTheListenerEachByteOfALargeBody() throws Exception {
        // columns of some databases end at 64 KiB, of others at 1 MiB
        for (int bytes : List.of(0xFFFF, 0x10000, 0xFFFFF, 0x100000, 3 * 0x100000 + 1)) {
            List<byte[]> handled = new ArrayList<>();
            String id = "of-" + bytes;
            WebhookRequest request = request(id, bytes);
            assertEquals(202, deliver(receiver(), request), id);

            node().runDue(listener((webhook, attempt) -> handled.add(webhook.signedBytes())));

            assertEquals(1, handled.size(), id);
            assertArrayEquals(body(request), handled.get(0), id);
            assertEquals(State.HANDLED, node().state("formflow:" + id), id);
        }
    }

    private static byte[] body(WebhookRequest request) throws WebhookRejectedException {
        return request.body();
    }

    @Test
    void answersADuplicateWith200WhateverHasBecomeOfTheFirst() throws Exception {
        deliver("handled");
        node().runDue(succeeds());
        deliver("parked");
        runUntilParked(fails());
        deliver("discarded");
        node().discard("formflow:discarded");
        deliver("erased");
        node().erase("formflow:erased");
        deliver("open");

        for (String id : List.of("handled", "parked", "discarded", "erased", "open")) {
            assertEquals(200, deliver(id), id);
        }
        calls().clear();
        node().runDue(succeeds());
        assertEquals(List.of("open 1"), calls());
    }

    @Test
    void acceptsOneOfManyAtTheSameTime() throws Exception {
        for (int round = 0; round < 5; round++) {
            String id = "round-" + round;

            List<Integer> answers = DeliveryStoreContract.atOnce(64, () -> deliver(id));

            assertEquals(1, Collections.frequency(answers, 202), id);
            assertEquals(63, Collections.frequency(answers, 200), id);
        }
        node().runDue(succeeds());
        assertEquals(5, calls().size());
    }

    @Test
    void acceptsTheSameAgainOnceItsRetentionIsOver() throws Exception {
        deliver(ID);
        node().runDue(succeeds());
        timeMoved(RETENTION.plusMinutes(1));

        assertEquals(202, deliver(ID));

        node().runDue(succeeds());
        assertEquals(List.of("1 1", "1 1"), calls());
    }

    @Test
    void handlesWhatHasWaitedForLongerThanTheRetention() throws Exception {
        deliver(ID);
        timeMoved(RETENTION.plusMinutes(1));

        node().runDue(succeeds());

        assertEquals(List.of("1 1"), calls());
    }

    @Test
    void remembersForAsLongAsTheRetention() throws Exception {
        deliver(ID);
        node().runDue(succeeds());
        timeMoved(RETENTION.minusMinutes(1));

        assertEquals(200, deliver(ID));
    }

    @Test
    void acceptsEveryKeyAndKeepsThemApart() throws Exception {
        StringBuilder printable = new StringBuilder("formflow:");
        for (char c = '!'; c <= '~'; c++) {
            printable.append(c);
        }
        String longest = printable + "x".repeat(DeliveryKey.MAX_LENGTH - printable.length());
        VerifiedWebhook<FormFlowEvent> webhook = verified();

        String asLong = longest.substring(0, DeliveryKey.MAX_LENGTH - 1) + "y";
        for (String key :
                List.of(longest, asLong, "formflow:Case", "formflow:case", "formflow:CASE", "formflow:case.")) {
            StoredDelivery delivery =
                    new StoredDelivery(new DeliveryKey(key, RETENTION), "extracted", webhook.signedContent());
            assertEquals(Acceptance.ACCEPTED, node().inbox().accept(delivery), key);
            assertEquals(Acceptance.DUPLICATE, node().inbox().accept(delivery), key);
            assertEquals(State.OPEN, node().state(key), key);
        }
    }

    private VerifiedWebhook<FormFlowEvent> verified() throws WebhookRejectedException {
        List<VerifiedWebhook<FormFlowEvent>> webhooks = new ArrayList<>();
        WebhookReceiver.builder(new FormFlowProvider(), receiver().settings())
                .inbox(
                        stored -> {
                            try {
                                webhooks.add(receiver().restore(stored.content()));
                            } catch (WebhookRejectedException e) {
                                throw new IllegalStateException(e);
                            }
                            return Acceptance.ACCEPTED;
                        },
                        Set.of())
                .build()
                .receive(request(ID));
        return webhooks.get(0);
    }

    @Test
    void triesAFailedDeliveryAgainAfterAWait() throws Exception {
        deliver(ID);

        node().runDue(fails());
        node().runDue(fails());
        assertEquals(List.of("1 1"), calls());
        timeMoved(LONGER_THAN_ANY_WAIT);
        node().runDue(succeeds());

        assertEquals(List.of("1 1", "1 2"), calls());
        assertEquals(State.HANDLED, node().state(KEY));
    }

    @Test
    void parksADeliveryAfterTheLastAttempt() throws Exception {
        deliver(ID);

        runUntilParked(fails());
        timeMoved(Duration.ofDays(400));
        node().runDue(fails());

        assertEquals(List.of("1 1", "1 2", "1 3"), calls());
        assertEquals(State.PARKED, node().state(KEY));
    }

    @Test
    void countsAnErrorAsAFailedAttempt() throws Exception {
        deliver(ID);

        runUntilParked(listener((webhook, attempt) -> {
            throw new StackOverflowError();
        }));

        assertEquals(State.PARKED, node().state(KEY));
    }

    @Test
    void parksADeliveryAtOnceIfTheListenerSaysSo() throws Exception {
        deliver(ID);

        node().runDue(listener((webhook, attempt) -> {
            throw new ParkException("an order that does not exist");
        }));

        assertEquals(State.PARKED, node().state(KEY));
    }

    @Test
    void handlesOthersBesideOneThatFails() throws Exception {
        deliver("poison");
        for (int i = 0; i < 20; i++) {
            deliver("good-" + i);
        }

        node().runDue(listener((webhook, attempt) -> {
            if (webhook.event().eventId().equals("poison")) {
                throw new IllegalStateException("the rule wants it to fail");
            }
        }));

        for (int i = 0; i < 20; i++) {
            assertEquals(State.HANDLED, node().state("formflow:good-" + i));
        }
        assertEquals(State.OPEN, node().state("formflow:poison"));
    }

    @Test
    void runsAParkedDeliveryAgainFromItsFirstAttempt() throws Exception {
        deliver(ID);
        runUntilParked(fails());
        calls().clear();

        assertTrue(node().rerun(KEY));
        assertFalse(node().rerun(KEY));
        node().runDue(succeeds());

        assertEquals(List.of("1 1"), calls());
        assertEquals(State.HANDLED, node().state(KEY));
        assertFalse(node().rerun(KEY));
    }

    @Test
    void runsAgainOnceForManyOperators() throws Exception {
        deliver(ID);
        runUntilParked(fails());

        List<Boolean> rerun = DeliveryStoreContract.atOnce(16, () -> node().rerun(KEY));

        assertEquals(1, Collections.frequency(rerun, true));
    }

    @Test
    void neverHandlesWhatIsDiscardedOrErased() throws Exception {
        deliver("discarded");
        deliver("erased");
        assertTrue(node().discard("formflow:discarded"));
        assertFalse(node().discard("formflow:discarded"));
        assertTrue(node().erase("formflow:erased"));
        assertFalse(node().erase("formflow:never-accepted"));

        timeMoved(LONGER_THAN_ANY_WAIT);
        node().runDue(succeeds());

        assertEquals(List.of(), calls());
        assertEquals(State.DISCARDED, node().state("formflow:discarded"));
        assertEquals(State.DISCARDED, node().state("formflow:erased"));
        assertFalse(node().rerun("formflow:discarded"));
    }

    @Test
    void leavesADeliveryWithoutAListenerToAnotherVersionOfTheApplication() throws Exception {
        deliver(ID);
        InboxDispatcher older = InboxDispatcher.builder()
                .listener("formflow", receiver()::restore, Set.of("export"), (webhook, attempt) -> {})
                .build();

        for (int i = 0; i <= MAX_ATTEMPTS; i++) {
            node().runDue(older);
            timeMoved(Duration.ofMinutes(1));
        }
        assertEquals(State.OPEN, node().state(KEY));
        node().runDue(succeeds());

        assertEquals(List.of("1 1"), calls());
    }

    @Test
    void parksADeliveryThatHasNoListenerForAnHour() throws Exception {
        deliver(ID);
        InboxDispatcher older = InboxDispatcher.builder()
                .listener("formflow", receiver()::restore, Set.of("export"), (webhook, attempt) -> {})
                .build();

        node().runDue(older);
        timeMoved(Duration.ofMinutes(61));
        node().runDue(older);

        assertEquals(State.PARKED, node().state(KEY));
    }

    @Test
    void discardsNothingThatAListenerHas() throws Exception {
        deliver(ID);

        node().runDue(listener((webhook, attempt) -> assertFalse(node().discard(KEY))));

        assertEquals(State.HANDLED, node().state(KEY));
    }
}
