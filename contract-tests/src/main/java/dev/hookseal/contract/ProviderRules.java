package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.standardwebhooks.StandardWebhooksEvent;
import dev.hookseal.standardwebhooks.StandardWebhooksKit;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a server does for a provider of which it knows nothing but what the class path has. */
abstract class ProviderRules extends HandlerRules {
    private static final String QUERY = "?tenant=a%2Fb&x=1";
    private static final int TOLERANCE_SECONDS = 300;

    private static final List<String> NOT_THE_CHALLENGE =
            List.of("", "?token=" + ContractSecrets.VERIFY_TOKEN, "?Challenge=1", "?challenge=1&challenge=2");

    private Map<String, String> standard(String id, Instant time, String body, String secret) {
        return new StandardWebhooksKit()
                .sign(new UnsignedDelivery("POST", "", "", id, time, bytes(body)), SigningSecret.ofUtf8(secret));
    }

    private Answer sendStandard(Map<String, String> headers, String body) throws Exception {
        return wire().send("POST", ContractApplication.STANDARD_WEBHOOKS, headers, bytes(body));
    }

    private Instant now() {
        return application().clock().instant();
    }

    private static String standardBody(String text) {
        return "{\"type\":\"order.paid\",\"timestamp\":\"2026-11-30T09:00:00Z\",\"data\":{\"text\":\"" + text + "\"}}";
    }

    @Test
    void handsOverAMessageOfStandardWebhooks() throws Exception {
        for (String secret :
                List.of(ContractSecrets.STANDARD_WEBHOOKS, ContractSecrets.STANDARD_WEBHOOKS_PRIVATE_KEY)) {
            String id = newId();
            String body = standardBody("M\u00fcller \ud83d\ude00");

            assertHandled(id, sendStandard(standard(id, now(), body, secret), body));

            StandardWebhooksEvent event = assertInstanceOf(StandardWebhooksEvent.class, seen(id));
            assertEquals("order.paid", event.type());
            assertEquals(now().getEpochSecond(), event.attemptedAt().getEpochSecond());
            assertEquals(body, event.toJson().json());
        }
    }

    @Test
    void rejectsAMessageOfStandardWebhooksThatWasChanged() throws Exception {
        String id = newId();
        String body = standardBody("text");
        Map<String, String> genuine = standard(id, now(), body, ContractSecrets.STANDARD_WEBHOOKS);
        assertRejected(401, () -> sendStandard(genuine, standardBody("tex!")));
        for (Map.Entry<String, String> change : Map.of(
                        "webhook-id", id + "0",
                        "webhook-timestamp", genuine.getOrDefault("webhook-timestamp", "") + "0",
                        "webhook-signature",
                                "v1a"
                                        + genuine.getOrDefault("webhook-signature", "v1")
                                                .substring(2))
                .entrySet()) {
            Map<String, String> changed = new LinkedHashMap<>(genuine);
            changed.put(change.getKey(), change.getValue());
            assertRejected(401, () -> sendStandard(changed, body));
        }
        for (int seconds : List.of(-TOLERANCE_SECONDS - 1, TOLERANCE_SECONDS + 1)) {
            Map<String, String> late =
                    standard(id, now().plusSeconds(seconds), body, ContractSecrets.STANDARD_WEBHOOKS);
            assertRejected(401, () -> sendStandard(late, body));
        }
    }

    @Test
    void acknowledgesARetryOfStandardWebhooksThatIsSignedAgain() throws Exception {
        String id = newId();
        String body = standardBody("text");
        assertHandled(id, sendStandard(standard(id, now(), body, ContractSecrets.STANDARD_WEBHOOKS), body));

        Map<String, String> retry = standard(id, now().plusSeconds(60), body, ContractSecrets.STANDARD_WEBHOOKS);
        assertNotHandled(200, () -> sendStandard(retry, body));
    }

    private static String customBody(String id) {
        return "{\"id\":\"" + id + "\"}";
    }

