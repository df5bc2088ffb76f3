package dev.hookseal.extracta;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.internal.json.EcmaScriptJson;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sends as Extracta does. The provider's page shows one body for all events, with one file whose status is
 * {@code processed}, and so do the samples: what else a status can be is not documented.
 *
 * @since 0.1.0
 */
public final class ExtractaKit implements ProviderKit {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PREFIX = "E_AI_K_";

    @Override
    public WebhookProvider<ExtractaEvent> provider() {
        return new ExtractaProvider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        byte[] body = delivery.body();
        ByteRange result = result(body)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The body has no member \"result\", which is all that Extracta signs"));
        byte[] message = asJavaScriptWrites(Arrays.copyOfRange(body, result.from(), result.to()));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put(
                ExtractaProvider.SIGNATURE_HEADER,
                Base64.getEncoder().encodeToString(HmacSha256.sign(key(secret), message)));
        return headers;
    }

    private static SigningSecret key(SigningSecret secret) {
        String text = text(secret);
        if (!text.contains(PREFIX)) {
            return secret;
        }
        String key = withoutFirstPrefix(text);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("The secret is empty after its prefix " + PREFIX + ": give it whole");
        }
        return secret(key);
    }

    // one character for each byte, so that a secret that is not text stays as it is
    private static String text(SigningSecret secret) {
        return new String(secret.exposeSecretBytes(), StandardCharsets.ISO_8859_1);
    }

    private static SigningSecret secret(String text) {
        return SigningSecret.ofBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Returns one event of each documented type. */
    @Override
    public List<SampleEvent> samples() {
        Set<String> names = new TreeSet<>(provider().eventNames());
        return names.stream()
                .map(name -> new SampleEvent(
                        name,
                        "{\"event\":\"" + name + "\",\"result\":[{\"extractionId\":\"extractionId\","
                                + "\"batchId\":\"batchId\",\"fileId\":\"fileId\",\"fileName\":\"fileName\","
                                + "\"status\":\"processed\",\"result\":{},\"url\":\"fileUrl\"}]}"))
                .toList();
    }

    @Override
    public TestSecret newSecret(String seed) {
        return TestSecret.ofSeed(PREFIX, seed);
    }

    /** {@inheritDoc} It is the {@code event}, which is not signed. */
    @Override
    public byte[] withEventName(byte[] body, String name) {
        try {
            byte[] json = JSON.writeValueAsBytes(name);
            return member("event", body).map(range -> range.replace(body, json)).orElse(body);
        } catch (IOException e) {
            throw new IllegalArgumentException("The name has no form in UTF-8", e);
        }
    }

    /** Returns the {@code result}: nothing else is signed. */
    @Override
    public Optional<ByteRange> signedRange(byte[] body) {
        return result(body);
    }

    /** Returns the {@code result}. */
    @Override
    public List<ByteRange> signedParts(byte[] body) {
        return result(body).stream().toList();
    }

    /** Returns true: JavaScript's form of the result is signed, however it is written. */
    @Override
    public boolean isGenuineRewritten() {
        return true;
    }

    @Override
    public List<Suspicion> suspicions(WebhookRequest request, SigningSecret secret) {
        List<Suspicion> suspicions = new ArrayList<>();
        String text = text(secret);
        if (text.contains(PREFIX)) {
            suspicions.add(new Suspicion(
                    "prefix-left-in",
                    "It was signed with the secret as it was given here, with " + PREFIX + " in it",
                    "The sender has to remove " + PREFIX
                            + " before it signs. If the sender is the provider, the secret here"
                            + " was shortened before: give it whole, as the dashboard shows it.",
                    request,
                    secret(PREFIX + text)));
        }
        String left = withoutFirstPrefix(text);
        while (left.contains(PREFIX)) {
            left = withoutFirstPrefix(left);
            if (!left.isEmpty()) {
                suspicions.add(new Suspicion(
                        "prefix-removed-twice",
                        "It was signed with the secret after " + PREFIX + " was removed more than once",
                        "Only the first " + PREFIX + " is removed, once, by the one who signs or verifies: let nothing"
                                + " else remove it as well.",
                        request,
                        // a verifier removes the first one
                        secret(PREFIX + left)));
            }
        }
        wholeBody(request).ifPresent(wrapped -> suspicions.add(suspicionOfPart(request, wrapped, secret)));
        return suspicions;
    }

    private static String withoutFirstPrefix(String text) {
        int at = text.indexOf(PREFIX);
        return at < 0 ? text : text.substring(0, at) + text.substring(at + PREFIX.length());
    }

    private static Suspicion suspicionOfPart(WebhookRequest request, WebhookRequest wrapped, SigningSecret secret) {
        return result(request.bodyAsFarAsRead()).isPresent()
                ? new Suspicion(
                        "whole-body-signed",
                        "It was signed over the whole body, where Extracta signs its result alone",
                        "Sign JSON.stringify(body.result).",
                        wrapped,
                        secret)
                : new Suspicion(
                        "result-alone",
                        "The body here is the result alone: what was around it is gone",
                        "Verify the request's body as it came, and not a part of it.",
                        wrapped,
                        secret);
    }

    /** Returns a request whose result is the body. */
    private static Optional<WebhookRequest> wholeBody(WebhookRequest request) {
        try {
            byte[] body = request.body();
            byte[] wrapped = ("{\"result\":" + new String(body, StandardCharsets.ISO_8859_1) + "}")
                    .getBytes(StandardCharsets.ISO_8859_1);
            return Optional.of(WebhookRequest.of(request.method(), request.headers(), wrapped));
        } catch (WebhookRejectedException e) {
            return Optional.empty();
        }
    }

    private static Optional<ByteRange> result(byte[] body) {
        return member("result", body);
    }

    /** Returns where the value of the last member of a name is; empty if the body has none, or is not JSON. */
    private static Optional<ByteRange> member(String name, byte[] body) {
        boolean marked = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        JsonScanner json = new JsonScanner(body, marked ? 3 : 0, body.length);
        Optional<ByteRange> found = Optional.empty();
        try {
            if (json.peek() != '{') {
                return found;
            }
            json.enterObject();
            while (json.nextMember()) {
                boolean isWanted = json.nameIs(name);
                json.peek();
                int from = json.position();
                json.skipValue();
                if (isWanted) {
                    found = Optional.of(new ByteRange(from, json.position()));
                }
            }
            json.expectEnd();
            return found;
        } catch (JsonFormatException e) {
            return Optional.empty();
        }
    }

    private static byte[] asJavaScriptWrites(byte[] json) {
        try {
            return EcmaScriptJson.stringify(json);
        } catch (JsonFormatException e) {
            throw new IllegalArgumentException("The body is not JSON: " + e.getMessage(), e);
        }
    }
}
