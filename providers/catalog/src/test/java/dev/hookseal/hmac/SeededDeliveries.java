package dev.hookseal.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.request.WebhookRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Deliveries of random senders, genuine or tampered with: the same ones for the same seed. */
final class SeededDeliveries {
    static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");
    static final String URL = "https://example.com/webhooks";

    private static final List<String> TEMPLATES = List.of(
            "{body}",
            "{timestamp}.{body}",
            "{timestamp}{body}",
            "v0:{timestamp}:{body}",
            "{id}.{timestamp}.{body}",
            "{id}{timestamp}{body}",
            "{body}{timestamp}",
            "{body}.{id}",
            "{url}{body}",
            "{method}{url}{body}{timestamp}");
    private static final List<String> BODIES = List.of(
            "{\"type\":\"order.paid\",\"id\":\"order-1\"}",
            "[{\"a\":1},{\"b\":\"\u00e9\ud83d\ude00\"}]",
            "{}",
            " {\"a\" : [1, 2, 3]}\n",
            "a=1&b=2",
            "12",
            "");

    /**
     * A delivery.
     *
     * @param query of the URL; null without one
     * @param headers by name, one value a line
     */
    record Delivery(
            Map<String, String> settings,
            String secret,
            @Nullable String query,
            List<Map.Entry<String, String>> headers,
            String body64,
            String tampered) {
        EndpointSettings endpoint() {
            return Properties.of(settings, secret, NOW);
        }

        WebhookRequest request() {
            Map<String, List<String>> byName = new LinkedHashMap<>();
            headers.forEach(header -> byName.computeIfAbsent(header.getKey(), name -> new ArrayList<>())
                    .add(header.getValue()));
            return WebhookRequest.of("POST", query, byName, Base64.getDecoder().decode(body64));
        }
    }

    private final Random random;

