package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.FullBuild;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Number::toString; most of its expected values stand in numbers.tsv. */
class EcmaScriptNumberTest {
    // ECMA-262, section 6.1.6.1.20: digits and exponents of JSON, no more than 17 digits that count
    private static final Pattern FORM = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?(e[+-][1-9][0-9]*)?");

    @Test
    void readsEveryPowerOfTwoBack() {
        for (int exponent = -1074; exponent <= 1023; exponent++) {
            double power = Math.scalb(1.0, exponent);
            assertFaithful(power);
            assertFaithful(-power);
            assertFaithful(Math.nextUp(power));
            assertFaithful(Math.nextDown(power));
        }
    }

    @Test
    void readsRandomBitPatternsBack() {
        Random random = new Random(20);
        for (int i = 0; i < FullBuild.cases(200_000); i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertFaithful(value);
            }
        }
    }

    @Test
    void readsSubnormalsOfFewBitsBack() {
        for (long bits = 1; bits < 5_000; bits++) {
            assertFaithful(Double.longBitsToDouble(bits));
        }
    }

    private static void assertFaithful(double value) {
        String written = EcmaScriptNumber.write(value);
        if (Double.parseDouble(written) != value || !FORM.matcher(written).matches()) {
            throw new AssertionError(value + " became " + written);
        }
        if (digits(written) > digits(Double.toString(value))) {
            throw new AssertionError(written + " has more digits than " + value);
        }
    }

    // from the first digit that is not zero to the last one
    private static int digits(String number) {
        int count = 0;
        int zeros = 0;
        for (int i = 0; i < number.length() && Character.toLowerCase(number.charAt(i)) != 'e'; i++) {
            char c = number.charAt(i);
            if (c == '0') {
                zeros += count > 0 ? 1 : 0;
            } else if (c != '.' && c != '-') {
                count += zeros + 1;
                zeros = 0;
            }
        }
        return count;
    }

    // the examples of ECMA-262 and of the pages on JDK-4511638
    @ParameterizedTest
    @CsvSource({
        "4.9E-324, 5e-324",
        "2.0E-3, 0.002",
        "2.2250738585072014E-308, 2.2250738585072014e-308",
        "1.7976931348623157E308, 1.7976931348623157e+308",
        "2.2E-322, 2.2e-322",
        "1.0E23, 1e+23",
        "2.0E23, 2e+23",
        "8.41E21, 8.41e+21",
        "8.44E21, 8.44e+21",
        "9.8E-324, 1e-323",
        "1.0E21, 1e+21",
        "1.0E20, 100000000000000000000",
        "1.0E-6, 0.000001",
        "1.0E-7, 1e-7",
        "-0.0, 0"
    })
    void writesTheShortestForm(double value, String expected) {
        assertThat(EcmaScriptNumber.write(value)).isEqualTo(expected);
    }

    @Test
    void takesNothingForPlainThatWouldBeWrittenOtherwise() {
        Random random = new Random(21);
        for (int i = 0; i < FullBuild.cases(300_000); i++) {
            byte[] spelling = spelling(random).getBytes(US_ASCII);
            int end = EcmaScriptNumber.plainEnd(spelling, 0, spelling.length);
            if (end > 0) {
                assertThat(written(spelling)).isEqualTo(new String(spelling, 0, end, US_ASCII));
            }
        }
    }

    @Test
    void writesDecimalsOfFewDigitsAsTheirDoublesAreWritten() {
        Random random = new Random(22);
        for (int i = 0; i < FullBuild.cases(300_000); i++) {
            String spelling = spelling(random)
                    + (random.nextBoolean() ? "e" : "E+").replace("+", sign(random))
                    + random.nextInt(random.nextBoolean() ? 330 : 30);
            String expected = EcmaScriptNumber.write(Double.parseDouble(spelling));
            if (!written(spelling.getBytes(US_ASCII)).equals(expected)) {
                throw new AssertionError(spelling + " became " + written(spelling.getBytes(US_ASCII)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-0.0000012345678901234567, -0.0000012345678901234567",
        "-2.2250738585072014e-308, -2.2250738585072014e-308",
        "-5e-324, -5e-324",
        "1.0e308, 1e+308",
        "-1e308, -1e+308",
        "0.0000000000000000000000001e25, 1",
        "100000000000000000000000e-23, 1",
        "123456789012345e6, 123456789012345000000",
        "123456789012345e7, 1.23456789012345e+21",
        "1e00020, 100000000000000000000",
        "0e99999999999, 0",
        "-0.000e-5, 0",
        "1e309, null",
        "-1e99999999999999999999, null",
        "1.7976931348623159e308, null",
        "2e-324, 0",
        "3e-324, 5e-324",
        "1e-99999999999999999999, 0",
    })
    void writesEveryMagnitude(String number, String expected) {
        assertThat(written(number.getBytes(US_ASCII))).isEqualTo(expected);
    }

    private static String sign(Random random) {
        return random.nextBoolean() ? "-" : "+";
    }

    private static String written(byte[] number) {
        byte[] out = new byte[EcmaScriptNumber.MAX_LENGTH];
        return new String(out, 0, new EcmaScriptNumber().write(number, 0, number.length, out, 0), US_ASCII);
    }

    private static String spelling(Random random) {
        StringBuilder out = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
        if (random.nextInt(3) == 0) {
            out.append('0');
        } else {
            out.append(1 + random.nextInt(9));
            appendDigits(out, random.nextInt(17), random);
        }
        if (random.nextBoolean()) {
            out.append('.').append("0".repeat(random.nextInt(8)));
            appendDigits(out, 1 + random.nextInt(12), random);
        }
        return out.toString();
    }

    private static void appendDigits(StringBuilder out, int count, Random random) {
        for (int i = 0; i < count; i++) {
            out.append(random.nextInt(10));
        }
    }
}
