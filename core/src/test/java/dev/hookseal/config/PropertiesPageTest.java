package dev.hookseal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.standardwebhooks.StandardWebhooksProvider;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tables of docs/properties.md are those of the declared settings. Run it with {@code -Dhookseal.write=true} to write
 * them.
 */
class PropertiesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "properties.md");
    private static final Pattern IN_CODE = Pattern.compile("^In code, (.*?)\\.$", Pattern.MULTILINE | Pattern.DOTALL);

    /** A table of the page, recognised by its first line. */
    enum Table {
        OF_EVERY_ENDPOINT("every endpoint", EndpointProperties.OF_EVERY_ENDPOINT),
        OF_EXTRACTA("Extracta", new ExtractaProvider().settings()),
        OF_FORMFLOW("FormFlow", new FormFlowProvider().settings()),
        OF_STANDARD_WEBHOOKS("Standard Webhooks", new StandardWebhooksProvider().settings()),
        OF_NO_ENDPOINT("all endpoints", GlobalProperties.OF_CORE);

        private final String header;
        private final String rows;

        Table(String title, List<Setting<?>> settings) {
            this.header = "| " + title + " | what | bounds | default |\n| --- | --- | --- | --- |\n";
            this.rows = settings.stream().map(Table::row).collect(Collectors.joining("\n"));
        }

        String text() {
            return header + rows + "\n\n";
        }

        private static <T extends Comparable<T>> String row(Setting<T> setting) {
            T value = setting.defaultValue();
            String text = setting.text().substring(0, setting.text().length() - 1);
            return "| `" + setting.key() + "` | " + text + " | "
                    + setting.bounds().replaceAll("\\b(\\d+\\w*)", "`$1`") + " | "
                    + (value == null
                            ? setting.otherwise()
                            : "`" + setting.type().format(value) + "`") + " |";
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasTheTableOfTheDeclaredSettings(Table table) throws IOException {
        if (Boolean.getBoolean("hookseal.write")) {
            Pattern old = Pattern.compile(Pattern.quote(table.header) + "(\\|.*\n)*\n");
            Files.writeString(
                    PAGE, old.matcher(Files.readString(PAGE)).replaceFirst(Matcher.quoteReplacement(table.text())));
        }

        assertThat(Files.readString(PAGE)).contains(table.text());
    }

    @Test
    void namesTheMethodsThatSetTheSameInCode() throws IOException {
        String sentence = IN_CODE.matcher(Files.readString(PAGE))
                .results()
                .findFirst()
                .map(MatchResult::group)
                .orElseThrow();

        assertThat(Pattern.compile("`(\\w+)`").matcher(sentence).results())
                .extracting(name -> name.group(1))
                .hasSizeGreaterThan(5)
                .isSubsetOf(Stream.of(
                                EndpointSettings.class,
                                EndpointSettings.Builder.class,
                                WebhookReceiver.Builder.class,
                                WebhookProvider.class)
                        .flatMap(type -> Stream.concat(
                                Stream.of(type.getSimpleName()),
                                Arrays.stream(type.getMethods()).map(Method::getName)))
                        .toList());
    }
}
