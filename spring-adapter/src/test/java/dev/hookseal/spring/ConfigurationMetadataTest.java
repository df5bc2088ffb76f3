package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What an IDE completes from. */
class ConfigurationMetadataTest {
    private final Map<String, JsonNode> properties = properties();

    @Test
    void describesEveryProperty() {
        assertThat(properties)
                .containsKeys(
                        "hookseal.endpoints",
                        "hookseal.store.max-deliveries",
                        "hookseal.endpoints.extracta.secret",
                        "hookseal.endpoints.extracta.repeat-window",
                        "hookseal.endpoints.formflow.secrets",
                        "hookseal.endpoints.formflow.tolerance",
                        "hookseal.endpoints.formflow.replay-window",
                        "hookseal.endpoints.formflow.max-body-size",
                        "hookseal.endpoints.formflow.lease")
                .allSatisfy((name, property) -> assertThat(
                                property.path("description").asText())
                        .as(name)
                        .endsWith("."));
    }

    @Test
    void knowsTheDefaultOfTheStore() {
        assertThat(properties
                        .get("hookseal.store.max-deliveries")
                        .path("defaultValue")
                        .asInt())
                .isEqualTo(500_000);
    }

    @Test
    void offersNoKeyThatIsNotBound() {
        assertThat(properties.keySet())
                .filteredOn(name -> name.matches("hookseal\\.endpoints\\.[a-z]+\\..*"))
                .isNotEmpty()
                .extracting(name -> name.substring(name.lastIndexOf('.') + 1))
                .isSubsetOf(Arrays.stream(HooksealProperties.Endpoint.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT))
                        .toList());
    }

    private static Map<String, JsonNode> properties() {
        // of the adapter alone, since other parts of the class path have metadata too
        URL adapter =
                HooksealProperties.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader only = new URLClassLoader(new URL[] {adapter}, null);
                InputStream in = only.getResourceAsStream("META-INF/spring-configuration-metadata.json")) {
            Map<String, JsonNode> all = new TreeMap<>();
            new ObjectMapper()
                    .readTree(in)
                    .path("properties")
                    .forEach(each -> all.put(each.path("name").asText(), each));
            all.keySet().removeIf(name -> !name.startsWith("hookseal."));
            return all;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
