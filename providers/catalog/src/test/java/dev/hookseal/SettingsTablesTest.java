package dev.hookseal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.DeclaredSettings;
import dev.hookseal.hmac.HmacProvider;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.token.TokenProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of properties on the pages of the providers that have many are those of the declared settings. Run it with
 * {@code -Dhookseal.write=true} to write them.
 */
class SettingsTablesTest {

    static Stream<WebhookProvider<?>> providers() {
        return Stream.of(new HmacProvider(), new TokenProvider());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void thePageHasTheDeclaredSettings(WebhookProvider<?> provider) throws IOException {
        Path page = Path.of("..", "..", "docs", "providers", provider.name() + ".md");

        String table = DeclaredSettings.of(provider.settings()).tableOf(page, "property");

        assertThat(Files.readString(page)).contains(table);
    }
}
