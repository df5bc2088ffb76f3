package dev.hookseal.spring.app;

import dev.hookseal.fixture.CustomProvider;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** A signed request, as a provider sends it; the secrets are those of the {@link WebhookApplication}. */
public record Delivery(String header, String signature, String contentType, String body) {
    public static final String FORMFLOW_SECRET = "whsec-4b1f0c6ad2e84f5b";
    public static final String EXPORT_SECRET = "whsec-of-the-export";
    public static final String EXTRACTA_SECRET = "E_AI_K_c0ffee";
    public static final String STRIPE_SECRET = "whsec_of_stripe";
    public static final String ACME_SECRET = "acme-secret";

    private static final String JSON = "application/json";

    /** In the shape of the provider's guide. */
    public static Delivery formFlow(String eventId) {
        return formFlow(eventId, "extracted", FORMFLOW_SECRET);
    }

    public static Delivery formFlow(String eventId, String type, String secret) {
        return formFlow(secret, """
                {"eventId":"%s","eventType":"%s","timestamp":"2023-10-28T12:00:00.000Z",\
                "submissionId":"123e4567-e89b-12d3-a456-426614174001","templateId":1}""".formatted(eventId, type));
    }

    public static Delivery formFlow(String secret, String body) {
        return new Delivery("X-Webhook-Signature", HexFormat.of().formatHex(hmac(secret, body)), JSON, body);
    }

    /** In the shape of the provider's page; what is signed is the list. */
    public static Delivery extracta(String fileId) {
        String result = """
                [{"extractionId":"e1","batchId":"b1","fileId":"%s","fileName":"f1","status":"processed",\
                "result":{},"url":"u1"}]""".formatted(fileId);
        byte[] signature = hmac(EXTRACTA_SECRET.replace("E_AI_K_", ""), result);
        String body = "{\"event\":\"extraction.processed\",\"result\":" + result + "}";
        return new Delivery("x-webhook-signature", Base64.getEncoder().encodeToString(signature), JSON, body);
    }

    /** As Stripe's page signs: the time, a dot and the body. */
    public static Delivery stripe(String eventId, Instant signed) {
        String body = """
                {"id":"%s","object":"event","type":"invoice.paid","created":%d,"livemode":false,\
                "data":{"object":{"id":"in_1","object":"invoice"}}}""".formatted(eventId, signed.getEpochSecond());
        String signature = HexFormat.of().formatHex(hmac(STRIPE_SECRET, signed.getEpochSecond() + "." + body));
        return new Delivery("Stripe-Signature", "t=" + signed.getEpochSecond() + ",v1=" + signature, JSON, body);
    }

    /** Of the application's own provider, which signs a body of any form. */
    public static Delivery acme(String contentType, String body) {
        return new Delivery(
                CustomProvider.SIGNATURE_HEADER, HexFormat.of().formatHex(hmac(ACME_SECRET, body)), contentType, body);
    }

    public Delivery withBody(String other) {
        return new Delivery(header, signature, contentType, other);
    }

    public byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** For MockMvc. The builder's own methods are others in Framework 7, to which this class is not compiled. */
    public RequestBuilder to(String path) {
        return context -> {
            MockHttpServletRequest request = MockMvcRequestBuilders.post(path).buildRequest(context);
            request.setContentType(contentType);
            request.addHeader(header, signature);
            request.setContent(bytes());
            return request;
        };
    }

    private static byte[] hmac(String secret, String message) {
        return HmacSha256.sign(SigningSecret.ofUtf8(secret), message.getBytes(StandardCharsets.UTF_8));
    }
}
