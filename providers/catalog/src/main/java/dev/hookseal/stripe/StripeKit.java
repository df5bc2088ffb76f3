package dev.hookseal.stripe;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends as Stripe does. The samples are the snapshot event and the thin event that its API reference shows, and that snapshot
 * with other types; they have the line breaks that Stripe's bodies have.
 *
 * @since 0.1.0
 */
public final class StripeKit implements ProviderKit {
    private static final String PREFIX = "whsec_";
    private static final String THIN = "v1.billing.meter.error_report_triggered";

    @Override
    public WebhookProvider<StripeEvent> provider() {
        return new StripeProvider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        String seconds = Long.toString(delivery.time().getEpochSecond());
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes((seconds + ".").getBytes(StandardCharsets.US_ASCII));
        message.writeBytes(delivery.body());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)");
        headers.put(
                "Stripe-Signature",
                "t=" + seconds + ",v1=" + HexFormat.of().formatHex(HmacSha256.sign(secret, message.toByteArray())));
        return headers;
    }

    /** Returns one event of each of some types, each with another id. */
    @Override
    public List<SampleEvent> samples() {
        return List.of(
                snapshot("setup_intent.created", "evt_1NG8Du2eZvKYlo2CUI79vXWy", "seti_1NG8Du2eZvKYlo2C9XMqbR0x"),
                snapshot("payment_intent.succeeded", "evt_1NG8Du2eZvKYlo2CUI79vXWz", "pi_1NG8Du2eZvKYlo2C9XMqbR0x"),
                snapshot("invoice.paid", "evt_1NG8Du2eZvKYlo2CUI79vXXa", "in_1NG8Du2eZvKYlo2C9XMqbR0x"),
                new SampleEvent(THIN, """
                        {
                          "id": "evt_test_65RCjj4EqW1sabcjs2Z16RCMoNQdSQkOWvfL6L5uU2K40u",
                          "object": "v2.core.event",
                          "context": null,
                          "created": "2024-09-26T17:46:22.134Z",
                          "livemode": false,
                          "reason": null,
                          "related_object": {
                            "id": "mtr_test_61RCjiqdTDC91zgip41IqPCzPnxqqSVc",
                            "type": "billing.meter",
                            "url": "/v1/billing/meters/mtr_test_61RCjiqdTDC91zgip41IqPCzPnxqqSVc"
                          },
                          "type": "%s"
                        }""".formatted(THIN)));
    }

    private static SampleEvent snapshot(String type, String id, String object) {
        return new SampleEvent(type, """
                {
                  "id": "%s",
                  "object": "event",
                  "api_version": "2019-02-19",
                  "created": 1686089970,
                  "data": {
                    "object": {
                      "id": "%s",
                      "object": "%s"
                    }
                  },
                  "livemode": false,
                  "pending_webhooks": 0,
                  "request": {
                    "id": null,
                    "idempotency_key": null
                  },
                  "type": "%s"
                }""".formatted(id, object, type.substring(0, type.indexOf('.')), type));
    }

    @Override
    public TestSecret newSecret(String seed) {
        return TestSecret.ofSeed(PREFIX, seed);
    }

    /** {@inheritDoc} It is the {@code type}. */
    @Override
    public byte[] withEventName(byte[] body, String name) {
        return with("type", quoted(name), body);
    }

    /** {@inheritDoc} It is the {@code id}. */
    @Override
    public byte[] withEventId(byte[] body, String id) {
        return with("id", quoted(id), body);
    }

    /** {@inheritDoc} It is {@code created}: seconds in a snapshot, ISO 8601 in a thin event. */
    @Override
    public byte[] withEventTime(byte[] body, Instant time) {
        boolean isText = value("created", body)
                .filter(range -> body[range.from()] == '"')
                .isPresent();
        return with(
                "created",
                isText
                        ? quoted(time.truncatedTo(ChronoUnit.MILLIS).toString())
                        : Long.toString(time.getEpochSecond()).getBytes(StandardCharsets.US_ASCII),
                body);
    }

    private static byte[] quoted(String text) {
        return ('"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"')
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] with(String member, byte[] json, byte[] body) {
        return value(member, body).map(range -> range.replace(body, json)).orElse(body);
    }

    /** Returns where the value of the last member of a name is; empty if the body has none, or is not JSON. */
    private static Optional<ByteRange> value(String member, byte[] body) {
        JsonScanner json = new JsonScanner(body, 0, body.length);
        Optional<ByteRange> found = Optional.empty();
        try {
            json.enterObject();
            while (json.nextMember()) {
                boolean isWanted = json.nameIs(member);
                json.peek();
                int from = json.position();
                json.skipValue();
                found = isWanted ? Optional.of(new ByteRange(from, json.position())) : found;
            }
            return found;
        } catch (JsonFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Suspicion> suspicions(WebhookRequest request, SigningSecret secret) {
        List<Suspicion> suspicions = new ArrayList<>();
        // one character for each byte, so that a secret that is not text stays as it is
        String text = new String(secret.exposeSecretBytes(), StandardCharsets.ISO_8859_1);
        if (!text.startsWith(PREFIX)) {
            suspicions.add(new Suspicion(
                    "prefix-missing",
                    "The secret here lacks its " + PREFIX + ", which is part of the key",
                    "Set the whole secret, as Stripe shows it.",
                    request,
                    secret(PREFIX + text)));
        } else if (text.length() > PREFIX.length()) {
            suspicions.add(new Suspicion(
                    "prefix-removed",
                    "It was signed with the secret without its " + PREFIX + ", which is part of the key",
                    "The sender has to sign with the whole secret: nothing of it is removed or decoded.",
                    request,
                    secret(text.substring(PREFIX.length()))));
        }
        suspicions.add(new Suspicion(
                "line-breaks-lost",
                "The body was read line by line, and its line breaks are lost",
                "Read the body as bytes: lines that are joined again are not what was signed.",
                WebhookRequest.of(
                        request.method(), request.headers(), LostLineBreaks.restoredIn(request.bodyAsFarAsRead())),
                secret));
        return suspicions;
    }

    private static SigningSecret secret(String text) {
        return SigningSecret.ofBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
