package dev.hookseal.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bounds of what is set for an endpoint, and what a number without a unit results in. */
class PropertyBoundsTest {
    private static final String ENDPOINT = "hookseal.endpoints.orders";

    @ParameterizedTest
    @CsvSource({
        "tolerance, PT0.999999999S, PT1S",
        "tolerance, P1DT0.000000001S, P1D",
        "replay-window, PT59.999999999S, PT1M",
        "replay-window, PT0.072S, PT72H",
        "replay-window, P3650DT1S, P3650D",
        "repeat-window, PT0.01S, PT1S",
        "repeat-window, P3650DT1S, P3650D",
        "lease, PT0.005S, PT5M",
        "lease, PT-1S, PT1S",
        "lease, P1DT1S, P1D",
    })
    void rejectsDurationsOutOfBounds(String key, Duration outside, Duration inside) {
        assertThatThrownBy(() -> apply(key, outside.toString()))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith(ENDPOINT + "." + key + " must be from ")
                .hasMessageMatching(".*: set it to \\w+ or " + (outside.compareTo(inside) < 0 ? "more" : "less"));
        assertThatCode(() -> apply(key, inside.toString())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "10, 4096",
        "1024, 4096",
        "4095, 4096",
        "0, 1048576",
        "-1, 1048576",
        "268435457, 268435456",
        "9223372036854775807, 268435456"
    })
    void rejectsSizesOutOfBounds(long outside, long inside) {
        assertThatThrownBy(() -> apply("max-body-size", outside))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith(ENDPOINT + ".max-body-size must be from 4KB to 256MB, and it is ")
                .hasMessageEndingWith(
                        outside < inside
                                ? "set it to a number with a unit, such as 512KB or 1MB"
                                : "set it to 256MB or less");
        assertThatCode(() -> apply("max-body-size", inside)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"replay-window, 72", "tolerance, 0", "lease, soon", "lease, 5 weeks", "lease, 999999999999999999d"})
    void rejectsWhatIsNotADuration(String key, String value) {
        assertThatThrownBy(() -> apply(key, value))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage(ENDPOINT + "." + key + " is not a duration: " + value
                        + ": set it to a number with a unit, such as 30s, 5m, 72h or 7d");
    }

    @ParameterizedTest
    @CsvSource({"much", "1PB", "1.5MB", "9223372036854775807KB"})
    void rejectsWhatIsNotASize(String value) {
        assertThatThrownBy(() -> apply("max-body-size", value))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage(ENDPOINT + ".max-body-size is not a size: " + value
                        + ": set it to a number with a unit, such as 512KB or 1MB");
    }

    @ParameterizedTest
    @CsvSource({"''", "' '"})
    void rejectsAnEmptyValueWhichWouldLeaveACheckOff(String value) {
        assertThatThrownBy(() -> apply("tolerance", value))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith(ENDPOINT + ".tolerance is empty: set it to a number with a unit")
                .hasMessageEndingWith(", or remove it");
    }

    private static void apply(String key, Object value) {
        WebhookProvider<?> provider = key.equals("repeat-window") ? new ExtractaProvider() : new FormFlowProvider();
        EndpointProperties.of(Map.of(key, value)).applyTo(EndpointSettings.builder("orders"), provider, ENDPOINT);
    }
}
