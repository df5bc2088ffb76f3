package dev.hookseal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.config.GlobalProperties;
import dev.hookseal.provider.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of this module in docs/properties.md, and what an IDE completes from in a Boot application, are those of the
 * declared settings. Run it with {@code -Dhookseal.write=true} to write them.
 */
class PropertiesTableTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "properties.md");
    private static final Path METADATA = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
    private static final String HEADER =
            "| the store on Redis | what | bounds | default |\n| --- | --- | --- | --- |\n";

    @Test
    void isTheTableOfTheDeclaredSettings() throws IOException {
        String table = HEADER
                + new RedisSettings()
                        .settings().stream().map(PropertiesTableTest::row).collect(Collectors.joining("\n"))
                + "\n\n";
        if (Boolean.getBoolean("hookseal.write")) {
            Pattern old = Pattern.compile(Pattern.quote(HEADER) + "(\\|.*\n)*\n");
            Files.writeString(PAGE, old.matcher(Files.readString(PAGE)).replaceFirst(Matcher.quoteReplacement(table)));
        }

        assertThat(Files.readString(PAGE)).contains(table);
    }

    private static <T extends Comparable<T>> String row(Setting<T> setting) {
        T value = setting.defaultValue();
        return "| `" + setting.key() + "` | " + setting.text().replaceFirst("\\.$", "") + " | "
                + setting.bounds().replaceAll("\\b(\\d+\\w*)", "`$1`") + " | "
                + (value == null ? setting.otherwise() : "`" + setting.type().format(value) + "`") + " |";
    }

    @Test
    void theMetadataOfSpringBootIsThatOfTheDeclaredSettings() throws IOException {
        String metadata = new RedisSettings()
                .settings().stream()
                        .map(PropertiesTableTest::property)
                        .collect(Collectors.joining(",\n", "{\n  \"properties\" : [\n", "\n  ]\n}\n"));
        if (Boolean.getBoolean("hookseal.write")) {
            Files.writeString(METADATA, metadata);
        }

        assertThat(Files.readString(METADATA)).isEqualTo(metadata);
    }

    private static <T extends Comparable<T>> String property(Setting<T> setting) {
        T value = setting.defaultValue();
        String description = setting.text().replace("`", "")
                + (setting.otherwise().isEmpty() ? "" : " Default: " + setting.otherwise() + ".");
        return """
                    {
                      "name" : "%s",
                      "type" : "%s",
                      "description" : "%s"%s
                    }""".formatted(
                setting.key(),
                setting.type().valueClass().getName(),
                description,
                value == null
                        ? ""
                        : ",\n      \"defaultValue\" : \"" + setting.type().format(value) + "\"");
    }

    @Test
    void coreKnowsTheSettings() {
        assertThat(GlobalProperties.settings()).containsAll(new RedisSettings().settings());
    }
}
