package dev.hookseal.slack;

import dev.hookseal.provider.ProviderKit.Suspicion;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What goes wrong with Slack in particular. */
final class SlackSuspicions {
    // in JSON or in a form
    private static final Pattern TOKEN = Pattern.compile("(?:\"token\"\\s*:\\s*\"|(?:^|&)token=)([A-Za-z0-9]+)");
    private static final List<UnaryOperator<String>> SPACES =
            List.of(UnaryOperator.identity(), form -> form.replace("+", "%20"));
    private static final List<UnaryOperator<String>> ASTERISKS =
            List.of(form -> form.replace("*", "%2A"), UnaryOperator.identity());
    private static final List<UnaryOperator<String>> TILDES =
            List.of(UnaryOperator.identity(), form -> form.replace("%7E", "~"));

    private final WebhookRequest request;
    private final SigningSecret secret;
    private final String body;
    private final List<Suspicion> found = new ArrayList<>();

    private SlackSuspicions(WebhookRequest request, SigningSecret secret, byte[] body) {
        this.request = request;
        this.secret = secret;
        this.body = new String(body, StandardCharsets.UTF_8);
    }

    static List<Suspicion> of(WebhookRequest request, SigningSecret secret) {
        try {
            SlackSuspicions suspicions = new SlackSuspicions(request, secret, request.body());
            suspicions.reencoded();
            suspicions.payloadAlone();
            suspicions.verificationToken();
            return suspicions.found;
        } catch (WebhookRejectedException e) {
            return List.of();
        }
    }

    private void reencoded() {
        if (!SlackForm.isForm(body.getBytes(StandardCharsets.UTF_8))) {
            return;
        }
        for (String form : forms(body)) {
            if (!form.equals(body)) {
                found.add(new Suspicion(
                        "form-reencoded",
                        "The form was parsed and encoded again, which escapes other characters than Slack does",
                        "Verify the bytes as they came, before anything reads a parameter: a servlet's getParameter"
                                + " parses the body, and Spring then writes it again with \"*\" unescaped.",
                        withBody(form),
                        secret));
            }
        }
    }

    private void payloadAlone() {
        if (SlackForm.isForm(body.getBytes(StandardCharsets.UTF_8))) {
            return;
        }
        for (String value : encodings(body)) {
            found.add(new Suspicion(
                    "payload-alone",
                    "The body here is the payload of a form, decoded: what Slack signs is the whole form",
                    "Verify the request's body as it came, payload= and escapes included.",
                    withBody("payload=" + value),
                    secret));
        }
    }

    /** The token is in the body, so that the secret is known to be one; a request that it signs shows it. */
    private void verificationToken() {
        Matcher token = TOKEN.matcher(body);
        String configured = new String(secret.exposeSecretBytes(), StandardCharsets.UTF_8);
        List<String> times = request.headers("X-Slack-Request-Timestamp");
        if (token.find() && token.group(1).equals(configured) && times.size() == 1) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
            headers.keySet().removeIf("X-Slack-Signature"::equalsIgnoreCase);
            headers.put("X-Slack-Signature", List.of(SlackKit.signature(times.get(0), bytes, secret)));
            found.add(new Suspicion(
                    "verification-token",
                    "The secret here is the verification token that the body shows to anyone, and not the signing secret",
                    "Set the Signing Secret of the app's Basic Information. Nothing is signed with the verification token.",
                    WebhookRequest.of(request.method(), request.rawQuery(), headers, bytes),
                    secret));
        }
    }

    private WebhookRequest withBody(String changed) {
        return WebhookRequest.of(
                request.method(), request.rawQuery(), request.headers(), changed.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a form as each of several writers writes it. */
    private static Set<String> forms(String form) {
        Set<String> forms = new LinkedHashSet<>();
        for (UnaryOperator<String> writer : writers()) {
            List<String> fields = new ArrayList<>();
            for (String field : form.split("&", -1)) {
                List<String> parts = new ArrayList<>();
                for (String part : field.split("=", 2)) {
                    parts.add(rewritten(part, writer));
                }
                fields.add(String.join("=", parts));
            }
            forms.add(String.join("&", fields));
        }
        return forms;
    }

    private static Set<String> encodings(String text) {
        Set<String> encodings = new LinkedHashSet<>();
        for (UnaryOperator<String> writer : writers()) {
            encodings.add(writer.apply(URLEncoder.encode(text, StandardCharsets.UTF_8)));
        }
        return encodings;
    }

    private static String rewritten(String part, UnaryOperator<String> writer) {
        try {
            String text = URLDecoder.decode(part, StandardCharsets.UTF_8);
            return writer.apply(URLEncoder.encode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // it is not escaped correctly, so that nothing has written it again
            return part;
        }
    }

    /** Returns what other writers change of a text that Java's URLEncoder wrote. */
    private static List<UnaryOperator<String>> writers() {
        List<UnaryOperator<String>> writers = new ArrayList<>();
        for (UnaryOperator<String> spaces : SPACES) {
            for (UnaryOperator<String> asterisks : ASTERISKS) {
                for (UnaryOperator<String> tildes : TILDES) {
                    writers.add(text -> tildes.apply(asterisks.apply(spaces.apply(text))));
                }
            }
        }
        return writers;
    }
}
