package dev.hookseal.testkit;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request of a provider, ready to be sent by anything: method, headers, body. Genuine as it comes from
 * {@link FakeEvent#signedWith}; {@link #forged} makes a forgery of it, and sending the same one again a redelivery.
 *
 * <pre>{@code
 * SignedDelivery kept = SignedDelivery.of("acme", body, SigningSecret.ofUtf8("whsec-test"));
 * }</pre>
 *
 * <p>Immutable. It keeps its secrets, to sign again where it is forged, and never shows them.
 */
public final class SignedDelivery {
    // for a provider that signs the URL; RFC 2606 keeps the name free
    static final String ANY_URL = "https://example.com/webhooks";

    private final ProviderKit kit;
    private final SecretSource secrets;
    private final UnsignedDelivery content;
    private final Map<String, List<String>> headers;
    private final @Nullable Forgery forgery;

    private SignedDelivery(
            ProviderKit kit,
            SecretSource secrets,
            UnsignedDelivery content,
            Map<String, List<String>> headers,
            @Nullable Forgery forgery) {
        this.kit = kit;
        this.secrets = secrets;
        this.content = content;
        this.headers = Collections.unmodifiableMap(headers);
        this.forgery = forgery;
    }

    /**
     * Signs a body, such as one that was kept from a real delivery, as a provider on the class path does, now.
     *
     * @param provider the provider's name
     * @param body copied
     * @throws IllegalArgumentException if the provider has no {@link ProviderKit}, or cannot sign the body or with the
     *     secret; the message says why
     */
    public static SignedDelivery of(String provider, byte[] body, SigningSecret secret) {
        return of(ProviderKit.named(provider), body, secret);
    }

    /**
     * Signs a body as a provider does, now.
     *
     * @param body copied
     * @throws IllegalArgumentException if the provider cannot sign the body or with the secret; the message says why
     */
    public static SignedDelivery of(ProviderKit kit, byte[] body, SigningSecret secret) {
        // the same body has the same id, as a redelivery has
        String id = UUID.nameUUIDFromBytes(body).toString();
        return of(kit, new UnsignedDelivery("POST", ANY_URL, "", id, Instant.now(), body), SecretSource.of(secret));
    }

    /**
     * Signs a delivery as a provider does, with all that a provider may send outside of the body.
     *
     * @param delivery its body is copied
     * @param secrets what signs: of those for this delivery the newest; the others are for
     *     {@link Forgery#SECRET_OF_ANOTHER_EVENT}
     * @throws IllegalArgumentException if there is no secret for this delivery, or the provider cannot sign the body or
     *     with the secret; the message says why
     */
    public static SignedDelivery of(ProviderKit kit, UnsignedDelivery delivery, SecretSource secrets) {
        UnsignedDelivery own = with(delivery, delivery.body().clone());
        return new SignedDelivery(kit, secrets, own, Map.of(), null).signedAgain(own);
    }

    /** The provider's name, as in {@code hookseal.endpoints.<endpoint>.provider}. */
    public String provider() {
        return kit.provider().name();
    }

    /** The HTTP method, which is {@code POST} unless it was set to another one. */
    public String method() {
        return content.method();
    }

    /** The headers in order, spelt as the provider spells them; one value for each header line. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The body, as a copy. */
    public byte[] body() {
        return content.body().clone();
    }

    /**
     * Returns the request for {@code java.net.http}, over HTTP/1.1 as providers send it: a client would otherwise try an
     * upgrade to HTTP/2 without TLS, in which servers that can do it drop larger bodies. It has no time limit; {@code
     * HttpRequest.newBuilder(request, filter)} adds one.
     *
     * @throws IllegalArgumentException if the URI is not one of HTTP
     */
    public HttpRequest toHttpRequest(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .version(HttpClient.Version.HTTP_1_1)
                .method(method(), HttpRequest.BodyPublishers.ofByteArray(body()));
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return request.build();
    }

    /** The request as an adapter shows it to a receiver. */
    public WebhookRequest toWebhookRequest() {
        return WebhookRequest.of(method(), URI.create(content.url()).getRawQuery(), headers, body());
    }

    /**
     * Returns this delivery, forged in one way, with all else genuine.
     *
     * @throws IllegalStateException if this delivery cannot be forged in that way; see {@link Forgery#appliesTo}
     */
    public SignedDelivery forged(Forgery forgery) {
        SignedDelivery forged = forgery.apply(this);
        return new SignedDelivery(kit, secrets, forged.content, forged.headers, forgery);
    }

    /**
     * Returns this delivery, with a valid signature and a body of one byte more than the limit; see also {@link Forgery#OVERSIZED}.
     * What is added is white space at the end.
     *
     * @throws IllegalArgumentException if the body is larger than the limit already, or the limit is 256 MiB or more
     */
    public SignedDelivery oversized(int maxBodyBytes) {
        byte[] body = content.body();
        if (body.length > maxBodyBytes) {
            throw new IllegalArgumentException(
                    "The body has " + body.length + " bytes, more than the limit of " + maxBodyBytes + " already");
        }
        if (maxBodyBytes >= 1 << 28) {
            throw new IllegalArgumentException("A limit is less than 256 MiB here; it is " + maxBodyBytes + " bytes");
        }
        byte[] padded = new byte[maxBodyBytes + 1];
        Arrays.fill(padded, (byte) ' ');
        System.arraycopy(body, 0, padded, 0, body.length);
        SignedDelivery larger = signedAgain(with(content, padded));
        return new SignedDelivery(kit, secrets, larger.content, larger.headers, Forgery.OVERSIZED);
    }

    /** Returns the same delivery with another body under the same headers: the signature does not follow. */
    public SignedDelivery withBody(byte[] body) {
        return new SignedDelivery(kit, secrets, with(content, body.clone()), headers, forgery);
    }

    /**
     * Returns the same delivery with other values of a header, one line for each; none leaves the header out.
     *
     * @param name a header of that name in any case is replaced
     */
    public SignedDelivery withHeader(String name, String... values) {
        Map<String, List<String>> changed = new LinkedHashMap<>();
        headers.forEach((present, list) -> {
            if (!present.equalsIgnoreCase(name)) {
                changed.put(present, list);
            } else if (values.length > 0) {
                changed.put(present, List.of(values));
            }
        });
        if (values.length > 0 && headers.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
            changed.put(name, List.of(values));
        }
        return new SignedDelivery(kit, secrets, content, changed, forgery);
    }

    /** Returns the same delivery, signed again for another URL: with other headers only if the provider signs the URL. */
    public SignedDelivery signedFor(URI url) {
        return signedAgain(new UnsignedDelivery(
                content.method(), url.toString(), content.eventName(), content.id(), content.time(), content.body()));
    }

    /**
     * Returns the delivery as the provider sends it again: signed again at this time if a receiver checks the time of
     * signing unless it is configured otherwise, or else the same.
     */
    public SignedDelivery redeliveredAt(Instant time) {
        return CheckedTime.ofSigning(this).isPresent() ? signedAt(time) : this;
    }

    SignedDelivery signedAt(Instant time) {
        return signedAgain(at(content, time));
    }

    ProviderKit kit() {
        return kit;
    }

    SecretSource secrets() {
        return secrets;
    }

    /** Its body is not a copy. */
    UnsignedDelivery content() {
        return content;
    }

    List<SigningSecret> newestFirst() {
        return secrets.secretsFor(secrets.differsByEventType() ? kit.secretName(content) : "");
    }

    SignedDelivery signedAgain(UnsignedDelivery changed) {
        SignedDelivery unsigned = new SignedDelivery(kit, secrets, changed, headers, forgery);
        List<SigningSecret> newestFirst = unsigned.newestFirst();
        if (newestFirst.isEmpty()) {
            throw new IllegalArgumentException("There is no secret for \"" + kit.secretName(changed)
                    + "\" among the secrets to sign with: add one");
        }
        return unsigned.signedBy(newestFirst.get(0));
    }

    SignedDelivery signedBy(SigningSecret secret) {
        SignedDelivery signed = this;
        for (Map.Entry<String, String> header : kit.sign(content, secret).entrySet()) {
            signed = signed.withHeader(header.getKey(), header.getValue());
        }
        return signed;
    }

    static UnsignedDelivery with(UnsignedDelivery delivery, byte[] body) {
        return new UnsignedDelivery(
                delivery.method(), delivery.url(), delivery.eventName(), delivery.id(), delivery.time(), body);
    }

    static UnsignedDelivery at(UnsignedDelivery delivery, Instant time) {
        return new UnsignedDelivery(
                delivery.method(), delivery.url(), delivery.eventName(), delivery.id(), time, delivery.body());
    }

    /** Neither body nor secret: what delivery it is, and how it is forged. */
    @Override
    public String toString() {
        return "SignedDelivery[" + provider() + ", " + content.body().length + " bytes"
                + (forgery == null ? "" : ", " + forgery.label()) + "]";
    }
}
