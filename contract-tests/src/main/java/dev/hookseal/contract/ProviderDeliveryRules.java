package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Verification;
import dev.hookseal.request.WebhookResponse;
import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
        Optional<Duration> tolerance = endpoint.tolerance();
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
