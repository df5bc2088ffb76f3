package dev.hookseal.examples.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page on servlets shows is code of this example. */
class ServletPageTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/hookseal/examples/servlet");

    @Test
    void showsTheExampleAsItIs() throws IOException {
        String sources = Files.readString(SOURCES.resolve("ServletExample.java"))
                + Files.readString(SOURCES.resolve("FormFlowServlet.java"));
        List<String> shown = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../../docs/servlet.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        assertThat(shown).isNotEmpty().allSatisfy(code -> assertThat(sources).contains(code));
    }
}
