package dev.hookseal.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No code but a provider's own names a provider: a further one is a new folder, and no list is edited. */
class ProviderNamesTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Pattern NAMES = Pattern.compile("(?i)form-?flow|extracta|standard-?webhooks");
    private static final Pattern COMMENTS = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");
    private static final Pattern OWN_PACKAGE =
            Pattern.compile(".*/(formflow|extracta|standardwebhooks)/.*|.*/(FormFlow|Extracta)\\w*\\.java");

    /** Where a name is an example for a person and decides nothing. */
    private static final Set<String> EXAMPLES = Set.of(
            "cli/src/main/java/dev/hookseal/cli/ExplainCommand.java",
            "cli/src/main/java/dev/hookseal/cli/Hookseal.java",
            "cli/src/main/java/dev/hookseal/cli/ListenCommand.java",
            "cli/src/main/java/dev/hookseal/cli/SendCommand.java",
            "cli/src/main/java/dev/hookseal/cli/SignCommand.java",
            "cli/src/main/java/dev/hookseal/cli/VerifyCommand.java");

    @ParameterizedTest
    @ValueSource(
            strings = {"core", "testkit", "diagnostics", "cli", "servlet-adapter", "spring-adapter", "micronaut-adapter"
            })
    void onlyItsOwnPackageNamesAProvider(String module) throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String name = ROOT.relativize(file).toString().replace('\\', '/');
                List<String> lines = linesThatName(Files.readString(file));
                if (!OWN_PACKAGE.matcher(name).matches() && !lines.isEmpty() && !EXAMPLES.contains(name)) {
                    found.put(name, lines);
                }
            }
        }

        assertThat(found).isEmpty();
    }

    private static List<String> linesThatName(String source) {
        return COMMENTS.matcher(source)
                .replaceAll("")
                .lines()
                .filter(line -> NAMES.matcher(line).find())
                .map(String::strip)
                .toList();
    }

    @Test
    void theExamplesAreStillThere() throws IOException {
        TreeSet<String> without = new TreeSet<>();
        for (String name : EXAMPLES) {
            if (linesThatName(Files.readString(ROOT.resolve(name))).isEmpty()) {
                without.add(name);
            }
        }

        assertThat(without).as("listed, and needed no longer").isEmpty();
    }

    @Test
    void findsANameInCodeAndNotInAComment() {
        assertThat(linesThatName("/** FormFlow */ class A {\n// Extracta\nString s = \"extracta\";\n}"))
                .containsExactly("String s = \"extracta\";");
    }
}
