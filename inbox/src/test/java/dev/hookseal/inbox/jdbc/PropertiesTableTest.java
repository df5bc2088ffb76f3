package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.config.GlobalProperties;
import dev.hookseal.fixture.DeclaredSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The table of this module in docs/properties.md, and what an IDE completes from in a Boot application, are those of the
 * declared settings. Run it with {@code -Dhookseal.write=true} to write them.
 */
class PropertiesTableTest {
    private static final Path PAGE = Path.of("..", "docs", "properties.md");
    private static final Path METADATA = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    private final DeclaredSettings settings = DeclaredSettings.of(new InboxSettings().settings());

    @Test
    void isTheTableOfTheDeclaredSettings() throws IOException {
        String table = settings.tableOf(PAGE, "the inbox");

        assertThat(Files.readString(PAGE)).contains(table);
    }

    @Test
    void theMetadataOfSpringBootIsThatOfTheDeclaredSettings() throws IOException {
        String metadata = settings.metadataOf(METADATA);

        assertThat(Files.readString(METADATA)).isEqualTo(metadata);
    }

    @Test
    void coreKnowsTheSettings() {
        assertThat(GlobalProperties.settings()).containsAll(new InboxSettings().settings());
    }
}
