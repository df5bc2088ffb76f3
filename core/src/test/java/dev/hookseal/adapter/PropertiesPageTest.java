package dev.hookseal.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.EndpointSettings;
import dev.hookseal.WebhookReceiver;
import dev.hookseal.delivery.InMemoryDeliveryStore;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/properties.md lists is what there is. */
class PropertiesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "properties.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\| ([^|]*) \\|", Pattern.MULTILINE);

    @Test
    void listsEveryPropertyOfAnEndpoint() throws IOException {
        assertThat(rows())
                .extracting(row -> row.group(1))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(EndpointProperties.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(name -> name.replace("maxBodyBytes", "maxBodySize"))
                        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void namesTheMethodsThatSetTheSameInCode() throws IOException {
        assertThat(rows())
                .extracting(row -> row.group(2).replaceAll("`|WebhookReceiver\\.Builder\\.", ""))
                .filteredOn(name -> !name.equals("the WebhookProvider"))
                .hasSize(rows().size() - 1)
                .isSubsetOf(Stream.of(EndpointSettings.Builder.class, WebhookReceiver.Builder.class)
                        .flatMap(builder -> Arrays.stream(builder.getMethods()))
                        .map(Method::getName)
                        .toList());
    }

    @Test
    void tellsTheBoundOfTheStoreInMemory() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(String.format(
                        Locale.ROOT, "%,d deliveries unless set", InMemoryDeliveryStore.DEFAULT_MAX_DELIVERIES));
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE)).results().toList();
    }
}
