package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Table 3-7 of the Unicode Standard, "Well-Formed UTF-8 Byte Sequences"; what is well formed is told by the JDK. */
class StrictUtf8Test {
    // the ends of all ranges in the table and their neighbours, and a letter
    private static final int[] BOUNDARIES = {
        0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                // overlong: a quote, a slash, NUL, the last of each shorter length
                "C0A2",
                "C0AF",
                "C080",
                "C1BF",
                "E08080",
                "E080AF",
                "E09FBF",
                "F0808080",
                "F08080AF",
                "F08FBFBF",
                // surrogates, alone and as a pair
                "EDA080",
                "EDAFBF",
                "EDB080",
                "EDBFBF",
                "EDA0BDEDB880",
                // more than U+10FFFF, five and six bytes
                "F4908080",
                "F5808080",
                "F7BFBFBF",
                "F888808080",
                "FC8480808080",
                // truncated
                "C3",
                "E2",
                "E282",
                "F0",
                "F09F",
                "F09F98",
                // stray continuation
                "80",
                "BF",
                "8080",
                "C3A9A9",
                "E282ACAC",
                "F09F988080",
                // not continued
                "C341",
                "E24182",
                "E28241",
                "F0419880",
                "F09F4180",
                "F09F9841",
                "C3C3A9",
                // never in UTF-8
                "FE",
                "FF",
                "FEFF",
                "FFFE"
            })
    void rejectsWhatIsNotWellFormed(String hex) {
        byte[] sequence = HexFormat.of().parseHex(hex);

        assertThat(isWellFormed(sequence)).isFalse();
        for (int before = 0; before <= 9; before++) {
            byte[] value = quoted("v".repeat(before), sequence, "");
            assertThatExceptionOfType(JsonFormatException.class).isThrownBy(() -> EcmaScriptJson.stringify(value));
            byte[] name = concat("{".getBytes(UTF_8), quoted("", sequence, "n".repeat(before)), ":0}".getBytes(UTF_8));
            assertThatExceptionOfType(JsonFormatException.class).isThrownBy(() -> EcmaScriptJson.stringify(name));
        }
    }

    @Test
    void rejectsBytesOutsideOfStringsThatAreNotAscii() {
        for (String hex : List.of("EFBBBF7B7D", "7B7DC2A0", "C2A05B5D", "5B31E280A85D", "7B7DFF")) {
            assertThatExceptionOfType(JsonFormatException.class)
                    .isThrownBy(() -> EcmaScriptJson.stringify(HexFormat.of().parseHex(hex)));
        }
    }

    @Test
    void takesJustWhatIsWellFormed() {
        List<String> wrong = new ArrayList<>();
        for (int first = 0x80; first <= 0xFF; first++) {
            compare(wrong, first);
            for (int second : BOUNDARIES) {
                compare(wrong, first, second);
                for (int third : BOUNDARIES) {
                    compare(wrong, first, second, third);
                    for (int fourth : first < 0xEE ? new int[0] : BOUNDARIES) {
                        compare(wrong, first, second, third, fourth);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void copiesEveryCharacter() throws Exception {
        StringBuilder all = new StringBuilder("\"");
        for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                all.appendCodePoint(c);
            }
        }
        byte[] json = all.append('"').toString().getBytes(UTF_8);

        assertThat(EcmaScriptJson.stringify(json)).isEqualTo(json);
    }

    private static void compare(List<String> wrong, int... sequence) {
        byte[] bytes = new byte[sequence.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) sequence[i];
        }
        byte[] json = quoted("", bytes, "");
        boolean taken;
        try {
            taken = Arrays.equals(EcmaScriptJson.stringify(json), json);
        } catch (JsonFormatException e) {
            taken = false;
        }
        if (taken != isWellFormed(bytes)) {
            wrong.add(HexFormat.of().formatHex(bytes));
        }
    }

    private static boolean isWellFormed(byte[] bytes) {
        CharsetDecoder strict = UTF_8.newDecoder();
        CharBuffer out = CharBuffer.allocate(bytes.length);
        return strict.decode(ByteBuffer.wrap(bytes), out, true).isUnderflow();
    }

    private static byte[] quoted(String before, byte[] sequence, String after) {
        return concat(("\"" + before).getBytes(UTF_8), sequence, (after + "\"").getBytes(UTF_8));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
