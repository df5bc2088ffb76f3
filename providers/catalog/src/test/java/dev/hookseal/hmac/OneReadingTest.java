package dev.hookseal.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A forger has a genuine delivery, so a message and its signature. Every way to cut that message into the values of the
 * template is tried, and only the genuine one is accepted.
 */
class OneReadingTest {
    private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");
    private static final String URL = "https://example.com/a";
    private static final Pattern PART = Pattern.compile("\\{[a-z]+}|[^{]+");

    /** The values of a request. */
    private record Reading(Map<String, String> values) {
        WebhookRequest request(String signature) {
            Map<String, List<String>> headers = new LinkedHashMap<>();
            headers.put("S", List.of(signature));
            if (values.containsKey("{timestamp}")) {
                headers.put("T", List.of(values.get("{timestamp}")));
            }
            if (values.containsKey("{id}")) {
                headers.put("I", List.of(values.get("{id}")));
            }
            String url = values.get("{url}");
            String query = url == null || url.equals(URL) ? null : url.substring(URL.length() + 1);
            return WebhookRequest.of(
                    "POST", query, headers, values.get("{body}").getBytes(UTF_8));
        }
    }

    private static void readings(String message, List<String> parts, Map<String, String> values, List<Reading> found) {
        if (parts.isEmpty()) {
            if (message.isEmpty()) {
                found.add(new Reading(new LinkedHashMap<>(values)));
            }
            return;
        }
        String part = parts.get(0);
        List<String> rest = parts.subList(1, parts.size());
        String text = part.equals("{method}") ? "POST" : part;
        if (!text.startsWith("{")) {
            if (message.startsWith(text)) {
                readings(message.substring(text.length()), rest, values, found);
            }
            return;
        }
        for (int end = 0; end <= message.length(); end++) {
            String value = message.substring(0, end);
            boolean possible = !part.equals("{url}") || value.equals(URL) || value.startsWith(URL + "?");
            if (possible) {
                values.put(part, value);
                readings(message.substring(end), rest, values, found);
                values.remove(part);
            }
        }
    }

    static List<String[]> templates() {
        List<String[]> all = new ArrayList<>();
        for (String unit : List.of("seconds", "milliseconds", "iso-8601")) {
            for (String format : List.of("json", "text")) {
                for (String template : List.of(
                        "{timestamp}{body}",
                        "{body}{timestamp}",
                        "{timestamp}.{body}",
                        "v0:{timestamp}:{body}",
                        "{id}.{timestamp}.{body}",
                        "{timestamp}.{id}.{body}",
                        "{id}..{body}",
                        "{body}.{id}",
                        "{body}.{id}.{timestamp}",
                        "{timestamp}{body}.{id}",
                        "{id}:{body}{timestamp}",
                        "{id}{timestamp}{body}",
                        "{id}{timestamp}.{body}",
                        "{method}{url}{body}{timestamp}",
                        "{url}{body}",
                        "{body}{url}",
                        "{url}{timestamp}{body}",
                        "{url}.{id}.{body}",
                        "{body}{url}.{id}")) {
                    boolean needsJson =
                            template.contains("{url}") || (template.contains("{id}{time") && !unit.equals("iso-8601"));
                    if (format.equals("json") || !needsJson) {
                        all.add(new String[] {template, unit, format});
                    }
                }
            }
        }
        return all;
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("templates")
    void onlyTheGenuineReadingIsAccepted(String template, String unit, String format) throws Exception {
        Map<String, String> values = settings(template, unit, format);
        List<String> bodies = format.equals("json")
                ? List.of("{\"a\":[{\"b\":\"1796029200.{\"}]}", "[1,[2],\"2026-11-30T09:00:00Z[\"]", "{}")
                : List.of("1796029200", "0.a.1", ".", "2026-11-30T09:00:00Z:", "12.34:56..78", "?q", "");
        for (String body : bodies) {
            for (String query :
                    template.contains("{url}") ? List.of("", "?a=1", "?a=[1.2&{", "?1796029200") : List.of("")) {
                check(template, values, body, URL + query);
            }
        }
    }

    private static Map<String, String> settings(String template, String unit, String format) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("signature-header", "S");
        values.put("signed-content", template);
        values.put("body-format", format);
        if (template.contains("{timestamp}")) {
            values.put("timestamp-header", "T");
            values.put("timestamp-unit", unit);
            values.put("tolerance", "24h");
        }
        if (template.contains("{id}")) {
            values.put("id-header", "I");
        }
        if (template.contains("{url}")) {
            values.put("public-url", URL);
        }
        return values;
    }

    private static void check(String template, Map<String, String> values, String body, String url) throws Exception {
        EndpointSettings settings = Properties.of(values, "secret", NOW);
        WebhookVerifier<HmacEvent> verifier = WebhookVerifier.of(new HmacProvider(), settings);
        Map<String, String> headers = new HmacKit()
                .withSettings(settings)
                .sign(
                        new UnsignedDelivery("POST", url, "", "id-1796029200", NOW, body.getBytes(UTF_8)),
                        SigningSecret.ofUtf8("secret"));
        String message = template.replace("{method}", "POST")
                .replace("{url}", url)
                .replace("{id}", "id-1796029200")
                .replace("{timestamp}", headers.getOrDefault("T", ""))
                .replace("{body}", body);
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(template);
        while (part.find()) {
            parts.add(part.group());
        }
        List<Reading> all = new ArrayList<>();
        readings(message, parts, new LinkedHashMap<>(), all);

        List<Map<String, String>> accepted = new ArrayList<>();
        for (Reading reading : all) {
            try {
                verifier.verify(reading.request(headers.get("S")));
                accepted.add(reading.values());
            } catch (WebhookRejectedException e) {
                // as it should be, but for the genuine one
            }
        }
        assertThat(accepted)
                .as("%s of %s", template, message)
                .singleElement()
                .satisfies(only -> assertThat(only.get("{body}")).isEqualTo(body));
    }

    /** Shows that the test finds what it looks for: without the rule, these have two readings. */
    @ParameterizedTest
    @CsvSource({"{id}{body}, 2", "{id}{timestamp}, 2"})
    void aMessageWithoutBordersHasSeveralReadings(String template, int atLeast) {
        List<Reading> all = new ArrayList<>();
        readings("ab1", List.of(template.split("(?<=})")), new LinkedHashMap<>(), all);

        assertThat(all).hasSizeGreaterThanOrEqualTo(atLeast);
    }
}
