package dev.hookseal.formflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.fixture.FullBuild;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("without-jackson")
class EventTimeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-10-28T12:00:00.000Z",
                "1969-12-31T23:59:59.999Z",
                "0000-01-01T00:00:00.000Z",
                "9999-12-31T23:59:59.999Z",
                "2024-02-29T00:00:00.001Z",
                "2023-10-28T24:00:00.000Z",
                "2016-12-31T23:59:60.000Z",
                "2023-10-28T12:00:00Z",
                "2023-10-28T12:00:00.000000001Z",
                "2023-10-28T12:00:00.000+02:00"
            })
    void readsWhatThePlatformReads(String time) {
        assertThat(EventTime.parse(time)).isEqualTo(Instant.parse(time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2023-02-29T00:00:00.000Z",
                "2023-04-31T00:00:00.000Z",
                "2023-13-01T00:00:00.000Z",
                "2023-00-01T00:00:00.000Z",
                "2023-10-00T00:00:00.000Z",
                "2023-10-28T25:00:00.000Z",
                "2023-10-28T24:00:00.001Z",
                "2023-10-28T12:60:00.000Z",
                "2023-10-28T12:00:61.000Z",
                "2023-10-28 12:00:00.000Z",
                "2023-10-28T12:00:00.0000",
                "٢٠٢٣-10-28T12:00:00.000Z"
            })
    void rejectsWhatThePlatformRejects(String time) {
        assertThatThrownBy(() -> Instant.parse(time)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> EventTime.parse(time)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void readsEveryTimeOfTheProvidersFormAsThePlatformDoes() {
        Random random = new Random(28);
        for (int i = 0; i < FullBuild.cases(100_000); i++) {
            String time = String.format(
                    "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                    random.nextInt(10_000),
                    random.nextInt(14),
                    random.nextInt(33),
                    random.nextInt(26),
                    random.nextInt(62),
                    random.nextInt(62),
                    random.nextInt(1000));
            assertThat(outcome(EventTime::parse, time)).as(time).isEqualTo(outcome(Instant::parse, time));
        }
    }

    private static String outcome(Function<String, Instant> parser, String time) {
        try {
            return parser.apply(time).toString();
        } catch (DateTimeException e) {
            return "rejected";
        }
    }
}
