package dev.hookseal.contract;

import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.Verification;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.standardwebhooks.StandardWebhooksKit;
import dev.hookseal.testkit.SignedDelivery;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request as a careless receiver takes it. */
final class SentRequest {
    static final String SIGNATURE = "X-Webhook-Signature";
    static final String TIMESTAMP = "X-Webhook-Timestamp";

    private static final Pattern EVENT_TYPE = Pattern.compile("\"eventType\"\\s*:\\s*\"([^\"]*)\"");

    // where it was sent
    private final Target target;
    private final String method;
    private final String query;
    // by the name as it was sent
    private final Map<String, List<String>> headers;
    private final byte[] body;
    // why there is no body
    private final @Nullable RejectionReason problem;

    /**
     * The endpoint that a request was sent to.
     *
     * @param provider null at an endpoint of {@link WebhookContract}
     * @param now the time, for what is signed again
     */
    record Target(
            String path,
            List<String> signatureHeaders,
            @Nullable ProviderEndpoint provider,
            Instant now) {}

    private SentRequest(
            Target target,
            String method,
            String query,
            Map<String, List<String>> headers,
            byte[] body,
            @Nullable RejectionReason problem) {
        this.target = target;
        this.method = method;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.problem = problem;
    }

    static SentRequest of(HttpServletRequest request, Target target, byte[] body, @Nullable RejectionReason problem) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        return new SentRequest(target, request.getMethod(), query, headers, body, problem);
    }

    String path() {
        return target.path();
    }

    /** The endpoint of {@link ProviderContract}; null at one of {@link WebhookContract}. */
    @Nullable
    ProviderEndpoint provider() {
        return target.provider();
    }

    String query() {
        return query;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    boolean isExtracta() {
        return path().equals(ContractApplication.EXTRACTA);
    }

    /** Whether its provider sends what stays genuine when it is written again. */
    boolean isGenuineRewritten() {
        return isExtracta() || (provider() != null && provider().kit().isGenuineRewritten());
    }

    /** Whether it is signed with a secret that is being replaced. */
    boolean isOfOldSecret() {
        if (provider() == null) {
            return isSignedBy(ContractSecrets.EXTRACTED_BEFORE);
        }
        try {
            return provider().verify(toWebhookRequest()) instanceof Verification.Delivery<?> delivery
                    && delivery.webhook().matchedSecret() > 0;
        } catch (WebhookRejectedException e) {
            return false;
        }
    }

    boolean isSigned() {
        return target.signatureHeaders().stream().anyMatch(name -> !header(name).isEmpty());
    }

    /** Whether a header has the name that its provider writes in mixed case, in capitals. */
    boolean isShouted() {
        return target.signatureHeaders().stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .anyMatch(headers::containsKey);
    }

    String eventType() {
        Matcher type = EVENT_TYPE.matcher(text());
        return type.find() ? type.group(1) : "";
    }

    List<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    SentRequest withHeader(String name, List<String> values) {
        Map<String, List<String>> changed = new LinkedHashMap<>(headers);
        changed.keySet().removeIf(name::equalsIgnoreCase);
        changed.put(name, values);
        return new SentRequest(target, method, query, changed, body, problem);
    }

    SentRequest withSignature(UnaryOperator<String> change) {
        SentRequest changed = this;
        for (String name : target.signatureHeaders()) {
            changed = changed.withHeader(name, header(name).stream().map(change).toList());
        }
        return changed;
    }

    SentRequest withoutSignature() {
        SentRequest changed = this;
        for (String name : target.signatureHeaders()) {
            changed = changed.withHeader(name, List.of());
        }
        return changed;
    }

    SentRequest withBody(byte[] other) {
        return new SentRequest(target, method, query, headers, other, problem);
    }

    SentRequest withText(UnaryOperator<String> change) {
        return withBody(change.apply(text()).getBytes(StandardCharsets.UTF_8));
    }

    SentRequest withQuery(String other) {
        return new SentRequest(target, method, other, headers, body, problem);
    }

    SentRequest withMethod(String other) {
        return new SentRequest(target, other, query, headers, body, problem);
    }

    /** Signed with the right secret, whoever sent it. */
    SentRequest signedAgain() {
        if (provider() != null) {
            return signedAsItsProviderDoes(provider());
        }
        if (isExtracta()) {
            return signedBy(ContractSecrets.EXTRACTA.get(0));
        }
        if (path().equals(ContractApplication.STRICT)) {
            return signedBy(ContractSecrets.STRICT);
        }
        if (path().equals(ContractApplication.CUSTOM)) {
            return signedAsCustom();
        }
        if (path().equals(ContractApplication.STANDARD_WEBHOOKS)) {
            return signedAsStandardWebhooks();
        }
        List<String> secrets = ContractSecrets.FORMFLOW.get(eventType());
        return secrets == null ? this : signedBy(secrets.get(0));
    }

    private SentRequest signedAsItsProviderDoes(ProviderEndpoint endpoint) {
        try {
            return withHeaders(endpoint.sign(
                    endpoint.event("signed-again").at(target.now()).withBody(body)));
        } catch (IllegalArgumentException e) {
            return this;
        }
    }

    private SentRequest signedAsCustom() {
        String url = ContractSecrets.PUBLIC_URL + (query.isEmpty() ? "" : "?" + query);
        return withHeaders(SignedDelivery.of(
                new ContractKit(),
                new UnsignedDelivery("POST", url, "", "", target.now(), body),
                SecretSource.of(SigningSecret.ofUtf8(ContractSecrets.CUSTOM))));
    }

    private SentRequest withHeaders(SignedDelivery signed) {
        SentRequest changed = this;
        for (Map.Entry<String, List<String>> header : signed.headers().entrySet()) {
            changed = changed.withHeader(header.getKey(), header.getValue());
        }
        return changed;
    }

    private SentRequest signedAsStandardWebhooks() {
        String time = header("webhook-timestamp").get(0);
        UnsignedDelivery delivery = new UnsignedDelivery(
                "POST", "", "", header("webhook-id").get(0), Instant.ofEpochSecond(Long.parseLong(time)), body);
        String signature = new StandardWebhooksKit()
                .sign(delivery, SigningSecret.ofUtf8(ContractSecrets.STANDARD_WEBHOOKS))
                .get("webhook-signature");
        return withHeader("webhook-signature", List.of(signature));
    }

    SentRequest signedBy(String secret) {
        return withHeader(SIGNATURE, signature(secret));
    }

    /** Whether a secret, right or wrong, is the one that this was signed with. */
    boolean isSignedBy(String secret) {
        return header(SIGNATURE).equals(signature(secret));
    }

    private List<String> signature(String secret) {
        SigningSecret key = SigningSecret.ofUtf8(secret);
        SignedDelivery signed =
                isExtracta() ? SignedDelivery.of("extracta", body, key) : SignedDelivery.of("formflow", body, key);
        return signed.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(SIGNATURE))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    WebhookRequest toWebhookRequest() {
        return new WebhookRequest() {
            @Override
            public String method() {
                return method;
            }

            @Override
            public @Nullable String rawQuery() {
                return query.isEmpty() ? null : query;
            }

            @Override
            public List<String> headers(String name) {
                return header(name);
            }

            @Override
            public byte[] body() throws WebhookRejectedException {
                if (problem != null) {
                    throw new WebhookRejectedException(problem);
                }
                return body;
            }
        };
    }
}
