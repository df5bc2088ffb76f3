package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.contract.ContractApplication.HandlerCall;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.Verification;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.SignedDelivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a rule for each provider sends to the provider's endpoint, and what it asks of the handler. */
@ExtendWith(EachProvider.class)
abstract class ProviderRun extends ContractRun {
    static final JsonMapper JSON = new JsonMapper();

    // what a sender may be told of a delivery that it signed
    private static final Set<Integer> REJECTED = Set.of(400, 401);

    /** Returns the kits of the providers, see {@link ProviderContract#kits}. */
    protected abstract List<ProviderKit> kits();

    @Override
    final ContractApplication newApplication() {
        List<ProviderKit> kits = kits();
        assertTrue(!kits.isEmpty(), "There is no kit of a provider to try");
        return new ContractApplication(kits);
    }

    Instant now() {
        return application().clock().instant();
    }

    Answer send(ProviderEndpoint endpoint, SignedDelivery delivery) throws IOException, InterruptedException {
        return wire().send(endpoint.path(), delivery);
    }

    /** Asserts that the handler ran once, with what core and the provider read from the delivery. */
    void assertHandled(ProviderEndpoint endpoint, SignedDelivery delivery) throws Exception {
        assertHandled(endpoint, delivery, () -> send(endpoint, delivery));
    }

    /**
     * Does the same for a delivery that is sent in a way of its rule.
     *
     * @param delivery as the endpoint is to read it
     */
    void assertHandled(ProviderEndpoint endpoint, SignedDelivery delivery, Exchange exchange) throws Exception {
        VerifiedWebhook<?> expected = read(endpoint, delivery);
        int before = application().callsAt(endpoint.path()).size();

        Answer answer = exchange.send();

        assertEquals(200, answer.status(), () -> "status for " + delivery + "; the answer is " + answer);
        List<HandlerCall> calls = application().callsAt(endpoint.path());
        assertEquals(before + 1, calls.size(), () -> "calls of the handler for " + delivery);
        HandlerCall call = calls.get(before);
        VerifiedWebhook<?> seen = call.proof();
        assertNotNull(seen, "the proof");
        assertSame(seen.event(), call.event(), "the event of the proof");
        assertSameDelivery(expected, seen);
    }

    private static VerifiedWebhook<?> read(ProviderEndpoint endpoint, SignedDelivery delivery) throws Exception {
        return assertInstanceOf(
                        Verification.Delivery.class,
                        endpoint.verify(delivery.toWebhookRequest()),
                        () -> delivery + " is a delivery and not a handshake")
                .webhook();
    }

    private static void assertSameDelivery(VerifiedWebhook<?> expected, VerifiedWebhook<?> seen) {
        assertEquals(expected.event(), seen.event(), "the event");
        assertEquals(expected.eventName(), seen.eventName(), "the event's name");
        assertEquals(bytes(expected), bytes(seen), "the signed bytes");
        assertEquals(expected.unsignedHeaders(), seen.unsignedHeaders(), "the unsigned headers");
        assertEquals(expected.deliveryKey(), seen.deliveryKey(), "the delivery key");
        assertEquals(expected.coverage(), seen.coverage(), "what of the body is signed");
        assertEquals(expected.matchedSecret(), seen.matchedSecret(), "the secret that matched");
        assertEquals(expected.endpoint(), seen.endpoint(), "the endpoint");
    }

    private static String bytes(VerifiedWebhook<?> webhook) {
        return new String(webhook.signedBytes(), StandardCharsets.ISO_8859_1);
    }

    /**
     * Sends a delivery that may not be one of the provider's, and asserts that it is handled, answered or rejected as core
     * and the provider decide without a server: never with 5xx.
     */
    void assertDecided(ProviderEndpoint endpoint, SignedDelivery delivery) throws Exception {
        Verification<?> verification;
        try {
            verification = endpoint.verify(delivery.toWebhookRequest());
        } catch (WebhookRejectedException e) {
            assertTrue(REJECTED.contains(e.reason().status()), () -> "400 or 401 for " + delivery + ": " + e.reason());
            assertRejected(e.reason().status(), () -> send(endpoint, delivery));
            return;
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "The provider " + endpoint + " throws for " + delivery + ", which a server answers with 503", e);
        }
        if (verification instanceof Verification.Answered<?> answered) {
            assertNotHandled(answered.reply().response().status(), () -> send(endpoint, delivery));
        } else {
            assertHandled(endpoint, delivery);
        }
    }

    /** Returns the JSON object that a sample has for its body; empty if it is anything else. */
    static Optional<ObjectNode> object(FakeSampleEvent<?> sample) {
        try {
            JsonNode json = JSON.readTree(sample.body());
            return json instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Signs an event; empty if the provider cannot have sent it, so that its kit does not sign it. */
    static Optional<SignedDelivery> signIfPossible(ProviderEndpoint endpoint, FakeSampleEvent<?> event) {
        try {
            return Optional.of(endpoint.sign(event));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
