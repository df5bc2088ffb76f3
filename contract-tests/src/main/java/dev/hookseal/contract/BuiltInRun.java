package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.FakeExtractaEvent;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** The events of the built-in providers that the rules of {@link WebhookContract} send. */
abstract class BuiltInRun extends ContractRun {

    @Override
    final ContractApplication newApplication() {
        return new ContractApplication(List.of());
    }

    /** Returns an event of the type {@code extracted} from now. */
    FakeFormFlowEvent event(String id) {
        return FormFlowEvents.extracted().withClock(application().clock()).withEventId(id);
    }

    /** Its delivery, as FormFlow would make it. */
    SignedDelivery delivery(String id) {
        return signed(event(id));
    }

    SignedDelivery signed(FakeFormFlowEvent event) {
        return event.signedWith(ContractSecrets.formFlowByEvent());
    }

    /** Returns the delivery of an event to {@link ContractApplication#STRICT}. */
    SignedDelivery strict(FakeFormFlowEvent event) {
        return event.signedWith(ContractSecrets.STRICT);
    }

    /** Returns a body that the secret of {@code extracted} is right for. */
    SignedDelivery signed(byte[] body) {
        return SignedDelivery.of("formflow", body, SigningSecret.ofUtf8(ContractSecrets.EXTRACTED));
    }

    FakeExtractaEvent extractaEvent(String id) {
        return ExtractaEvents.processed().withFiles(ExtractaEvents.file().withFileId(id));
    }

    SignedDelivery extracta(String id) {
        return signed(extractaEvent(id));
    }

    SignedDelivery signed(FakeExtractaEvent event) {
        return event.signedWith(ContractSecrets.EXTRACTA.get(0));
    }

    /** Has the handler throw this for an event, whatever it is. */
    void fails(String id, Supplier<? extends Throwable> failure) {
        application().script(id, () -> {
            throw BuiltInRun.<RuntimeException>unchecked(failure.get());
        });
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // it is thrown on as what it is
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
        throw (T) failure;
    }

    /**
     * Asserts that the handler did not succeed: the sender gets 500, the outcome is a failure, and a redelivery is
     * handled.
     */
    void assertFailed(String path, String id, Exchange exchange) throws Exception {
        int calls = application().calls(id).size();

        Answer answer = exchange.send();

        assertEquals(500, answer.status(), () -> "status; the answer is " + answer);
        assertEquals(calls + 1, application().calls(id).size(), "calls of the handler");
        assertOutcomes(id, DeliveryOutcome.Kind.FAILED);
        application().unscript(id);
        application().encodable(id, true);
        assertEquals(200, wire().send(path, delivery(id)).status(), "status for the redelivery");
        assertEquals(calls + 2, application().calls(id).size(), "calls of the handler after a redelivery");
        assertNotHandled(200, () -> wire().send(path, delivery(id)));
    }

    /** Asserts the outcomes of an event's deliveries up to now, once they are reported. */
    void assertOutcomes(String id, DeliveryOutcome.Kind... expected) throws InterruptedException {
        assertEquals(
                List.of(expected),
                application().outcomesOf(id, expected.length, patience()).stream()
                        .map(DeliveryOutcome::kind)
                        .toList(),
                "outcomes of " + id);
    }

    static String text(FakeFormFlowEvent event) {
        return new String(event.body(), StandardCharsets.UTF_8);
    }

    /** Returns the value of the one signature header. */
    static String signatureOf(SignedDelivery delivery) {
        return delivery.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("X-Webhook-Signature"))
                .map(header -> header.getValue().get(0))
                .findFirst()
                .orElseThrow();
    }

    /** Asserts that the handler ran once for this event, and that its answer is what the sender got. */
    void assertHandled(String id, Answer answer) {
        assertAll(
                () -> assertEquals(200, answer.status(), () -> "status; the answer is " + answer),
                () -> assertEquals(id, answer.body(), "the handler's own answer"),
                () -> assertEquals(1, application().calls(id).size(), "calls of the handler"));
    }
}
