package dev.hookseal.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;

/** Rules for what a body and the unsigned headers may be: whatever is signed is read or rejected, and is no server error. */
abstract class ProviderPayloadRules extends ProviderDeliveryRules {

    @TestTemplate
    void readsAnEventWithAMemberThatIsNotDocumented(ProviderEndpoint endpoint) throws Exception {
        for (FakeSampleEvent<?> sample : endpoint.samples()) {
            FakeSampleEvent<?> event = sample.identifiedBy(newId());
            if (object(event).isEmpty() || endpoint.isHandshake(endpoint.sign(event))) {
                continue;
            }
            String body = new String(event.body(), StandardCharsets.UTF_8).stripTrailing();
            String further = body.substring(0, body.length() - 1) + ",\"contractUnexpected\":[{\"a\":null},1e2]}";

            assertHandled(endpoint, endpoint.sign(event.withBody(further)));
        }
    }

    @TestTemplate
    void readsNoMemberOfAnotherKindWithAServerError(ProviderEndpoint endpoint) throws Exception {
        for (FakeSampleEvent<?> sample : endpoint.samples()) {
            FakeSampleEvent<?> event = sample.identifiedBy(newId());
            List<String> members = new ArrayList<>();
            object(event).ifPresent(json -> json.fieldNames().forEachRemaining(members::add));
            for (String member : members) {
                for (FakeSampleEvent<?> changed : withOtherKinds(event, member)) {
                    Optional<SignedDelivery> delivery = signIfPossible(endpoint, changed);
                    if (delivery.isPresent()) {
                        assertDecided(endpoint, delivery.get());
                    }
                }
            }
        }
    }

    // each with an id that no other delivery has, wherever the provider has its ids
    private List<FakeSampleEvent<?>> withOtherKinds(FakeSampleEvent<?> event, String member)
            throws JsonProcessingException {
        List<FakeSampleEvent<?>> changed = new ArrayList<>();
        for (String value : List.of("null", "[1e400]", "{\"a\":\"" + newId() + "\"}", nextNumber(), "true")) {
            FakeSampleEvent<?> identified = event.identifiedBy(newId());
            ObjectNode json = object(identified).orElseThrow();
            JsonNode before = Objects.requireNonNull(json.get(member));
            JsonNode after = JSON.readTree(value);
            if (before.getNodeType() != after.getNodeType()) {
                json.set(member, after);
                changed.add(identified.withBody(JSON.writeValueAsBytes(json)));
            }
        }
        return changed;
    }

    private String nextNumber() {
        return newId().replaceAll("\\D", "");
    }

    @TestTemplate
    void readsNoGarbageThatIsSignedWithAServerError(ProviderEndpoint endpoint) throws Exception {
        SignedDelivery genuine = endpoint.delivery(newId());
        for (byte[] garbage : garbage()) {
            FakeSampleEvent<?> event = endpoint.event(newId()).withBody(garbage);
            Optional<SignedDelivery> signed = signIfPossible(endpoint, event);
            if (signed.isPresent()) {
                assertDecided(endpoint, signed.get());
            }
            assertDecided(endpoint, genuine.withBody(garbage));
        }
    }

    private static List<byte[]> garbage() {
        List<byte[]> garbage = new ArrayList<>();
        Stream.of(
                        "",
                        " ",
                        "{",
                        "[]",
                        "null",
                        "\"text\"",
                        "1e999999",
                        "{\"a\":1}{",
                        "\uFEFF[]",
                        "\\ud800",
                        "[".repeat(3000),
                        "payload=%7B%zz&a",
                        "=&=")
                .forEach(text -> garbage.add(bytes(text)));
        garbage.add(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) 0xC0, (byte) 0xAF});
        return garbage;
    }

    @TestTemplate
    void needsNoneOfTheHeadersThatAreNotSigned(ProviderEndpoint endpoint) throws Exception {
        List<String[]> values = List.of(
                new String[0],
                new String[] {"one", "two"},
                new String[] {""},
                new String[] {"x".repeat(3000)},
                new String[] {"-1"});
        for (String header : endpoint.delivery(newId()).headers().keySet()) {
            boolean isSigned = endpoint.signatureHeaders().stream().anyMatch(header::equalsIgnoreCase);
            if (!isSigned && !header.equalsIgnoreCase("Content-Type")) {
                for (String[] value : values) {
                    assertDecided(endpoint, endpoint.delivery(newId()).withHeader(header, value));
                }
            }
        }
    }

    @TestTemplate
    void acceptsABodyThatWasWrittenAgainIfItsProviderDoes(ProviderEndpoint endpoint) throws Exception {
        for (FakeSampleEvent<?> sample : endpoint.samples()) {
            FakeSampleEvent<?> event = sample.identifiedBy(newId());
            SignedDelivery delivery = endpoint.sign(event);
            Optional<ObjectNode> json = object(event);
            if (json.isPresent() && endpoint.kit().isGenuineRewritten()) {
                assertHandled(endpoint, delivery.withBody(bytes(json.get().toPrettyString())));
            } else if (Forgery.REWRITTEN.appliesTo(delivery)) {
                assertRejected(401, () -> send(endpoint, delivery.forged(Forgery.REWRITTEN)));
            }
        }
    }
}
