package dev.hookseal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.observe.RejectedDeliveryFiles;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What docs/properties.md lists is what there is. */
class PropertiesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "properties.md");
    private static final Pattern BOUNDS =
            Pattern.compile("^\\| `([a-z-]+)` .*\\| `(\\w+)` to `(\\w+)` \\|", Pattern.MULTILINE);
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
                .contains(String.format(Locale.ROOT, "| %,d |", InMemoryDeliveryStore.DEFAULT_MAX_DELIVERIES));
    }

    @Test
    void tellsTheBoundsOfEveryDurationAndSize() throws IOException {
        EndpointProperties tooSmall = new EndpointProperties(null, "s", Map.of(), 1L, null, null, null, null);
        Map<String, EndpointProperties> outOfBounds = Map.of(
                "max-body-size", tooSmall,
                "tolerance", durations(Duration.ZERO, null, null, null),
                "replay-window", durations(null, Duration.ZERO, null, null),
                "repeat-window", durations(null, null, Duration.ZERO, null),
                "lease", durations(null, null, null, Duration.ZERO));
        Map<String, String> shown = BOUNDS.matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2) + " to " + row.group(3)));

        assertThat(shown.keySet()).isEqualTo(outOfBounds.keySet());
        outOfBounds.forEach((key, values) -> assertThatThrownBy(() -> PropertyBounds.check(values, "endpoint"))
                .hasMessageStartingWith("endpoint." + key + " is from " + shown.get(key) + ", and it is "));
    }

    @Test
    void tellsHowManyRejectedDeliveriesAreKept() throws IOException {
        assertThat(RejectedDeliveryFiles.DEFAULT_MAX_BYTES).isEqualTo(64 * 1024 * 1024);
        assertThat(Files.readString(PAGE))
                .containsPattern("`hookseal\\.rejected\\.max-deliveries` .*\\| "
                        + RejectedDeliveryFiles.DEFAULT_MAX_DELIVERIES + " \\|")
                .containsPattern("`hookseal\\.rejected\\.max-size` .*\\| `64MB` \\|");
    }

    private static EndpointProperties durations(
            @Nullable Duration tolerance,
            @Nullable Duration replayWindow,
            @Nullable Duration repeatWindow,
            @Nullable Duration lease) {
        return new EndpointProperties(null, "s", Map.of(), null, tolerance, replayWindow, repeatWindow, lease);
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE)).results().toList();
    }
}
