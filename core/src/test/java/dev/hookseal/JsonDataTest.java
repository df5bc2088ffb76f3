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
    void rejectsToBindNull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonData.of("null").as(Named.class))
                .withMessageContaining("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{}x", "[1,]", "nul", "'a'", "{\"a\":01}", "\"\u0001\""})
    void rejectsWhatIsNoJson(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonData.of(text)).withMessageContaining("Not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\ud83d\"", "\"\ude00x\"", "{\"\ud83d\":1}"})
    void rejectsTextThatUtf8CannotEncode(String text) {
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
        comesToAnEnd(JsonData.of("{\"value\":" + number + "}"), number);
        comesToAnEnd(JsonData.of("{\"\\ud800\":1,\"value\":" + number + "}"), number);
    }

    private static void comesToAnEnd(JsonData data, String number) {
        for (Class<?> target : List.of(Decimal.class, Big.class, Int.class, Real.class, Map.class)) {
            assertTimeoutPreemptively(HANG, () -> bindOrReject(data, target, number));
        }
    }

    // whatever Jackson makes of it: no other exception, and no data in the message
    private static void bindOrReject(JsonData data, Class<?> target, String number) {
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
    void rejectsAThousandAndOneLevels() {
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

    // a name that Jackson's own table of names rejects, and JavaScript takes
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"\\ud800\":1}",
                "[{\"a\\udc00b\":{\"\\ud83d\":[]}}]",
                "{\"\\ud83d\\ude00\\ud83d\":\"\\ud83d\"}",
                "{\"\\uDFFF\\uD800\":null}"
            })
    void readsHalfOfASurrogatePairInTheNameOfAMember(String json) {
        JsonData data = JsonData.of(json);

        assertThat(data.asObject()).isNotNull();
        assertThat(data.as(Object.class)).isEqualTo(data.asObject());
    }

    @Test
    void keepsHalfOfASurrogatePairWhereItIs() {
        JsonData data = JsonData.of("{\"\\ud800\":\"x\\udc00\",\"name\":\"\\ud83d\"}");

        assertThat(data.asMap()).containsExactly(Map.entry("\ud800", "x\udc00"), Map.entry("name", "\ud83d"));
        assertThat((Object) data.as(Map.class)).isEqualTo(data.asMap());
        assertThat(data.as(Named.class)).isEqualTo(new Named("\ud83d", null));
    }

    // Aa and BB have one hash, and so have all sequences of them of one length
    @Test
    void readsManyNamesOfOneHash() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 4_096; i++) {
            json.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 12; bit++) {
                json.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            json.append("\":").append(i);
        }

        assertThat(JsonData.of(json.append('}').toString()).asMap()).hasSize(4_096);
    }

    @Test
    void takesAThousandLevelsWithHalfOfASurrogatePair() {
        JsonData data = JsonData.of("{\"\\ud800\":".repeat(1_000) + "1" + "}".repeat(1_000));

        assertThat(data.asMap()).containsOnlyKeys("\ud800");
    }

    @Test
    void readsNumbersAsExactlyBesideHalfOfASurrogatePair() {
        String numbers = "\"i\":1,\"l\":12345678901,\"b\":12345678901234567890,\"d\":1.10,\"e\":-2.5E3,\"h\":1e400,"
                + "\"n\":-9223372036854775808,\"z\":-0";
        JsonData plain = JsonData.of("{" + numbers + "}");
        JsonData beside = JsonData.of("{\"\\ud800\":null," + numbers + "}");

        Map<String, Object> map = beside.asMap();
        map.remove("\ud800");
        assertThat(map).isEqualTo(plain.asMap());
        assertThat(beside.as(Numbers.class))
                .isEqualTo(plain.as(Numbers.class))
                .isEqualTo(
                        new Numbers(1, 12345678901L, new BigInteger("12345678901234567890"), new BigDecimal("1.10")));
    }

    record Numbers(int i, long l, BigInteger b, BigDecimal d) {}

    @Test
    void readsWhatJavaScriptReads() {
        assertThat(JsonData.of("\"\\u0000\"").asObject()).isEqualTo("\u0000");
        assertThat(JsonData.of("-0").asObject()).isEqualTo(0);
        assertThat(JsonData.of("-0.0").asObject()).isEqualTo(-0.0);
        assertThat(JsonData.of("-1e400").asObject()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(JsonData.of("{\"__proto__\":{\"a\":1},\"\":2}").asMap())
                .containsEntry("__proto__", Map.of("a", 1))
                .containsEntry("", 2);
    }

    @Test
    void takesAThousandLevelsInEveryForm() {
        JsonData data = JsonData.of("[".repeat(1_000) + "]".repeat(1_000));

        assertThat((Object) data.as(List.class)).isEqualTo(data.asObject());
        assertThat(data.asObject()).isInstanceOf(List.class);
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

    @ParameterizedTest
    @ValueSource(strings = {"", "a=1&b=2", "\"quoted\" \\ \n\t\u0000", "\u00e9\ud83d\ude00", "</script>"})
    void holdsATextThatIsNotJson(String text) {
        assertThat(JsonData.ofText(text).as(String.class)).isEqualTo(text);
        assertThat(JsonData.ofText(text))
                .isEqualTo(JsonData.of(JsonData.ofText(text).json()));
    }

    @Test
    void takesNoTextThatUtf8CannotEncode() {
        assertThatThrownBy(() -> JsonData.ofText("\ud83d")).isInstanceOf(IllegalArgumentException.class);
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
