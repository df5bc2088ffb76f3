package dev.hookseal.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each configuration of docs/providers/senders.md verifies the vector that its sender publishes, or one that Node.js signed as
 * the sender's own code says ({@code src/test/node/sender-vectors.mjs}). The page names the source of each.
 */
class SendersPageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "providers", "senders.md");
    private static final Path VECTORS = Path.of("src", "test", "resources", "senders.json");
    private static final Pattern SECTION = Pattern.compile(
            "## [^\\n]+\\n\\n```yml\\nhookseal\\.endpoints\\.([a-z-]+):\\n((?:  [^\\n]*\\n)+)```\\n\\n(.*?)(?=\\n## )",
            Pattern.DOTALL);
    private static final Pattern PROPERTY = Pattern.compile("  ([a-z-]+): (?:\"(.*)\"|(.*))");

    private record Section(Map<String, String> properties, String text) {}

    private static Map<String, Section> sections() throws IOException {
        Map<String, Section> sections = new TreeMap<>();
        Matcher section = SECTION.matcher(Files.readString(PAGE));
        while (section.find()) {
            Map<String, String> properties = new LinkedHashMap<>();
            section.group(2).lines().forEach(line -> {
                Matcher property = PROPERTY.matcher(line);
                assertThat(property.matches()).as(line).isTrue();
                properties.put(property.group(1), property.group(2) == null ? property.group(3) : property.group(2));
            });
            assertThat(properties.remove("provider")).isEqualTo("hmac");
            sections.put(section.group(1), new Section(properties, section.group(3)));
        }
        return sections;
    }

    private static JsonNode vectors() throws IOException {
        return new JsonMapper().readTree(VECTORS.toFile());
    }

    static Stream<String> senders() throws IOException {
        return sections().keySet().stream();
    }

    @Test
    void aDozenSendersHaveASectionAndAVector() throws IOException {
        TreeSet<String> vectors = new TreeSet<>();
        vectors().fieldNames().forEachRemaining(vectors::add);

        assertThat(sections()).hasSizeGreaterThanOrEqualTo(12).containsOnlyKeys(vectors);
    }

    @ParameterizedTest
    @MethodSource("senders")
    void theSectionNamesItsSource(String sender) throws IOException {
        JsonNode vector = vectors().path(sender);
        String text = sections().get(sender).text().replaceAll("\\s+", " ");

        assertThat(text).contains("(" + vector.path("source").asText() + ")");
        assertThat(text.contains("Scheme and vector: "))
                .isEqualTo(vector.path("published").asBoolean());
        assertThat(text.contains("No vector is published; the test's was made by Node.js."))
                .isNotEqualTo(vector.path("published").asBoolean());
    }

    @ParameterizedTest
    @MethodSource("senders")
    void theConfigurationVerifiesTheVectorAndNothingElse(String sender) throws Exception {
        JsonNode vector = vectors().path(sender);
        String body = vector.path("body").asText();
        WebhookVerifier<HmacEvent> verifier = verifier(sender, vector);

        VerifiedWebhook<HmacEvent> webhook = verifier.verify(request(vector, body));

        HmacEvent event = webhook.event();
        JsonNode expected = vector.path("expected");
        assertThat(event.eventName()).isEqualTo(text(expected, "event"));
        assertThat(event.unsignedEventName()).isEqualTo(text(expected, "unsignedEvent"));
        assertThat(event.id()).isEqualTo(text(expected, "id"));
        assertThat(event.unsignedId()).isEqualTo(text(expected, "unsignedId"));
        assertThat(webhook.deliveryKey() != null).isEqualTo(expected.has("id"));
        assertThatExceptionOfType(WebhookRejectedException.class)
                .isThrownBy(() -> verifier.verify(request(vector, body + " ")))
                .extracting(WebhookRejectedException::reason)
                .isEqualTo(RejectionReason.SIGNATURE_MISMATCH);
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.has(name) ? node.path(name).asText() : null;
    }

    private static WebhookVerifier<HmacEvent> verifier(String sender, JsonNode vector) throws IOException {
        Map<String, String> properties =
                new LinkedHashMap<>(sections().get(sender).properties());
        if (!vector.path("body").asText().matches("(?s)[{\\[].*")) {
            // the published vector is of a text that the sender does not send
            properties.put("body-format", "text");
        }
        EndpointSettings settings = Properties.of(
                properties,
                vector.path("secret").asText(),
                Instant.parse(vector.path("now").asText()));
        return WebhookVerifier.of(new HmacProvider(), settings);
    }

    private static WebhookRequest request(JsonNode vector, String body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        vector.path("headers")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), List.of(header.getValue().asText())));
        return WebhookRequest.of("POST", headers, body.getBytes(UTF_8));
    }
}
