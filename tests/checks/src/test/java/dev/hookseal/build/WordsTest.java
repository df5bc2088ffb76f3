package dev.hookseal.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages use the glossary's terms, and neither pages nor code the names that were replaced. */
class WordsTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    // It tells users what the old names were.
    private static final String CHANGELOG = "CHANGELOG.md";

    private static final Map<String, String> PHRASES = Map.ofEntries(
            Map.entry("\\brefus(e|ed|es|al|ing)\\b", "reject"),
            Map.entry("\\bmend(s|ed|ing)?\\b", "fix"),
            Map.entry("\\bwhoever\\b", "anyone who"),
            Map.entry("\\banew\\b", "again"),
            Map.entry("\\brightly signed\\b", "with a valid signature"),
            Map.entry("\\bspoil(s|ed|t)?\\b", "tamper with"),
            Map.entry("\\bwhat became of\\b", "the outcome of"),
            Map.entry("\\bbe it\\b", "either"),
            Map.entry("\\bat the most\\b", "at most"),
            Map.entry("\\bis none\\b", "is not one"),
            Map.entry("\\blonger than nothing\\b", "positive"));

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("Bend", "Forgery"),
            Map.entry("Courier", "DeliverySender"),
            Map.entry("Handling", "AdmittedDelivery"),
            Map.entry("Reception", "Decision"),
            Map.entry("ConfiguredEndpoints", "EndpointRegistry"),
            Map.entry("WebhookRoute", "EndpointBinding"),
            Map.entry("CaptureFilter", "BodyCachingFilter"),
            Map.entry("CapturedRequest", "CachedRequest"),
            Map.entry("Examination", "Diagnosis"),
            Map.entry("Clues", "Hints"),
            Map.entry("Swar", "ByteScan"),
            Map.entry("PrintableName", "LogSafe"),
            Map.entry("WholeRules", "IdempotencyRules"),
            Map.entry("QuietRules", "DisclosureRules"));

    static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROOT)) {
            files.filter(WordsTest::isPage).forEach(pages::add);
        }
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            files.filter(WordsTest::isPage).forEach(pages::add);
        }
        assertThat(pages).hasSizeGreaterThan(20);
        return pages.stream().map(ROOT::relativize);
    }

    private static boolean isPage(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".md") && !name.equals(CHANGELOG);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageUsesTheTermsOfTheGlossary(Path page) throws IOException {
        String text = Files.readString(ROOT.resolve(page)).replaceAll("\\s+", " ");
        List<String> found = new ArrayList<>();
        PHRASES.forEach((phrase, wanted) -> {
            Matcher matcher = Pattern.compile(phrase, Pattern.CASE_INSENSITIVE).matcher(text);
            while (matcher.find()) {
                found.add("\"" + matcher.group() + "\" (write \"" + wanted + "\")");
            }
        });
        assertThat(found).isEmpty();
    }

    static Stream<Map.Entry<String, String>> types() {
        return TYPES.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void aReplacedTypeIsGone(Map.Entry<String, String> type) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            assertThat(files.filter(file -> file.toString().contains("src"))
                            .map(file -> file.getFileName().toString()))
                    .as("it is called " + type.getValue())
                    .doesNotContain(type.getKey() + ".java");
        }
    }
}
