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
 * The table of this module in docs/properties.md is that of the declared settings. Run it with
 * {@code -Dhookseal.write=true} to write it.
 */
class PropertiesTableTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "properties.md");
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
    void coreKnowsTheSettings() {
        assertThat(GlobalProperties.settings()).containsAll(new RedisSettings().settings());
    }
}
