package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits, and parts of an array; what it writes is told by the vectors. */
class EcmaScriptJsonTest {

    static Stream<Nesting> nestings() {
        return Stream.of(
                new Nesting("arrays", "[", "", "]"),
                new Nesting("objects", "{\"a\":", "0", "}"),
                new Nesting("spaced", " [ ", "1", " ] "),
                new Nesting("reordered", "{\"b\":0,\"1\":", "true", "}"),
                new Nesting("inner ones not first", "[[],", "{}", ",{\"a\":1}]"));
    }

    record Nesting(String name, String opening, String core, String closing) {
        byte[] levels(int count) {
            int inCore = core.equals("{}") ? 1 : 0;
            return (opening.repeat(count - inCore) + core + closing.repeat(count - inCore)).getBytes(UTF_8);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("nestings")
    void takesAThousandLevels(Nesting nesting) throws Exception {
        assertThat(EcmaScriptJson.stringify(nesting.levels(1_000))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("nestings")
    void rejectsAThousandAndOneLevels(Nesting nesting) {
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> EcmaScriptJson.stringify(nesting.levels(1_001)))
                .withMessageContaining("nested deeper");
    }

    @Test
    void takesAThousandLevelsOfArraysAndObjectsInTurn() throws Exception {
        String json = "[{\"a\":".repeat(500) + "0" + "}]".repeat(500);

        assertThat(EcmaScriptJson.stringify(json.getBytes(UTF_8))).isEqualTo(json.getBytes(UTF_8));
        assertRejected("[" + json + "]");
    }

    @Test
    void countsLevelsAndNotContainers() throws Exception {
        String json = "[" + "[[]],".repeat(5_000) + "0]";

        assertThat(EcmaScriptJson.stringify(json.getBytes(UTF_8))).isEqualTo(json.getBytes(UTF_8));
    }

    @Test
    void rejectsAMillionOpeningBracketsWithoutRecursion() {
        assertRejected("[".repeat(1_000_000));
        assertRejected("{\"a\":".repeat(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "-%s", "0.%s", "-0.%s", "1e%s", "1E-%s", "1.5e+%s"})
    void takesNumbersOfAThousandCharactersAndNoMore(String form) throws Exception {
        String longest = numberOfLength(form, 1_000);

        assertThat(EcmaScriptJson.stringify(longest.getBytes(UTF_8))).isNotEmpty();
        assertRejected(numberOfLength(form, 1_001));
        assertRejected("[0," + numberOfLength(form, 1_001) + ",0]");
    }

    private static String numberOfLength(String form, int length) {
        String number = form.formatted("1".repeat(length - form.length() + 2));
        assertThat(number).hasSize(length);
        return number;
    }

    @Test
    void writesAPartOfAnArrayAlone() {
        byte[] bytes = "xx {\"b\": 1.0, \"a\": \"\\u0041\"} yy".getBytes(UTF_8);

        byte[] written = EcmaScriptJson.stringifyValid(bytes, 3, bytes.length - 3);

        assertThat(new String(written, UTF_8)).isEqualTo("{\"b\":1,\"a\":\"A\"}");
    }

    @Test
    void leavesTheArrayAsItWas() throws Exception {
        byte[] bytes = "{\"2\":1,\"1\":1.0}".getBytes(UTF_8);
        byte[] before = bytes.clone();

        EcmaScriptJson.stringify(bytes);

        assertThat(bytes).isEqualTo(before);
    }

    @Test
    void tellsWhereTheMistakeIs() {
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> EcmaScriptJson.stringify("[1,x]".getBytes(UTF_8)))
                .withMessageContaining("at byte 3");
    }

    private static void assertRejected(String json) {
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> EcmaScriptJson.stringify(json.getBytes(UTF_8)));
    }
}
