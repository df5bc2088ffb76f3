package dev.hookseal.testkit;

import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Extracta signs {@code JSON.stringify(body.result)}, in base64, with the secret less its prefix. */
record ExtractaSender() implements Sender {
    private static final String PREFIX = "E_AI_K_";

    @Override
    public String name() {
        return "extracta";
    }

    @Override
    public String signatureHeader() {
        return "x-webhook-signature";
    }

    @Override
    public String signature(byte[] body, SigningSecret secret) {
        return Base64.getEncoder().encodeToString(Hmac.sha256(key(secret), message(body)));
    }

    private static byte[] message(byte[] body) {
        JsonMember result = JsonMember.last("result", body)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Extracta signs the body's result, and this body has none: " + body.length + " bytes"));
        return JsonText.asJavaScriptWrites(Arrays.copyOfRange(body, result.from(), result.to()));
    }

    private static byte[] key(SigningSecret secret) {
        // one character for each byte, so that a secret that is no text stays as it is
        String text = new String(secret.exposeSecretBytes(), StandardCharsets.ISO_8859_1);
        int at = text.indexOf(PREFIX);
        String key = at < 0 ? text : text.substring(0, at) + text.substring(at + PREFIX.length());
        if (key.isEmpty()) {
            throw new IllegalArgumentException(
                    "Nothing is left of this secret after its prefix E_AI_K_: give one that has more");
        }
        return key.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public Map<String, String> furtherHeaders(Clock clock) {
        return Map.of();
    }

    @Override
    public String eventTypeOf(byte[] body) {
        return "";
    }

    @Override
    public List<JsonMember> changeableMembers(byte[] body) {
        return JsonMember.last("result", body).stream().toList();
    }

    @Override
    public int defaultMaxBodyBytes() {
        return new ExtractaProvider().defaultMaxBodyBytes();
    }
}
