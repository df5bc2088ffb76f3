package dev.hookseal.github;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends as GitHub does, with the headers of the example on its page "Webhook events and payloads". The samples have the members
 * that its pages document for each event, with values from its examples.
 *
 * <p>A body that begins with {@code payload=} is sent as a form.
 *
 * @since 0.1.0
 */
public final class GitHubKit implements ProviderKit {
    private static final String SIGNATURE = "X-Hub-Signature-256";
    private static final String OLD_SIGNATURE = "X-Hub-Signature";
    private static final String FORM = "payload=";

    private static final String ORIGIN =
            "\"repository\":{\"id\":1296269,\"name\":\"Hello-World\",\"full_name\":\"octocat/Hello-World\","
                    + "\"private\":false,\"owner\":{\"login\":\"octocat\",\"id\":1}},"
                    + "\"sender\":{\"login\":\"octocat\",\"id\":1,\"type\":\"User\"}";

    @Override
    public WebhookProvider<GitHubEvent> provider() {
        return new GitHubProvider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        boolean isForm = new String(delivery.body(), StandardCharsets.ISO_8859_1).startsWith(FORM);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "GitHub-Hookshot/044aadd");
        headers.put("Content-Type", isForm ? "application/x-www-form-urlencoded" : "application/json");
        if (!delivery.eventName().isEmpty()) {
            headers.put("X-GitHub-Event", delivery.eventName());
        }
        headers.put("X-GitHub-Delivery", delivery.id());
        headers.put("X-GitHub-Hook-ID", "292430182");
        headers.put("X-GitHub-Hook-Installation-Target-Type", "repository");
        headers.put("X-GitHub-Hook-Installation-Target-ID", "79929171");
        headers.put(OLD_SIGNATURE, "sha1=" + HexFormat.of().formatHex(sha1(secret, delivery.body())));
        headers.put(SIGNATURE, sha256(secret, delivery.body()));
        return headers;
    }

    private static String sha256(SigningSecret secret, byte[] body) {
        return "sha256=" + HexFormat.of().formatHex(HmacSha256.sign(secret, body));
    }

    private static byte[] sha1(SigningSecret secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.exposeSecretBytes(), "HmacSHA1"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA1", e);
        }
    }

    @Override
    public List<SampleEvent> samples() {
        return List.of(
                new SampleEvent(
                        "ping",
                        "{\"zen\":\"Keep it logically awesome.\",\"hook_id\":292430182,\"hook\":{\"type\":\"Repository\","
                                + "\"id\":292430182,\"name\":\"web\",\"active\":true,\"events\":[\"push\"],"
                                + "\"config\":{\"content_type\":\"json\",\"insecure_ssl\":\"0\","
                                + "\"url\":\"https://example.com/webhooks\"}},"
                                + ORIGIN + "}"),
                new SampleEvent(
                        "push",
                        "{\"ref\":\"refs/heads/main\",\"before\":\"6dcb09b5b57875f334f61aebed695e2e4193db5e\","
                                + "\"after\":\"7fd1a60b01f91b314f59955a4e4d4e80d8edf11d\",\"created\":false,"
                                + "\"deleted\":false,\"forced\":false,\"commits\":[],\"head_commit\":null,"
                                + "\"pusher\":{\"name\":\"octocat\",\"email\":\"octocat@github.com\"},"
                                + ORIGIN + "}"),
                new SampleEvent(
                        "issues",
                        "{\"action\":\"opened\",\"issue\":{"
                                + "\"url\":\"https://api.github.com/repos/octocat/Hello-World/issues/1347\","
                                + "\"number\":1347,\"title\":\"Found a bug\",\"state\":\"open\","
                                + "\"created_at\":\"2011-04-22T13:33:48Z\"},"
                                + ORIGIN + "}"),
                new SampleEvent(
                        "pull_request",
                        "{\"action\":\"opened\",\"number\":1347,\"pull_request\":{"
                                + "\"url\":\"https://api.github.com/repos/octocat/Hello-World/pulls/1347\","
                                + "\"number\":1347,\"title\":\"Amazing new feature\",\"state\":\"open\","
                                + "\"created_at\":\"2011-01-26T19:01:12Z\"},"
                                + ORIGIN + "}"));
    }

    @Override
    public List<Suspicion> suspicions(WebhookRequest request, SigningSecret secret) {
        byte[] body = request.bodyAsFarAsRead();
        List<Suspicion> suspicions = new ArrayList<>();
        String old = "sha1=" + HexFormat.of().formatHex(sha1(secret, body));
        if (Stream.of(OLD_SIGNATURE, SIGNATURE)
                .flatMap(header -> request.headers(header).stream())
                .anyMatch(old::equalsIgnoreCase)) {
            suspicions.add(new Suspicion(
                    "sha1-signature",
                    "The delivery has a valid signature with SHA-1, and none with SHA-256",
                    "Let " + SIGNATURE + " through every proxy as it came. A sender that is not GitHub has to sign with"
                            + " SHA-256 in that header.",
                    signedAgain(request, body, secret),
                    secret));
        }
        String text = new String(body, StandardCharsets.UTF_8);
        boolean isForm = text.startsWith(FORM);
        forms(isForm ? decoded(text.substring(FORM.length())) : text)
                .map(form -> WebhookRequest.of(request.method(), request.headers(), form))
                .forEach(form -> suspicions.add(isForm ? formRewritten(form, secret) : formPayloadAlone(form, secret)));
        return suspicions;
    }

    private static Suspicion formRewritten(WebhookRequest form, SigningSecret secret) {
        return new Suspicion(
                "form-rewritten",
                "The form was parsed and written again, and other characters are escaped now",
                "Verify the bytes as they came, before anything reads a parameter of the form; or let the webhook send"
                        + " application/json.",
                form,
                secret);
    }

    private static Suspicion formPayloadAlone(WebhookRequest form, SigningSecret secret) {
        return new Suspicion(
                "form-payload-alone",
                "The webhook sends a form, and the body here is the JSON in it",
                "Verify the whole body as it came, with payload= and all; or let the webhook send application/json.",
                form,
                secret);
    }

    private static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // not a form, so that encoding it proves nothing
            return encoded;
        }
    }

    private static WebhookRequest signedAgain(WebhookRequest request, byte[] body, SigningSecret secret) {
        Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
        headers.keySet().removeIf(SIGNATURE::equalsIgnoreCase);
        headers.put(SIGNATURE, List.of(sha256(secret, body)));
        return WebhookRequest.of(request.method(), headers, body);
    }

    // a space has two spellings in a form
    private static Stream<byte[]> forms(String json) {
        String encoded = FORM + URLEncoder.encode(json, StandardCharsets.UTF_8);
        return Stream.of(encoded, encoded.replace("+", "%20")).map(form -> form.getBytes(StandardCharsets.US_ASCII));
    }
}
