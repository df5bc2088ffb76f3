package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Verification;
import dev.hookseal.request.WebhookResponse;
import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;

/** Rules for what each provider sends: the handler gets it, once. */
abstract class ProviderDeliveryRules extends ProviderRun {
    // escaped as no library would write it again, and a value that is empty
    private static final String QUERY = "?tenant=a%2Fb&x=";
    private static final List<String> OTHER_QUERIES =
            List.of("", "?tenant=a/b&x=", "?tenant=a%2fb&x=", "?x=&tenant=a%2Fb");
    // that of core, for an event's own time
    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    @TestTemplate
    void handsOverEachSampleAsItsProviderReadsIt(ProviderEndpoint endpoint) throws Exception {
        for (FakeSampleEvent<?> sample : endpoint.samples()) {
            SignedDelivery delivery = endpoint.sign(sample.identifiedBy(newId()));
            if (!endpoint.isHandshake(delivery)) {
                assertHandled(endpoint, delivery);
            }
        }
    }

    @TestTemplate
    void acceptsTheSecretThatIsBeingReplaced(ProviderEndpoint endpoint) throws Exception {
        assertHandled(endpoint, endpoint.signWithOldSecret(endpoint.event(newId())));
    }

    @TestTemplate
    void verifiesTheQueryIfTheProviderSignsTheUrl(ProviderEndpoint endpoint) throws Exception {
        FakeSampleEvent<?> event = endpoint.event(newId()).to(URI.create(endpoint.publicUrl() + QUERY));
        SignedDelivery delivery = endpoint.sign(event);
        assertHandled(endpoint, delivery, () -> wire().send(endpoint.path() + QUERY, delivery));

        boolean signsTheUrl = signsTheUrl(endpoint, delivery);
        for (String other : OTHER_QUERIES) {
            SignedDelivery sent = signsTheUrl ? delivery : endpoint.sign(event.identifiedBy(newId()));
            Exchange exchange = () -> wire().send(endpoint.path() + other, sent);
            if (signsTheUrl) {
                assertRejected(401, exchange);
            } else {
                assertHandled(endpoint, sent, exchange);
            }
        }
    }

    // a signature of ECDSA is another one each time, whatever is signed
    private static boolean signsTheUrl(ProviderEndpoint endpoint, SignedDelivery delivery) {
        SignedDelivery again = delivery.signedFor(URI.create(endpoint.publicUrl() + QUERY));
        SignedDelivery elsewhere = delivery.signedFor(URI.create(endpoint.publicUrl() + "/elsewhere"));
        return again.headers().equals(delivery.headers())
                ? !elsewhere.headers().equals(delivery.headers())
                : endpoint.value(EndpointSettings.PUBLIC_URL).isPresent();
    }

    @TestTemplate
    void acceptsTheHeadersOfAProviderInAnyCase(ProviderEndpoint endpoint) throws Exception {
        List<UnaryOperator<String>> cases =
                List.of(name -> name.toUpperCase(Locale.ROOT), name -> name.toLowerCase(Locale.ROOT));
        for (UnaryOperator<String> spelt : cases) {
            SignedDelivery delivery = endpoint.delivery(newId());
            List<String> lines = new ArrayList<>();
            delivery.headers()
                    .forEach((name, values) -> values.forEach(value -> lines.add(spelt.apply(name) + ": " + value)));
            lines.add("Content-Length: " + delivery.body().length);
            assertHandled(endpoint, delivery, () -> {
                try (RawConnection connection = wire().connect()) {
                    return connection
                            .head("POST " + endpoint.path(), lines)
                            .write(delivery.body())
                            .answer();
                }
            });
        }
    }

    @TestTemplate
    void acceptsADeliveryOfAProviderWithAnyContentType(ProviderEndpoint endpoint) throws Exception {
        for (String contentType : List.of(
                "application/json; charset=utf-8",
                "application/x-www-form-urlencoded",
                "application/octet-stream",
                "text/plain; charset=utf-16",
                "/")) {
            assertHandled(endpoint, endpoint.delivery(newId()).withHeader("Content-Type", contentType));
        }
        assertHandled(endpoint, endpoint.delivery(newId()).withHeader("Content-Type"));
    }

