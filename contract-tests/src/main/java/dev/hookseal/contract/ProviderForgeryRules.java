package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.Forgeries;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.TestTemplate;

/** Rules for what each provider did not send: no handler gets it, and its sender learns nothing. */
abstract class ProviderForgeryRules extends ProviderPayloadRules {

    @TestTemplate
    void rejectsEachForgeryOfEachSample(ProviderEndpoint endpoint) throws Exception {
        for (FakeSampleEvent<?> sample : endpoint.samples()) {
            SignedDelivery genuine = endpoint.sign(sample.identifiedBy(newId()));
            for (Map.Entry<Forgery, SignedDelivery> forgery : forgeries(genuine).entrySet()) {
                assertRejected(statuses(forgery.getKey()), () -> send(endpoint, forgery));
            }
        }
        assertHandled(endpoint, endpoint.delivery(newId()));
    }

    private static Map<Forgery, SignedDelivery> forgeries(SignedDelivery genuine) {
        return Forgeries.of(genuine)
                .withMaxBodyBytes(ProviderEndpoint.MAX_BODY_BYTES)
                .byForgery();
    }

    private Answer send(ProviderEndpoint endpoint, Map.Entry<Forgery, SignedDelivery> forgery) throws Exception {
        SignedDelivery delivery = forgery.getValue();
        if (forgery.getKey() != Forgery.OVERSIZED) {
            return send(endpoint, delivery);
        }
        // without its body, and apart: a server that answers before it has read a body closes the connection
        try (RawConnection connection = wire().connect()) {
            return connection
                    .head("POST " + endpoint.path(), delivery, "Content-Length: " + delivery.body().length)
                    .answer();
        }
    }

    private static Set<Integer> statuses(Forgery forgery) {
        return switch (forgery) {
            case OVERSIZED -> Set.of(413);
            // 400 where the scheme needs JSON to find what is signed
            case TRUNCATED -> Set.of(401, 400);
            default -> Set.of(401);
        };
    }

    @TestTemplate
    void answersAProvidersRequestWithoutASignatureBeforeItsBody(ProviderEndpoint endpoint) throws Exception {
        SignedDelivery unsigned = endpoint.delivery(newId()).forged(Forgery.UNSIGNED);
        for (String framing : List.of("Content-Length: 1000", "Transfer-Encoding: chunked")) {
            assertRejected(401, () -> {
                try (RawConnection connection = wire().connect()) {
                    // nothing of the body is sent, so that a server that waits for it does not answer
                    return connection
                            .head("POST " + endpoint.path(), unsigned, framing)
                            .answer();
                }
            });
        }
    }

    @TestTemplate
    void rejectsAMalformedSignatureOfAProvider(ProviderEndpoint endpoint) throws Exception {
        SignedDelivery genuine = endpoint.delivery(newId());
        for (String header : genuine.headers().keySet()) {
            if (endpoint.signatureHeaders().stream().anyMatch(header::equalsIgnoreCase)) {
                String signature =
                        genuine.headers().getOrDefault(header, List.of()).get(0);
                for (String malformed : malformed(signature)) {
                    assertRejected(401, () -> send(endpoint, genuine.withHeader(header, malformed)));
                }
            }
        }
        assertHandled(endpoint, genuine);
    }

    private static List<String> malformed(String signature) {
        return List.of(
                "",
                "=",
                ",",
                "t=,v1=",
                "t=99999999999999999999,v1=00",
                "v1,",
                "sha256=",
                "%00",
                '"' + signature + '"',
                signature + "0",
                signature.substring(1),
                signature.substring(0, signature.length() / 2),
                signature.toUpperCase(Locale.ROOT) + signature,
                "x,".repeat(500),
                "0".repeat(5000));
    }

    @TestTemplate
    void rejectsOtherMethodsThanAProviderUses(ProviderEndpoint endpoint) throws Exception {
        SignedDelivery genuine = endpoint.delivery(newId());
        for (String method : List.of("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            assertMethodRejected(endpoint, () -> {
                try (RawConnection connection = wire().connect()) {
                    String length = "Content-Length: " + genuine.body().length;
                    connection
                            .head(method + " " + endpoint.path(), genuine, length)
                            .write(genuine.body());
                    return method.equals("HEAD") ? connection.answerWithoutBody() : connection.answer();
                }
            });
        }
        assertHandled(endpoint, genuine);
    }

    // a challenge of the provider would have a query
    private void assertMethodRejected(ProviderEndpoint endpoint, Exchange exchange) throws Exception {
        Answer answer = assertNotHandled(405, exchange);
        assertEquals(
                endpoint.allowedMethods(), answer.header("allow").orElse(""), () -> "Allow; the answer is " + answer);
    }

    @TestTemplate
    void answersEveryForgeryOfAProviderAlike(ProviderEndpoint endpoint) throws Exception {
        SignedDelivery genuine = endpoint.delivery(newId());
        Map<String, List<String>> headers = null;
        for (Map.Entry<Forgery, SignedDelivery> forgery : forgeries(genuine).entrySet()) {
            Answer answer = send(endpoint, forgery);
            if (answer.status() != 401) {
                continue;
            }
            Map<String, List<String>> comparable = new TreeMap<>(answer.headers());
            comparable.remove("date");
            // depends on whether the body was there before its signature was looked for
            comparable.remove("connection");
            headers = headers == null ? comparable : headers;
            assertEquals(headers, comparable, () -> "headers of the answer to " + forgery.getValue());
        }
    }

    @TestTemplate
    void logsNothingThatAProviderKeepsSecret(ProviderEndpoint endpoint) throws Exception {
        SignedDelivery genuine = endpoint.delivery(newId());
        String before = log();
        for (Map.Entry<Forgery, SignedDelivery> forgery : forgeries(genuine).entrySet()) {
            send(endpoint, forgery);
        }
        assertHandled(endpoint, genuine);

        String written = log().substring(before.length());
        assertTrue(written.contains(endpoint.name()), "the log of rejected deliveries is not captured");
        endpoint.signingSecrets()
                .forEach(secret -> assertFalse(written.contains(secret), "a signing secret is in the log"));
        for (String header : endpoint.signatureHeaders()) {
            genuine.toWebhookRequest()
                    .headers(header)
                    .forEach(signature -> assertFalse(written.contains(signature), "a signature is in the log"));
        }
        assertFalse(written.contains(new String(genuine.body(), StandardCharsets.UTF_8)), "the body is in the log");
    }
}
