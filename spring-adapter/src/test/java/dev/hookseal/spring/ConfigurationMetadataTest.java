package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What an IDE completes from: the settings that core and its providers declare. Run it with {@code -Dhookseal.write=true}
 * to write the file.
 */
class ConfigurationMetadataTest {
    private static final Path FILE = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    @Test
    void isTheListOfTheDeclaredSettings() throws IOException {
        String expected = ConfigurationMetadata.json();
        if (Boolean.getBoolean("hookseal.write")) {
            Files.writeString(FILE, expected);
        }

        assertThat(Files.readString(FILE)).isEqualTo(expected);
    }

    @Test
    void describesEveryProperty() throws IOException {
        assertThat(properties())
                .containsKeys(
                        "hookseal.endpoints",
                        "hookseal.body-timeout",
                        "hookseal.store.max-deliveries",
                        "hookseal.endpoints.extracta.secret",
                        "hookseal.endpoints.extracta.repeat-window",
                        "hookseal.endpoints.formflow.enabled",
                        "hookseal.endpoints.formflow.secrets",
                        "hookseal.endpoints.formflow.tolerance",
                        "hookseal.endpoints.formflow.replay-window",
                        "hookseal.endpoints.formflow.max-body-size",
                        "hookseal.endpoints.formflow.lease")
                .doesNotContainKeys(
                        "hookseal.endpoints.extracta.tolerance", "hookseal.endpoints.formflow.repeat-window")
                .allSatisfy((name, property) -> assertThat(
                                property.path("description").asText())
                        .as(name)
                        .endsWith(".")
                        .doesNotContain("`"));
    }

    @Test
    void knowsTypesAndDefaults() throws IOException {
        assertProperty("hookseal.store.max-deliveries", "java.lang.Integer", "500000");
        assertProperty("hookseal.endpoints.formflow.enabled", "java.lang.Boolean", "true");
        assertProperty("hookseal.endpoints.formflow.replay-window", "java.time.Duration", "72h");
        assertProperty("hookseal.endpoints.extracta.max-body-size", "org.springframework.util.unit.DataSize", "4MB");
    }

    private static void assertProperty(String name, String type, String defaultValue) throws IOException {
        JsonNode property = properties().get(name);

        assertThat(property.path("type").asText()).as(name).isEqualTo(type);
        assertThat(property.path("defaultValue").asText()).as(name).isEqualTo(defaultValue);
    }

    private static Map<String, JsonNode> properties() throws IOException {
        Map<String, JsonNode> all = new TreeMap<>();
        new ObjectMapper()
                .readTree(Files.readString(FILE))
                .path("properties")
                .forEach(each -> all.put(each.path("name").asText(), each));
        return all;
    }
}