    @TestTemplate
    void recognisesARedeliveryByItsSignedIdAlone(ProviderEndpoint endpoint) throws Exception {
        SignedDelivery first = endpoint.delivery(newId());
        assertHandled(endpoint, first);

        for (SignedDelivery again : List.of(first, first.redeliveredAt(now().plusSeconds(1)))) {
            if (key(endpoint, first).isPresent()) {
                assertNotHandled(200, () -> send(endpoint, again));
            } else {
                assertHandled(endpoint, again);
            }
        }
    }

    private static Optional<Object> key(ProviderEndpoint endpoint, SignedDelivery delivery) throws Exception {
        return endpoint.verify(delivery.toWebhookRequest()) instanceof Verification.Delivery<?> verified
                ? Optional.ofNullable(verified.webhook().deliveryKey())
                : Optional.empty();
    }

    @TestTemplate
    void handlesADeliveryWithAnotherId(ProviderEndpoint endpoint) throws Exception {
        assertHandled(endpoint, endpoint.delivery(newId()));
        assertHandled(endpoint, endpoint.delivery(newId()));
    }

    /** Where an endpoint checks no time, a delivery of any time is handled. */
    @TestTemplate
    void acceptsATimeAtTheLimitAndNoneBeyond(ProviderEndpoint endpoint) throws Exception {
        boolean isChecked = Forgery.STALE.appliesTo(endpoint.delivery(newId()));
        Optional<Duration> tolerance = endpoint.value(EndpointSettings.TOLERANCE);
        Duration before = tolerance
                .or(() -> endpoint.value(EndpointSettings.REPLAY_WINDOW))
                .orElse(Duration.ofDays(1));
        Duration after = tolerance.orElse(MAX_AHEAD);

        assertHandled(endpoint, at(endpoint, now().minus(before)));
        assertHandled(endpoint, at(endpoint, now().plus(after)));

        for (Instant beyond :
                List.of(now().minus(before).minusSeconds(1), now().plus(after).plusSeconds(1))) {
            SignedDelivery delivery = at(endpoint, beyond);
            if (isChecked) {
                assertRejected(401, () -> send(endpoint, delivery));
            } else {
                assertHandled(endpoint, delivery);
            }
        }
    }

    private SignedDelivery at(ProviderEndpoint endpoint, Instant time) {
        return endpoint.sign(endpoint.event(newId()).at(time));
    }

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

    @TestTemplate
    void answersAHandshakeItself(ProviderEndpoint endpoint) throws Exception {
        for (FakeSampleEvent<?> sample : endpoint.samples()) {
            SignedDelivery delivery = endpoint.sign(sample.identifiedBy(newId()));
            if (endpoint.verify(delivery.toWebhookRequest()) instanceof Verification.Answered<?> handshake) {
                assertAnswered(endpoint, delivery, handshake.reply().response());
            }
        }
    }

    private void assertAnswered(ProviderEndpoint endpoint, SignedDelivery delivery, WebhookResponse expected)
            throws Exception {
        int outcomes = application().outcomeCount();

        Answer answer = assertNotHandled(expected.status(), () -> send(endpoint, delivery));

        assertEquals(expected.body(), answer.body(), "the answer");
        for (Map.Entry<String, String> header : expected.headers().entrySet()) {
            assertEquals(
                    header.getValue(),
                    answer.header(header.getKey().toLowerCase(Locale.ROOT)).orElse(""),
                    header.getKey());
        }
        // others may be reported late, of deliveries before
        assertTrue(
                application().outcomesSince(outcomes).stream().anyMatch(DeliveryOutcome.Handshake.class::isInstance),
                "it is reported as a handshake, and not as a delivery");
        for (Forgery forgery : List.of(Forgery.UNSIGNED, Forgery.WRONG_SECRET, Forgery.DOUBLED_SIGNATURE)) {
            assertRejected(401, () -> send(endpoint, delivery.forged(forgery)));
        }
    }
}
