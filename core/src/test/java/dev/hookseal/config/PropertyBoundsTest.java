package dev.hookseal.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a number without a unit comes to is out of bounds. */
class PropertyBoundsTest {
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
        assertThatThrownBy(() -> PropertyBounds.check(duration(key, outside), "hookseal.endpoints.formflow"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith("hookseal.endpoints.formflow." + key + " is from ")
                .hasMessageContaining("and it is " + outside)
                .hasMessageContaining(outside.compareTo(inside) < 0 ? "a unit is needed" : "set it to less");
        assertThatCode(() -> PropertyBounds.check(duration(key, inside), "hookseal.endpoints.formflow"))
                .doesNotThrowAnyException();
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
        assertThatThrownBy(() -> PropertyBounds.check(size(outside), "hookseal.endpoints.formflow"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage("hookseal.endpoints.formflow.max-body-size is from 4KB to 256MB, and it is " + outside
                        + " bytes: "
                        + (outside < inside ? "a unit is needed, such as 512KB or 1MB" : "set it to 256MB at most"));
        assertThatCode(() -> PropertyBounds.check(size(inside), "hookseal.endpoints.formflow"))
                .doesNotThrowAnyException();
    }

    private static EndpointProperties size(long bytes) {
        return new EndpointProperties(null, "s", Map.of(), bytes, null, null, null, null);
    }

    private static EndpointProperties duration(String key, Duration value) {
        return new EndpointProperties(
                null,
                "s",
                Map.of(),
                null,
                key.equals("tolerance") ? value : null,
                key.equals("replay-window") ? value : null,
                key.equals("repeat-window") ? value : null,
                key.equals("lease") ? value : null);
    }
}
