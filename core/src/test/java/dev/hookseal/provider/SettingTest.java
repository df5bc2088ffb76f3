package dev.hookseal.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
    @ParameterizedTest
    @CsvSource({
        "30s, PT30S",
        "5m, PT5M",
        "72h, PT72H",
        "7d, P7D",
        "250ms, PT0.25S",
        "3us, PT0.000003S",
        "9 ns, PT0.000000009S",
        "5M, PT5M",
        "+5m, PT5M",
        "-1h, PT-1H",
        "PT1H30M, PT1H30M",
        "P3D, PT72H",
    })
    void readsDurations(String text, Duration duration) {
        assertThat(SettingType.DURATION.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "0, 0", "1B, 1", "2KB, 2048", "3MB, 3145728", "1gb, 1073741824", "1 TB, 1099511627776"})
    void readsSizes(String text, long bytes) {
        assertThat(SettingType.SIZE.parse(text)).isEqualTo(bytes);
    }

    @Test
    void readsTheOtherTypes() {
        assertThat(SettingType.TRUE_OR_FALSE.parse("TRUE")).isTrue();
        assertThat(SettingType.TRUE_OR_FALSE.parse("false")).isFalse();
        assertThat(SettingType.WHOLE_NUMBER.parse("-7")).isEqualTo(-7);
        assertThat(SettingType.TEXT.parse(" as it is ")).isEqualTo(" as it is ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "72", "5w", "m", "1h30m", "1.5h", "999999999999999999d"})
    void rejectsWhatIsNotADuration(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.DURATION.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "1PB", "1.5MB", "MB", "9007199254740993TB"})
    void rejectsWhatIsNotASize(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.SIZE.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.25S, 250ms",
        "PT30S, 30s",
        "PT90S, 90s",
        "PT5M, 5m",
        "PT24H, 24h",
        "PT72H, 72h",
        "P7D, 7d",
        "P3650D, 3650d",
        "PT101H, 101h",
        "PT-1H, -1h",
        "PT0.000000001S, PT0.000000001S",
    })
    void writesDurationsWithTheirUnit(Duration duration, String text) {
        assertThat(SettingType.DURATION.format(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"4096, 4KB", "1048576, 1MB", "268435456, 256MB", "1073741824, 1GB", "4095, 4095 bytes", "0, 0 bytes"})
    void writesSizesWithTheirUnit(long bytes, String text) {
        assertThat(SettingType.SIZE.format(bytes)).isEqualTo(text);
    }

    private enum Unit {
        SECONDS,
        ISO_8601
    }

    @Test
    void hasOneOfAFewValues() {
        SettingType<Unit> type = SettingType.oneOf(Unit.class);

        assertThat(type.choices()).containsExactly("seconds", "iso-8601");
        assertThat(type.parse("iso-8601")).isEqualTo(Unit.ISO_8601);
        assertThat(type.parse("Seconds")).isEqualTo(Unit.SECONDS);
        assertThat(type.format(Unit.ISO_8601)).isEqualTo("iso-8601");
        assertThat(type.name()).isEqualTo("one of seconds, iso-8601");
        assertThat(type.fix()).isEqualTo("set it to seconds or iso-8601");
        assertThatIllegalArgumentException().isThrownBy(() -> type.parse("minutes"));
        assertThatIllegalArgumentException().isThrownBy(() -> type.parse("iso_8601"));
        assertThat(SettingType.TEXT.choices()).isEmpty();
    }

    @Test
    void writesNoSecret() {
        assertThat(SettingType.SECRET.format("hush")).doesNotContain("hush");
    }

    @Test
    void includesItsBounds() {
        Setting<Integer> setting =
                Setting.of("workers", SettingType.WHOLE_NUMBER, "How many.").between(1, 3);

        assertThat(setting.check("hookseal.inbox.workers", 1)).isEqualTo(1);
        assertThat(setting.check("hookseal.inbox.workers", 3)).isEqualTo(3);
        assertThat(setting.bounds()).isEqualTo("from 1 to 3");
        assertThatThrownBy(() -> setting.check("hookseal.inbox.workers", 0))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage("hookseal.inbox.workers must be from 1 to 3, and it is 0: set it to 1 or more");
        assertThatThrownBy(() -> setting.check("hookseal.inbox.workers", 4))
                .hasMessage("hookseal.inbox.workers must be from 1 to 3, and it is 4: set it to 3 or less");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "maxSize", "max_size", "-max", "max--size", "max.", "Max", "a b"})
    void rejectsAKeyThatNoConfigurationWouldFind(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Setting.of(key, SettingType.TEXT, "Some text."))
                .withMessageContaining(key);
    }

    @Test
    void wantsASentence() {
        assertThatIllegalArgumentException().isThrownBy(() -> Setting.of("a", SettingType.TEXT, "no full stop"));
    }
}
