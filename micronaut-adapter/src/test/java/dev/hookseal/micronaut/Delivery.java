package dev.hookseal.micronaut;

import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A delivery of FormFlow, in the shape that its page shows. */
final class Delivery {
    private final byte[] body;
    private final String signature;

    private Delivery(byte[] body, String signature) {
        this.body = body;
        this.signature = signature;
    }

    static Delivery of(String id) {
        return of(id, "extracted", Server.NOW.toString());
    }

    static Delivery of(String id, String type, String time) {
        return signed("{\"eventId\":\"" + id + "\",\"eventType\":\"" + type + "\",\"timestamp\":\"" + time
                + "\",\"submissionId\":\"sub_789012\",\"templateId\":1}");
    }

    static Delivery signed(String body) {
        return signed(body.getBytes(StandardCharsets.UTF_8), Server.SECRET);
    }

    static Delivery signed(byte[] body, String secret) {
        return new Delivery(body, sign(body, secret));
    }

    static String sign(byte[] body, String secret) {
        return HexFormat.of().formatHex(HmacSha256.sign(SigningSecret.ofUtf8(secret), body));
    }

    /** A genuine one that is as large as asked for. */
    static Delivery ofSize(String id, int bytes) {
        String start = "{\"eventId\":\"" + id + "\",\"eventType\":\"extracted\",\"timestamp\":\"" + Server.NOW
                + "\",\"padding\":\"";
        return signed(start + "x".repeat(bytes - start.length() - 2) + "\"}");
    }

    Delivery withSignature(String other) {
        return new Delivery(body, other);
    }

    Delivery withBody(String other) {
        return new Delivery(other.getBytes(StandardCharsets.UTF_8), signature);
    }

    HttpRequest.Builder request(URI uri) {
        return unsignedRequest(uri).header("X-Webhook-Signature", signature);
    }

    HttpRequest.Builder unsignedRequest(URI uri) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    byte[] body() {
        return body;
    }

    String signature() {
        return signature;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
