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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages and main sources use plain words and the glossary's terms, and code does not use the names that were replaced. */
class WordsTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    // It tells users what the old names were.
    private static final String CHANGELOG = "CHANGELOG.md";

    // The folders whose Javadoc, comments and texts are checked. Add a module, or a package, once its words are plain.
    private static final List<String> SOURCES = List.of(
            "cli/src/main/java",
            "contract-tests/src/main/java",
            "core/src/main/java",
            "diagnostics/src/main/java",
            "examples/micronaut/src/main/java",
            "examples/providers/src/main/java",
            "examples/quickstart/src/main/java",
            "examples/servlet/src/main/java",
            "examples/spring-boot/src/main/java",
            "examples/two-nodes/src/main/java",
            "micronaut-adapter/src/main/java",
            "providers/catalog/src/main/java",
            "providers/formflow-client/src/main/java",
            "servlet-adapter/src/main/java",
            "spring-adapter/src/main/java",
            "inbox/src/main/java",
            "tests/databases/src/main/java",
            "stores/jdbc/src/main/java",
            "stores/redis/src/main/java",
            "testkit/src/main/java",
            "tests/fixtures/src/main/java",
            "tests/stores/src/main/java");

    // A comment, a text block or a string literal.
    private static final Pattern WORDS =
            Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"");

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

    /** Phrases that pages may use in another sense, such as "asked for". */
    private static final Map<String, String> PHRASES_OF_SOURCES = Map.ofEntries(
            Map.entry("\\bnobody\\b", "no one"),
            Map.entry("\\bof (its|their|one's) own\\b", "its own, or custom"),
            Map.entry("\\b(is|are) no (JSON|POST|route|list|object|method|time|subscription|answer)\\b", "is not a"),
            Map.entry("\\bask(s|ed)? for\\b", "request"),
            Map.entry("\\bcomes? to\\b", "result in"),
            Map.entry("\\bstands\\b", "is"));

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
        assertThat(found(PHRASES, Files.readString(ROOT.resolve(page)))).isEmpty();
    }

    static Stream<String> sources() {
        return SOURCES.stream();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aSourceUsesPlainWords(String folder) throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        for (Path source : sources) {
            String words = words(Files.readString(source));
            Stream.of(PHRASES, PHRASES_OF_SOURCES)
                    .flatMap(phrases -> found(phrases, words).stream())
                    .forEach(phrase -> found.add(source.getFileName() + ": " + phrase));
        }
        assertThat(sources).isNotEmpty();
        assertThat(found).isEmpty();
    }

    @Test
    void findsThePhrasesInCommentsAndTextsAlone() {
        String source = """
                /**
                 * A value that is
                 * none.
                 */
                int anew = 1; // spoilt
                String text = "of its \\"own\\"" + "for nobody";
                """;

        assertThat(found(PHRASES, words(source))).hasSize(2).anyMatch(phrase -> phrase.startsWith("\"is none\""));
        assertThat(found(PHRASES_OF_SOURCES, words(source)))
                .singleElement()
                .asString()
                .startsWith("\"nobody\"");
    }

    private static String words(String source) {
        StringBuilder words = new StringBuilder();
        WORDS.matcher(source)
                .results()
                .forEach(found -> words.append(found.group().replaceAll("\\n\\s*\\*", "\n"))
                        .append('\n'));
        return words.toString();
    }

    private static List<String> found(Map<String, String> phrases, String text) {
        String line = text.replaceAll("\\s+", " ");
        List<String> found = new ArrayList<>();
        phrases.forEach((phrase, wanted) -> {
            Matcher matcher = Pattern.compile(phrase, Pattern.CASE_INSENSITIVE).matcher(line);
            while (matcher.find()) {
                found.add("\"" + matcher.group() + "\" (write \"" + wanted + "\")");
            }
        });
        return found;
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
