package dev.hookseal.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An adapter translates: it touches no signature and no secret. */
class AdapterImportsTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Pattern FORBIDDEN = Pattern.compile(
            "(?m)^import (?:static )?(dev\\.hookseal\\.signature\\b|javax\\.crypto\\b|java\\.security\\b).*");

    @ParameterizedTest
    @ValueSource(strings = {"servlet-adapter", "spring-adapter", "micronaut-adapter"})
    void anAdapterTouchesNoSignature(String module) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                forbidden(Files.readString(file)).forEach(line -> found.add(file.getFileName() + ": " + line));
            }
        }

        assertThat(found).isEmpty();
    }

    private static List<String> forbidden(String source) {
        return FORBIDDEN.matcher(source).results().map(match -> match.group()).toList();
    }

    @Test
    void findsAForbiddenImport() {
        assertThat(forbidden(
                        "package a;\n\nimport dev.hookseal.signature.SigningSecret;\nimport dev.hookseal.JsonData;\n"))
                .containsExactly("import dev.hookseal.signature.SigningSecret;");
    }
}
