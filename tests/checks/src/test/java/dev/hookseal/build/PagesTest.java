package dev.hookseal.build;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages show is code of the build, word for word, and their links lead somewhere. */
class PagesTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path README = ROOT.resolve("README.md");

    private static final Pattern BLOCK =
            Pattern.compile("^ *```(\\w*)\\n(.*?)^ *```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]+]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern ARTIFACT =
            Pattern.compile("<groupId>dev\\.hookseal</groupId>\\s*<artifactId>([^<]+)</artifactId>");
    private static final Pattern GRADLE_ARTIFACT = Pattern.compile("\"dev\\.hookseal:([a-z-]+)");
    private static final Pattern GRADLE_VERSION = Pattern.compile("\"dev\\.hookseal:[a-z-]+:([^\"]+)\"");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    private static List<JavaSource> javaSources = List.of();

    @BeforeAll
    static void read() throws IOException {
        javaSources = JavaSource.all(files(path -> path.toString().endsWith(".java")));
    }

    static List<Path> pages() throws IOException {
        return files(path -> path.toString().endsWith(".md"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theJavaOfAPageIsCompiledAndHasItsImports(Path page) throws IOException {
        List<JavaSnippet> snippets =
                blocks(page, Set.of("java")).stream().map(JavaSnippet::of).toList();
        assertThat(snippets)
                .allSatisfy(snippet -> assertThat(fewestProblems(snippet))
                        .as("what is missing to use this:%n%s", snippet)
                        .isEmpty());
    }

    private static List<String> fewestProblems(JavaSnippet snippet) {
        return javaSources.stream()
                .filter(snippet::isIn)
                .map(snippet::problems)
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of("it is in no source file"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theConfigurationOfAPageIsOneThatAnExampleRunsWith(Path page) throws IOException {
        assertStandsIn(
                page,
                Set.of("yaml", "properties"),
                files(path -> path.startsWith(ROOT.resolve("examples"))
                        && path.getFileName().toString().startsWith("application")));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theDependenciesOfAPageArePublished(Path page) throws IOException {
        Set<String> published = new TreeSet<>(matches(ARTIFACT, Files.readString(ROOT.resolve("bom/pom.xml"))));
        published.add("hookseal-bom");
        String version =
                matches(VERSION, Files.readString(ROOT.resolve("pom.xml"))).get(0);

        assertThat(blocks(page, Set.of("xml"))).allSatisfy(block -> {
            assertThat(matches(ARTIFACT, block)).isNotEmpty().isSubsetOf(published);
            assertThat(matches(VERSION, block)).allMatch(version::equals);
        });
        assertThat(blocks(page, Set.of("kotlin"))).allSatisfy(block -> {
            assertThat(matches(GRADLE_ARTIFACT, block)).isNotEmpty().isSubsetOf(published);
            assertThat(matches(GRADLE_VERSION, block)).allMatch(version::equals);
        });
    }

    @Test
    void theCommandsOfTheReadmeAreThoseThatCiRuns() throws IOException {
        List<String> run = Stream.concat(
                        // .ci/run runs all the tests, and more than a reader who types the command
                        Files.readString(ROOT.resolve(".ci/run")).lines().map(line -> line.replace(" -Pfull", "")),
                        // .ci/run runs this script, which is quieter than what a reader types.
                        Files.readString(ROOT.resolve("quickstart"))
                                .lines()
                                .map(line -> line.replaceFirst("^exec ", "").replace(" -q -B -ntp", "")))
                .toList();

        assertThat(blocks(README, Set.of("sh")).stream().flatMap(String::lines))
                .contains("./quickstart", "mvn verify", "mvn install -DskipTests")
                .isSubsetOf(run);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theLinksOfAPageLeadSomewhere(Path page) throws IOException {
        for (String link : links(page)) {
            Path target = target(page, link);
            assertThat(target).as(link).exists();
            int hash = link.indexOf('#');
            if (hash >= 0) {
                assertThat(anchors(target)).as(link).contains(link.substring(hash + 1));
            }
        }
    }

    @Test
    void everyPageIsReachedFromTheReadme() throws IOException {
        Set<Path> reached = new TreeSet<>(Set.of(README));
        Deque<Path> toRead = new ArrayDeque<>(reached);
        while (!toRead.isEmpty()) {
            Path page = toRead.remove();
            for (String link : links(page)) {
                Path target = target(page, link);
                if (target.toString().endsWith(".md") && reached.add(target)) {
                    toRead.add(target);
                }
            }
        }

        assertThat(reached).isEqualTo(new TreeSet<>(pages()));
    }

    @Test
    void thePagesOfTheFrameworksHaveTheSameHeadings() throws IOException {
        assertThat(headings("docs/spring.md"))
                .containsExactly(
                        "Set-up",
                        "Properties",
                        "The handler",
                        "When a handler fails",
                        "Slow work: the inbox",
                        "Testing",
                        "Limits",
                        "Traps")
                .isEqualTo(headings("docs/servlet.md"))
                .isEqualTo(headings("docs/micronaut.md"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "shopify", "stripe"})
    void thePagesOfTheProvidersHaveTheSameHeadings(String provider) throws IOException {
        assertThat(headings("docs/providers/" + provider + ".md"))
                .containsExactly("Set-up", "What is signed", "Duplicates", "When a delivery fails", "Traps");
    }

    private static List<String> headings(String page) throws IOException {
        return matches(Pattern.compile("^## (.+)$", Pattern.MULTILINE), withoutBlocks(ROOT.resolve(page)));
    }

    /** A page may indent code as it likes, and leave out what comes before and after it. */
    private static void assertStandsIn(Path page, Set<String> languages, List<Path> sources) throws IOException {
        List<String> blocks = blocks(page, languages);
        if (blocks.isEmpty()) {
            return;
        }
        StringBuilder all = new StringBuilder();
        for (Path source : sources) {
            all.append(withoutIndentation(Files.readString(source))).append("\n\f\n");
        }
        assertThat(blocks)
                .allSatisfy(block -> assertThat(all.indexOf("\n" + withoutIndentation(block) + "\n"))
                        .as("where this stands among %d files:%n%s", sources.size(), block)
                        .isNotNegative());
    }

    private static String withoutIndentation(String code) {
        return code.lines().map(String::strip).collect(joining("\n"));
    }

    private static List<String> blocks(Path page, Set<String> languages) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .filter(block -> languages.contains(block.group(1)))
                .map(block -> block.group(2))
                .toList();
    }

    private static String withoutBlocks(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page)).replaceAll("");
    }

    /** Those within the repository. */
    private static List<String> links(Path page) throws IOException {
        return matches(LINK, withoutBlocks(page)).stream()
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    private static Path target(Path page, String link) {
        String path = link.replaceFirst("#.*", "");
        return path.isEmpty() ? page : page.resolveSibling(path).normalize();
    }

    /** As GitHub names them. */
    private static Set<String> anchors(Path page) throws IOException {
        return matches(HEADING, withoutBlocks(page)).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** Without what the build made or has planted, and without hidden folders. */
    private static List<Path> files(Predicate<Path> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                return name.equals("target") || name.equals("planted") || name.startsWith(".")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (wanted.test(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