    SeededDeliveries(long seed) {
        this.random = new Random(seed);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    Delivery next() {
        Map<String, String> settings = settings();
        EndpointSettings unsigned = Properties.of(settings, "unused", NOW);
        ProviderKit kit = new HmacKit().withSettings(unsigned);
        TestSecret secret = kit.newSecret("seed " + random.nextInt(5));
        String tampered = random.nextBoolean() ? "" : one(TAMPERING);
        Instant time = NOW.plusSeconds(random.nextInt(601) - 300);
        if (tampered.equals("stale")) {
            time = NOW.minus(Duration.ofSeconds(301 + random.nextInt(100_000)));
        } else if (tampered.equals("ahead")) {
            time = NOW.plus(Duration.ofSeconds(301 + random.nextInt(100_000)));
        }
        String query = random.nextInt(3) == 0 ? "a=" + random.nextInt(100) : null;
        byte[] body = one(BODIES).getBytes(UTF_8);
        UnsignedDelivery delivery = new UnsignedDelivery(
                "POST",
                URL + (query == null ? "" : "?" + query),
                one(List.of("order.paid", "ping")),
                "id-" + random.nextInt(1000),
                time,
                body);
        TestSecret signing = tampered.equals("secret") ? kit.newSecret("another") : secret;
        List<Map.Entry<String, String>> headers =
                new ArrayList<>(kit.sign(delivery, signing.signing()).entrySet());
        return tampered(tampered, new Delivery(settings, secret.configured(), query, headers, encoded(body), tampered));
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("signature-header", one(List.of("X-Signature", "Shop-Signature")));
        settings.put("signed-content", one(TEMPLATES));
        settings.put("algorithm", one(List.of("hmac-sha256", "hmac-sha512", "hmac-sha1")));
        settings.put("signature-encoding", one(List.of("hex", "base64", "base64url")));
        settings.put("secret-encoding", one(List.of("text", "hex", "base64")));
        settings.put(
                "body-format",
                settings.get("signed-content").contains("{url}") ? "json" : one(List.of("json", "text")));
        optional("secret-prefix", List.of("whsec_", "sk_"), settings);
        optional("signature-prefix", List.of("sha256=", "v1=", "h1="), settings);
        optional("signature-separator", List.of("comma", "semicolon", "space"), settings);
        optional("event-header", List.of("X-Event"), settings);
        String template = settings.get("signed-content");
        if (template.contains("{timestamp}")) {
            settings.put("timestamp-unit", one(List.of("seconds", "milliseconds", "iso-8601")));
            boolean inElement = settings.containsKey("signature-separator") && random.nextBoolean();
            settings.put(inElement ? "timestamp-element" : "timestamp-header", inElement ? "t=" : "X-Time");
        }
        if (template.contains("{id}")) {
            settings.put("id-header", "X-Id");
            if (template.startsWith("{id}{")) {
                settings.put("body-format", "json");
            }
        }
        if (template.contains("{url}")) {
            settings.put("public-url", URL);
        }
        return settings;
    }

    private void optional(String key, List<String> values, Map<String, String> settings) {
        if (random.nextBoolean()) {
            settings.put(key, one(values));
        }
    }

    private static String encoded(byte[] body) {
        return Base64.getEncoder().encodeToString(body);
    }

    private static final List<String> TAMPERING = List.of(
            "body bit",
            "body end",
            "signature character",
            "signature case",
            "signature cut",
            "signature twice",
            "signature missing",
            "signature element",
            "signature padding",
            "time",
            "time twice",
            "id",
            "query",
            "event",
            "stale",
            "ahead",
            "secret");

    private Delivery tampered(String how, Delivery genuine) {
        String signatureHeader = genuine.settings().get("signature-header");
        List<Map.Entry<String, String>> headers = new ArrayList<>(genuine.headers());
        String query = genuine.query();
        byte[] body = Base64.getDecoder().decode(genuine.body64());
        switch (how) {
            case "body bit" -> {
                if (body.length > 0) {
                    body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case "body end" -> body = (new String(body, UTF_8) + one(List.of(" ", "0", "\n"))).getBytes(UTF_8);
            case "signature character" ->
                change(headers, signatureHeader, value -> {
                    int at = random.nextInt(value.length());
                    return value.substring(0, at) + one(List.of("0", "a", "=", ",", " ")) + value.substring(at + 1);
                });
            case "signature case" -> change(headers, signatureHeader, String::toUpperCase);
            case "signature cut" ->
                change(headers, signatureHeader, value -> value.substring(0, random.nextInt(value.length())));
            case "signature twice" -> headers.add(header(headers, signatureHeader));
            case "signature missing" -> headers.remove(header(headers, signatureHeader));
            case "signature element" ->
                change(
                        headers,
                        signatureHeader,
                        value -> one(List.of("x", "v1=00")) + one(List.of(",", "; ", " ")) + value);
            case "signature padding" -> change(headers, signatureHeader, value -> value + one(List.of("=", " ", ",")));
            case "time" -> change(headers, "X-Time", value -> one(List.of("0" + value, value + "0", "+" + value, "")));
            case "time twice" ->
                headers.stream()
                        .filter(header -> header.getKey().equals("X-Time"))
                        .findFirst()
                        .ifPresent(headers::add);
            case "id" -> change(headers, "X-Id", value -> one(List.of(value + "1", value + ".", "", value)));
            case "query" -> query = one(List.of("a=1", "b"));
            case "event" -> change(headers, "X-Event", value -> "order.refunded");
            default -> {
                // by how it was signed
            }
        }
        return new Delivery(genuine.settings(), genuine.secret(), query, headers, encoded(body), how);
    }

    private static Map.Entry<String, String> header(List<Map.Entry<String, String>> headers, String name) {
        return headers.stream()
                .filter(header -> header.getKey().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void change(
            List<Map.Entry<String, String>> headers, String name, java.util.function.UnaryOperator<String> change) {
        headers.replaceAll(
                header -> header.getKey().equals(name) ? Map.entry(name, change.apply(header.getValue())) : header);
    }
}
