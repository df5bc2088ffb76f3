package dev.hookseal.diagnostics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookseal.signature.SigningSecret;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A delivery as it arrived, and what its receiver knows: genuine until one thing is changed. It is signed here and not
 * by the testkit, so that nothing is shared with what is tested.
 */
final class Arrived {
    static final String FORMFLOW_SECRET = "4d6f1e2a-9b0c-4c57-8f1d-formflow";
    static final String EXTRACTA_KEY = "7f3a9c52e1d84b06";
    static final String EXTRACTA_SECRET = "E_AI_K_" + EXTRACTA_KEY;
    static final Instant NOW = Instant.parse("2023-10-28T12:00:01Z");
    static final String FORMFLOW_BODY =
            "{\"eventId\":\"123e4567-e89b-12d3-a456-426614174000\",\"eventType\":\"extracted\","
                    + "\"timestamp\":\"2023-10-28T12:00:00.000Z\","
                    + "\"submissionId\":\"caf\u00e9/123e4567 \u20ac\",\"templateId\":1}";
    static final String EXTRACTA_RESULT =
            "[{\"extractionId\":\"extractionId\",\"batchId\":\"batchId\",\"fileId\":\"fileId\",\"fileName\":\"caf\u00e9.pdf\","
                    + "\"status\":\"processed\",\"result\":{\"total\":12.5,\"count\":3},\"url\":\"https://x/y\"}]";
    static final String EXTRACTA_BODY = "{\"event\":\"extraction.processed\",\"result\":" + EXTRACTA_RESULT + "}";

    static final String ACME_SECRET = "acme-9c41b7d05e6f";
    static final String ACME_TIME = "1698494400";
    static final String ACME_BODY = "{\"kind\":\"paid\",\"amount\":12.5,\"to\":\"caf\u00e9/7\",\"lines\":[1,2]}";

    private SignatureExplainer explainer;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private byte[] body;
    private final List<String> mustNotBeTold = new ArrayList<>();

    private Arrived(SignatureExplainer explainer, String body) {
        this.explainer = explainer.withClock(Clock.fixed(NOW, ZoneOffset.UTC));
        this.body = body.getBytes(UTF_8);
    }

    /** Signed over what may be other bytes, with what may be another key. */
    static Arrived formFlow(byte[] signed, String key) {
        String signature = HexFormat.of().formatHex(hmac(key.getBytes(UTF_8), signed));
        return new Arrived(SignatureExplainer.of("formflow"), FORMFLOW_BODY)
                .telling(FORMFLOW_SECRET, key, hexOf(FORMFLOW_SECRET, FORMFLOW_BODY))
                .signature(signature)
                .header("X-Webhook-Timestamp", "2023-10-28T12:00:00.500Z");
    }

    static Arrived formFlow(String signed) {
        return formFlow(signed.getBytes(UTF_8), FORMFLOW_SECRET).secret(FORMFLOW_SECRET);
    }

    static Arrived formFlow() {
        return formFlow(FORMFLOW_BODY);
    }

    static Arrived extracta(byte[] signed, byte[] key) {
        return new Arrived(SignatureExplainer.of("extracta"), EXTRACTA_BODY)
                .telling(EXTRACTA_KEY, base64Of(EXTRACTA_KEY, EXTRACTA_RESULT))
                .signature(Base64.getEncoder().encodeToString(hmac(key, signed)));
    }

    static Arrived extractaSignedBy(String key) {
        return extracta(EXTRACTA_RESULT.getBytes(UTF_8), key.getBytes(UTF_8));
    }

    static Arrived extracta(String signed) {
        return extracta(signed.getBytes(UTF_8), EXTRACTA_KEY.getBytes(UTF_8)).secret(EXTRACTA_SECRET);
    }

    static Arrived extracta() {
        return extracta(EXTRACTA_RESULT);
    }

    /** Of the test's own provider, signed over what may be another message, in hex. */
    static Arrived acme(byte[] signed, byte[] key) {
        return new Arrived(SignatureExplainer.of("acme"), ACME_BODY)
                .telling(HexFormat.of().formatHex(hmac(ACME_SECRET.getBytes(UTF_8), acmeMessage(ACME_BODY))))
                .header(
                        "Acme-Signature",
                        "t=" + ACME_TIME + ",v1=" + HexFormat.of().formatHex(hmac(key, signed)));
    }

    static Arrived acme(String signed) {
        return acme(signed.getBytes(UTF_8), ACME_SECRET.getBytes(UTF_8)).secret(ACME_SECRET);
    }

    static Arrived acmeSignedBy(String key) {
        return acme(acmeMessage(ACME_BODY), key.getBytes(UTF_8));
    }

    static Arrived acme() {
        return acmeSignedBy(ACME_SECRET).secret(ACME_SECRET);
    }

    static byte[] acmeMessage(String body) {
        return (ACME_TIME + "." + body).getBytes(UTF_8);
    }

    private Arrived telling(String... notThese) {
        mustNotBeTold.addAll(List.of(notThese));
        return this;
    }

    Arrived secret(String secret) {
        explainer = explainer.withSecret(secret);
        return telling(secret);
    }

    Arrived secretFor(String event, String secret) {
        explainer = explainer.withSecret(event, SigningSecret.ofUtf8(secret));
        return telling(secret);
    }

    Arrived otherSecret(String name, String secret) {
        explainer = explainer.withOtherSecret(name, SigningSecret.ofUtf8(secret));
        return telling(secret);
    }

    Arrived tolerance(Duration tolerance) {
        explainer = explainer.withTolerance(tolerance);
        return this;
    }

    Arrived at(String time) {
        explainer = explainer.withClock(Clock.fixed(Instant.parse(time), ZoneOffset.UTC));
        return this;
    }

    Arrived body(String body) {
        return body(body.getBytes(UTF_8));
    }

    Arrived body(byte[] body) {
        this.body = body;
        return this;
    }

    Arrived bodyChanged(UnaryOperator<String> change) {
        return body(change.apply(new String(body, UTF_8)));
    }

    Arrived signature(String... values) {
        return header("X-Webhook-Signature", values);
    }

    Arrived signatureChanged(UnaryOperator<String> change) {
        return headerChanged("X-Webhook-Signature", change);
    }

    Arrived headerChanged(String name, UnaryOperator<String> change) {
        return header(name, change.apply(headers.getOrDefault(name, List.of()).get(0)));
    }

    /** Explained by another explainer, which needs the secret, the clock and the settings again. */
    Explanation explanationOf(SignatureExplainer other) {
        return other.withClock(Clock.fixed(NOW, ZoneOffset.UTC)).explain(headers, body);
    }

    Arrived header(String name, String... values) {
        headers.put(name, List.of(values));
        return this;
    }

    Arrived withoutHeader(String name) {
        headers.remove(name);
        return this;
    }

    Explanation explanation() {
        return explainer.explain(headers, body);
    }

    List<String> mustNotBeTold() {
        return mustNotBeTold;
    }

    private static String hexOf(String key, String message) {
        return HexFormat.of().formatHex(hmac(key.getBytes(UTF_8), message.getBytes(UTF_8)));
    }

    private static String base64Of(String key, String message) {
        return Base64.getEncoder().encodeToString(hmac(key.getBytes(UTF_8), message.getBytes(UTF_8)));
    }

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
