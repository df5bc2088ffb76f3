package dev.hookseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDataTest {
    // not a measurement: a BigInteger of a thousand million digits takes hours
    private static final Duration HANG = Duration.ofMinutes(1);

    @Test
    void keepsItsTextAsItIsWithoutTheSpaceAroundIt() {
        assertThat(JsonData.of(" \n{ \"a\" : 1.0 }\t").json()).isEqualTo("{ \"a\" : 1.0 }");
    }

    @Test
    void givesTheMembersOfAnObjectInTheirOrder() {
        Map<String, Object> map = JsonData.of(
                        "{\"z\":1,\"a\":\"t\",\"b\":true,\"n\":null,\"l\":[1,{}],\"big\":12345678901234567890,"
                                + "\"long\":12345678901,\"d\":1.5}")
                .asMap();

        assertThat(map).containsOnlyKeys("z", "a", "b", "n", "l", "big", "long", "d");
        assertThat(map.keySet()).containsExactly("z", "a", "b", "n", "l", "big", "long", "d");
        assertThat(map.get("z")).isEqualTo(1);
        assertThat(map.get("a")).isEqualTo("t");
        assertThat(map.get("b")).isEqualTo(true);
        assertThat(map.get("n")).isNull();
        assertThat(map.get("l")).isEqualTo(List.of(1, Map.of()));
        assertThat(map.get("big")).isEqualTo(new BigInteger("12345678901234567890"));
        assertThat(map.get("long")).isEqualTo(12345678901L);
        assertThat(map.get("d")).isEqualTo(1.5);
    }

    @Test
    void takesTheLastOfAMemberThatStandsTwice() {
        JsonData data = JsonData.of("{\"name\":\"one\",\"n\":{\"a\":1,\"a\":2},\"name\":\"two\"}");

        assertThat(data.asMap()).containsEntry("name", "two").containsEntry("n", Map.of("a", 2));
        assertThat(data.as(Named.class)).isEqualTo(new Named("two", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "1", "true", "null"})
    void givesNoMapOfWhatIsNoObject(String json) {
        JsonData data = JsonData.of(json);

        assertThat(data.isObject()).isFalse();
        assertThatIllegalStateException().isThrownBy(data::asMap).withMessageContaining("asObject()");
    }

    @Test
    void givesAnyValueAsAnObject() {
        assertThat(JsonData.of("[1,\"a\"]").asObject()).isEqualTo(List.of(1, "a"));
        assertThat(JsonData.of("\"a\"").asObject()).isEqualTo("a");
        assertThat(JsonData.of("null").asObject()).isNull();
        assertThat(JsonData.of("{}").asObject()).isEqualTo(Map.of());
    }

    @Test
    void bindsToARecordAndPassesOverUnknownMembers() {
        Named named = JsonData.of("{\"name\":\"a\",\"lines\":[{\"amount\":1.10,\"more\":0}],\"more\":{}}")
                .as(Named.class);

        assertThat(named).isEqualTo(new Named("a", List.of(new Line(new BigDecimal("1.10")))));
    }

    record Named(String name, List<Line> lines) {}

    record Line(BigDecimal amount) {}

    @Test
    void bindsToABean() {
        assertThat(JsonData.of("{\"name\":\"a\"}").as(Bean.class).name).isEqualTo("a");
    }

    static final class Bean {
        public String name = "";
    }

    @ParameterizedTest
    @CsvSource({"'{\"name\":[\"personal\"]}'", "'\"personal\"'", "'{\"lines\":\"personal\"}'"})
    void tellsWhereAValueDoesNotFitAndNotWhatItIs(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonData.of(json).as(Named.class))
                .withMessageContaining(Named.class.getName())
                .withMessageNotContaining("personal");
    }

    @Test
    void refusesToBindNull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonData.of("null").as(Named.class))
                .withMessageContaining("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{}x", "[1,]", "nul", "'a'", "{\"a\":01}", "\"\u0001\""})
    void refusesWhatIsNoJson(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonData.of(text)).withMessageContaining("Not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\ud83d\"", "\"\ude00x\"", "{\"\ud83d\":1}"})
    void refusesTextThatUtf8CannotEncode(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonData.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "1e400",
                "1E2147483647",
                "1e2147483648",
                "1e99999999999"
            })
    void comesToAnEndWithHugeExponents(String number) {
        JsonData data = JsonData.of("{\"value\":" + number + "}");
        for (Class<?> target : List.of(Decimal.class, Big.class, Int.class, Real.class, Map.class)) {
            assertTimeoutPreemptively(HANG, () -> bindOrRefuse(data, target, number));
        }
    }

    // whatever Jackson makes of it: no other exception, and no data in the message
    private static void bindOrRefuse(JsonData data, Class<?> target, String number) {
        try {
            data.as(target);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("cannot be bound").hasMessageNotContaining(number);
        }
    }

    record Decimal(BigDecimal value) {}

    record Big(BigInteger value) {}

    record Int(int value) {}

    record Real(double value) {}

    @Test
    void readsADoubleThatIsTooLargeAsInfinite() {
        assertThat(JsonData.of("{\"a\":1e400}").asMap()).containsEntry("a", Double.POSITIVE_INFINITY);
    }

    @Test
    void takesAThousandLevels() {
        JsonData data = JsonData.of("{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000));

        assertThat(data.asMap()).containsOnlyKeys("a");
    }

    @Test
    void refusesAThousandAndOneLevels() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonData.of("[".repeat(1_001) + "]".repeat(1_001)));
    }

    @Test
    void takesNumbersOfAThousandDigits() {
        String number = "9".repeat(1_000);

        assertThat(JsonData.of("{\"value\":" + number + "}").as(Big.class).value())
                .isEqualTo(new BigInteger(number));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonData.of(number + "9"));
    }

    @Test
    void takesStringsAndNamesAsLongAsABody() {
        String text = "t".repeat(30_000_000);

        assertThat(JsonData.of("{\"value\":\"" + text + "\"}").asMap().get("value"))
                .isEqualTo(text);
        assertThat(JsonData.of("{\"" + "n".repeat(100_000) + "\":1}").asMap()).hasSize(1);
    }

    @Test
    void isEqualByItsText() {
        JsonData data = JsonData.of("{\"a\":1}");

        assertThat(data)
                .isEqualTo(JsonData.of(" {\"a\":1} "))
                .hasSameHashCodeAs(JsonData.of("{\"a\":1}"))
                .isNotEqualTo(JsonData.of("{\"a\": 1}"))
                .isNotEqualTo("{\"a\":1}");
    }

    @Test
    void printsItsSizeAlone() {
        assertThat(JsonData.of("{\"name\":\"personal\"}")).hasToString("JsonData[19 bytes]");
    }

    @Test
    void isAPartOfAnArray() {
        byte[] bytes = {'x', '[', '1', ']', 'x'};

        assertThat(JsonData.ofValidUtf8(bytes, 1, 4).json()).isEqualTo("[1]");
        assertThat(JsonData.ofValidUtf8(bytes, 1, 4)).isEqualTo(JsonData.of("[1]"));
        assertThat(Arrays.asList(-1, 6))
                .allSatisfy(wrong -> assertThatThrownBy(() -> JsonData.ofValidUtf8(bytes, 1, wrong))
                        .isInstanceOf(IndexOutOfBoundsException.class));
    }
}