    private Map<String, String> custom(String query, String body) {
        String time = Long.toString(now().getEpochSecond());
        String message = "POST " + ContractSecrets.PUBLIC_URL + query + " " + time + " " + body;
        String signature = hmac(message);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ContractProvider.SIGNATURE_HEADER, "t=" + time + ",v1=" + "0".repeat(64) + ",v1=" + signature);
        headers.put(ContractProvider.EVENT_HEADER, "order.paid");
        return headers;
    }

    private static String hmac(String message) {
        return HexFormat.of().formatHex(HmacSha256.sign(SigningSecret.ofUtf8(ContractSecrets.CUSTOM), bytes(message)));
    }

    private Answer sendCustom(String query, Map<String, String> headers, String body) throws Exception {
        return wire().send("POST", ContractApplication.CUSTOM + query, headers, bytes(body));
    }

    @Test
    void handsOverADeliveryOfACustomProviderWithAnyOfItsSignatures() throws Exception {
        String id = newId();

        assertHandled(id, sendCustom("", custom("", customBody(id)), customBody(id)));

        assertEquals(
                "order.paid",
                assertInstanceOf(ContractProvider.Event.class, seen(id)).unsignedName());
    }

    @Test
    void verifiesTheRegisteredUrlWithTheQueryAsItWasSent() throws Exception {
        String id = newId();
        String body = customBody(id);
        Map<String, String> headers = custom(QUERY, body);
        headers.put("X-Forwarded-Host", "elsewhere.example.com");
        headers.put("X-Forwarded-Proto", "http");

        assertHandled(id, sendCustom(QUERY, headers, body));
        for (String other : List.of("", "?tenant=a/b&x=1", "?tenant=a%2fb&x=1", "?x=1&tenant=a%2Fb")) {
            assertRejected(401, () -> sendCustom(other, headers, body));
        }
    }

    private Answer ask(String query) throws Exception {
        return wire().send("GET", ContractApplication.CUSTOM + query, Map.of(), new byte[0]);
    }

    @Test
    void answersAChallengeInItsShapeAlone() throws Exception {
        int outcomes = application().outcomeCount();
        Answer answer =
                assertNotHandled(200, () -> ask("?token=" + ContractSecrets.VERIFY_TOKEN + "&challenge=1158201444"));

        assertAll(
                () -> assertEquals("1158201444", answer.body()),
                () -> assertTrue(answer.header("content-type").orElse("").startsWith("text/plain")),
                () -> assertEquals(
                        "nosniff", answer.header("x-content-type-options").orElse("")));
        assertIsHandshake(outcomes);
        for (String query : NOT_THE_CHALLENGE) {
            Answer other = assertRejected(405, () -> ask(query));
            assertEquals("POST, GET", other.header("allow").orElse(""));
        }
        assertRejected(401, () -> ask("?token=another&challenge=1158201444"));
    }

    // others may be reported late, of deliveries before
    private void assertIsHandshake(int outcomesBefore) {
        assertTrue(
                application().outcomesSince(outcomesBefore).stream()
                        .anyMatch(DeliveryOutcome.Handshake.class::isInstance),
                "it is reported as a handshake, and not as a delivery");
    }

    @Test
    void echoesNothingThatABrowserCouldRender() throws Exception {
        for (String challenge :
                List.of("%3Cscript%3Ealert(1)%3C/script%3E", "a%20b", "%0d%0aSet-Cookie:a=b", "x".repeat(1025))) {
            Answer answer = assertRejected(
                    400, () -> ask("?token=" + ContractSecrets.VERIFY_TOKEN + "&challenge=" + challenge));
            assertFalse(answer.everything().contains("script"), () -> "the answer is " + answer);
        }
    }

    @Test
    void answersASignedHandshakeAndNoUnsignedOne() throws Exception {
        String body = String.format(ContractProvider.PING, "token-1");
        Map<String, String> headers = custom("", body);
        int outcomes = application().outcomeCount();

        Answer answer = assertNotHandled(200, () -> sendCustom("", headers, body));

        assertTrue(answer.header("content-type").orElse("").startsWith("application/json"));
        assertEquals("{\"hash\":\"" + hmac("token-1") + "\"}", answer.body());
        assertIsHandshake(outcomes);
        assertRejected(401, () -> sendCustom("", Map.of(), body));
        assertRejected(401, () -> sendCustom("", custom("", customBody("other")), body));
    }
}
