package dev.hookseal.testkit;

import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request of a provider, ready to be sent by anything: method, headers, body. Genuine as it comes from
 * {@link FakeEvent#signedWith}; {@link #forged} makes a forgery of it, and sending the same one again a redelivery.
 *
 * <p>Immutable. It keeps its secrets, to sign again where it is forged, and shows them to nobody.
 */
public final class SignedDelivery {
    private final Sender sender;
    private final SecretSource secrets;
    private final Clock clock;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final @Nullable Forgery forgery;

    private SignedDelivery(
            Sender sender,
            SecretSource secrets,
            Clock clock,
            Map<String, List<String>> headers,
            byte[] body,
            @Nullable Forgery forgery) {
        this.sender = sender;
        this.secrets = secrets;
        this.clock = clock;
        this.headers = Collections.unmodifiableMap(headers);
        this.body = body;
        this.forgery = forgery;
    }

    static SignedDelivery sign(Sender sender, SecretSource secrets, Clock clock, byte[] body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Content-Type", List.of("application/json"));
        SignedDelivery unsigned = new SignedDelivery(sender, secrets, clock, headers, body, null);
        SignedDelivery signed = unsigned.signedAgain(body);
        for (Map.Entry<String, String> header : sender.furtherHeaders(clock).entrySet()) {
            signed = signed.withHeader(header.getKey(), header.getValue());
        }
        return signed;
    }

    /**
     * A delivery of FormFlow with a body of one's own, such as one that was kept from a real delivery. The time header
     * has the system's time.
     *
     * @param body copied
     */
    public static SignedDelivery ofFormFlow(byte[] body, SigningSecret secret) {
        return sign(new FormFlowSender(), SecretSource.of(secret), Clock.systemUTC(), body.clone());
    }

    /**
     * A delivery of Extracta with a body of one's own, such as one that was kept from a real delivery.
     *
     * @param body copied
     * @throws IllegalArgumentException if it is no JSON object with a {@code result}, or nothing is left of the secret
     *     after its prefix
     */
    public static SignedDelivery ofExtracta(byte[] body, SigningSecret secret) {
        return sign(new ExtractaSender(), SecretSource.of(secret), Clock.systemUTC(), body.clone());
    }

    /** The provider's name, as in {@code hookseal.endpoints.<endpoint>.provider}. */
    public String provider() {
        return sender.name();
    }

    /** The method: always {@code POST}. */
    public String method() {
        return "POST";
    }

    /** The headers in order, spelt as the provider spells them; one value for each header line. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The body, as a copy. */
    public byte[] body() {
        return body.clone();
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
        return WebhookRequest.of(method(), headers, body());
    }

    /**
     * Returns this delivery, forged in one way, with all else genuine.
     *
     * @throws IllegalStateException if this delivery cannot be forged in that way; see {@link Forgery#appliesTo}
     */
    public SignedDelivery forged(Forgery forgery) {
        SignedDelivery forged = forgery.apply(this);
        return new SignedDelivery(sender, secrets, clock, forged.headers, forged.body, forgery);
    }

    /**
     * Returns this delivery, with a valid signature and a body of one byte more than the limit; see also {@link Forgery#OVERSIZED}.
     * What is added is white space after the JSON.
     *
     * @throws IllegalArgumentException if the body is larger than the limit already, or the limit is 256 MiB or more
     */
    public SignedDelivery oversized(int maxBodyBytes) {
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
        SignedDelivery larger = signedAgain(padded);
        return new SignedDelivery(sender, secrets, clock, larger.headers, larger.body, Forgery.OVERSIZED);
    }

    /** The same delivery with another body under the same headers: the signature does not follow. */
    public SignedDelivery withBody(byte[] body) {
        return new SignedDelivery(sender, secrets, clock, headers, body.clone(), forgery);
    }

    /**
     * The same delivery with other values of a header, one line for each; none leaves the header out.
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
        return new SignedDelivery(sender, secrets, clock, changed, body, forgery);
    }

    Sender sender() {
        return sender;
    }

    SecretSource secrets() {
        return secrets;
    }

    Clock clock() {
        return clock;
    }

    /** Not a copy. */
    byte[] sharedBody() {
        return body;
    }

    List<SigningSecret> newestFirst() {
        return secrets.secretsFor(secrets.differsByEventType() ? sender.eventTypeOf(body) : "");
    }

    SignedDelivery signedAgain(byte[] newBody) {
        SignedDelivery changed = new SignedDelivery(sender, secrets, clock, headers, newBody, forgery);
        List<SigningSecret> newestFirst = changed.newestFirst();
        if (newestFirst.isEmpty()) {
            throw new IllegalArgumentException("There is no secret for events of type \"" + sender.eventTypeOf(newBody)
                    + "\" among the secrets to sign with");
        }
        return changed.signedBy(newestFirst.get(0));
    }

    SignedDelivery signedBy(SigningSecret secret) {
        return withHeader(sender.signatureHeader(), sender.signature(body, secret));
    }

    /** Neither body nor secret: what delivery it is, and how it is forged. */
    @Override
    public String toString() {
        return "SignedDelivery[" + sender.name() + ", " + body.length + " bytes"
                + (forgery == null ? "" : ", " + forgery.label()) + "]";
    }
}
