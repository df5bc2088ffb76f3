package dev.hookseal.examples.spring;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The handler that the README and the page on Spring show is the one of this example. */
class ReadmeTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(@RestController\n.*?)```", Pattern.DOTALL);

    @Test
    void showsTheHandlerAsItIs() throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/hookseal/examples/spring/WebhookController.java"));
        for (String page : List.of("README.md", "docs/spring.md")) {
            List<String> shown = JAVA.matcher(Files.readString(Path.of("../..").resolve(page)))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            assertFalse(shown.isEmpty(), page);
            shown.forEach(code -> assertTrue(source.contains(code), page + " shows:\n" + code));
        }
    }
}
