package dev.hookseal.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.github.GitHubProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.shopify.ShopifyProvider;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.slack.SlackProvider;
import dev.hookseal.square.SquareProvider;
import dev.hookseal.stripe.StripeProvider;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With the right properties, {@code hmac} judges as the providers that have their own class do. */
class HmacAsOtherProvidersTest {
    private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");
    private static final String URL = "https://example.com/hooks";
    private static final String SECRET = "whsec_0123456789abcdef";
    private static final int COUNT = 2_000;

    record Twin(WebhookProvider<?> provider, Map<String, String> settings) {
        WebhookVerifier<?> own() {
            EndpointSettings.Builder own = EndpointSettings.builder("shop")
                    .secret(SigningSecret.ofUtf8(SECRET))
                    .clock(Clock.fixed(NOW, ZoneOffset.UTC));
            if (settings.containsKey("public-url")) {
                own.set(EndpointSettings.PUBLIC_URL, URI.create(URL));
            }
            return WebhookVerifier.of(provider, own.build());
        }

        @Override
        public String toString() {
            return provider.name();
        }
    }

    static Stream<Twin> twins() {
        return Stream.of(
                new Twin(
                        new GitHubProvider(),
                        Map.of(
                                "signature-header", "X-Hub-Signature-256",
                                "signature-prefix", "sha256=",
                                "event-header", "X-GitHub-Event",
                                "id-header", "X-GitHub-Delivery")),
                new Twin(
                        new StripeProvider(),
                        Map.of(
                                "signature-header", "Stripe-Signature",
                                "signature-prefix", "v1=",
                                "signature-separator", "comma",
                                "timestamp-element", "t=",
                                "signed-content", "{timestamp}.{body}",
                                "event-pointer", "/type",
                                "id-pointer", "/id")),
                new Twin(
                        new SlackProvider(),
                        Map.of(
                                "signature-header", "X-Slack-Signature",
                                "signature-prefix", "v0=",
                                "timestamp-header", "X-Slack-Request-Timestamp",
                                "signed-content", "v0:{timestamp}:{body}",
                                "id-pointer", "/event_id")),
                new Twin(
                        new ShopifyProvider(),
                        Map.of(
                                "signature-header", "X-Shopify-Hmac-Sha256",
                                "signature-encoding", "base64",
                                "event-header", "X-Shopify-Topic")),
                new Twin(
                        new SquareProvider(),
                        Map.of(
                                "signature-header", "x-square-hmacsha256-signature",
                                "signature-encoding", "base64",
                                "signed-content", "{url}{body}",
                                "public-url", URL,
                                "event-pointer", "/type",
                                "id-pointer", "/event_id")));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void judgesAlike(Twin twin) {
        WebhookVerifier<?> own = twin.own();
        EndpointSettings settings = Properties.of(twin.settings(), SECRET, NOW);
        WebhookVerifier<HmacEvent> generic = WebhookVerifier.of(new HmacProvider(), settings);
        Random random = new Random(20_261_130);
        List<String> different = new ArrayList<>();
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < COUNT; i++) {
            WebhookRequest request = request(settings, random);
            String here = outcome(generic, request);
            String there = outcome(own, request);
            if (!here.equals(there)) {
                different.add(twin + ": " + here + ", and its own provider says " + there + ": " + request.headers());
            }
            outcomes.merge(here, 1, Integer::sum);
        }
        assertThat(different).isEmpty();
        assertThat(outcomes.get("verified")).isBetween(COUNT / 4, COUNT * 9 / 10);
        assertThat(outcomes).hasSizeGreaterThan(2);
    }

    private static WebhookRequest request(EndpointSettings settings, Random random) {
        String query = random.nextInt(4) == 0 ? "a=" + random.nextInt(9) : null;
        byte[] body = ("{\"id\":\"evt_" + random.nextInt(100) + "\",\"event_id\":\"E1\",\"type\":\"order.paid\",\"n\":"
                        + random.nextInt() + "}")
                .getBytes(UTF_8);
        Instant time =
                NOW.plusSeconds(random.nextInt(10) == 0 ? random.nextInt(3000) - 1500 : random.nextInt(601) - 300);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        new HmacKit()
                .withSettings(settings)
                .sign(
                        new UnsignedDelivery(
                                "POST", URL + (query == null ? "" : "?" + query), "push", "delivery-1", time, body),
                        SigningSecret.ofUtf8(random.nextInt(20) == 0 ? "another" : SECRET))
                .forEach((name, value) -> headers.put(name, List.of(value)));
        List<String> names = new ArrayList<>(headers.keySet());
        String name = names.get(random.nextInt(names.size()));
        String value = headers.get(name).get(0);
        switch (random.nextInt(14)) {
            case 0 -> body[random.nextInt(body.length - 2) + 1] ^= 1;
            case 1 -> headers.remove(name);
            case 2 -> headers.put(name, List.of(value, value));
            case 3 -> headers.put(name, List.of(value.substring(0, random.nextInt(value.length()))));
            case 4 -> headers.put(name, List.of(value + "0"));
            case 5 -> headers.put(name, List.of(value.toUpperCase(Locale.ROOT)));
            case 6 -> headers.put(name, List.of("0" + value));
            case 7 -> query = "b";
            default -> {
                // genuine
            }
        }
        return WebhookRequest.of("POST", query, headers, body);
    }

    private static String outcome(WebhookVerifier<?> verifier, WebhookRequest request) {
        try {
            verifier.verify(request);
            return "verified";
        } catch (WebhookRejectedException e) {
            return e.reason().tag();
        }
    }
}
