package dev.hookseal.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The platform's own HMAC, to sign what is sent and as the measure of all: no verification can do with less. */
final class Hmac {
    private Hmac() {}

    /** One that is ready, as a verifier of one thread would keep it. */
    static Mac ready(String secret) {
        return ready(secret.getBytes(StandardCharsets.UTF_8));
    }

    static Mac ready(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }
}
