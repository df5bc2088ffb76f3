package dev.hookseal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.hmac.HmacProvider;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.token.TokenProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of properties on the pages of the providers that have many are those of the declared settings. Run it with
 * {@code -Dhookseal.write=true} to write them.
 */
class SettingsTablesTest {
    private static final String HEADER = "| property | what | bounds | default |\n| --- | --- | --- | --- |\n";

    static Stream<WebhookProvider<?>> providers() {
        return Stream.of(new HmacProvider(), new TokenProvider());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void thePageHasTheDeclaredSettings(WebhookProvider<?> provider) throws IOException {
        Path page = Path.of("..", "..", "docs", "providers", provider.name() + ".md");
        String table = HEADER
                + provider.settings().stream().map(SettingsTablesTest::row).collect(Collectors.joining("\n")) + "\n\n";
        if (Boolean.getBoolean("hookseal.write")) {
            Pattern old = Pattern.compile(Pattern.quote(HEADER) + "(\\|.*\n)*\n");
            Files.writeString(page, old.matcher(Files.readString(page)).replaceFirst(Matcher.quoteReplacement(table)));
        }

        assertThat(Files.readString(page)).contains(table);
    }

    private static <T extends Comparable<T>> String row(Setting<T> setting) {
        T value = setting.defaultValue();
        String text = setting.text().substring(0, setting.text().length() - 1);
        return "| `" + setting.key() + "` | " + text + " | "
                + setting.bounds().replaceAll("\\b(\\d+\\w*)", "`$1`") + " | "
                + (value == null ? setting.otherwise() : "`" + setting.type().format(value) + "`") + " |";
    }
}
