package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.FullBuild;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's own reader gives the expected values. */
class NearestDoubleTest {
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigInteger TEN = BigInteger.TEN;

    private final Random random = new Random(1075);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 15, 16, 17, 18, 19, 20, 32, 33, 34, 35, 60, 300, 769, 990})
    void readsDigitsOfAnyMagnitudeAsTheJdkDoes(int count) {
        for (int i = 0; i < FullBuild.cases(count > 100 ? 500 : 20_000); i++) {
            BigInteger digits = new BigInteger(4 * count, random).mod(TEN.pow(count));
            assertReadAsTheJdkDoes(digits, -345 - count + random.nextInt(660));
        }
    }

    @Test
    void readsTheShortestFormOfEachDoubleBack() {
        for (int i = 0; i < FullBuild.cases(100_000); i++) {
            assertReadAsTheJdkDoes(new BigDecimal(randomDouble()).round(new MathContext(17)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 18, 19, 20, 25, 33, 34, 40, 100, 399, 400, 767, 768, 769, 800, 980})
    void readsWhatIsNearTheMiddleOfTwoAsTheJdkDoes(int count) {
        for (int i = 0; i < FullBuild.cases(count > 100 ? 300 : 5_000); i++) {
            assertNeighboursOfMiddleAreReadAsTheJdkDoes(randomDouble(), count);
            assertNeighboursOfMiddleAreReadAsTheJdkDoes(randomSubnormal(), count);
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                Double.MIN_VALUE,
                0x0.ffffffffffffep-1022,
                0x0.fffffffffffffp-1022,
                Double.MIN_NORMAL,
                0x1.0000000000001p-1022,
                0x1.fffffffffffffp-1022,
                0x1p-1021,
                0x1.fffffffffffffp-1,
                1,
                0x1.fffffffffffffp52,
                0x1p53,
                0x1.fffffffffffffp1022,
                0x1p1023,
                0x1.ffffffffffffep1023,
                Double.MAX_VALUE,
                1e22,
                1e23
            })
    void readsTheEdgesAsTheJdkDoes(double lower) {
        for (int count = 1; count <= 800; count += count < 60 ? 1 : 37) {
            assertNeighboursOfMiddleAreReadAsTheJdkDoes(lower, count);
            assertNeighboursAreReadAsTheJdkDoes(new BigDecimal(lower), count);
        }
    }

    // Where doubles begin to have fewer bits, it would be the middle of two if they did not.
    @Test
    void readsWhatIsAQuarterBelowTheLeastNormalDoubleAsTheJdkDoes() {
        BigDecimal quarter = new BigDecimal(Double.MIN_VALUE).multiply(HALF).multiply(HALF);
        for (int count = 1; count <= 800; count += count < 60 ? 1 : 37) {
            assertNeighboursAreReadAsTheJdkDoes(new BigDecimal(Double.MIN_NORMAL).subtract(quarter), count);
        }
    }

    @Test
    void readsTheMiddleBelowEachPowerOfTwoAsTheJdkDoes() {
        for (int exponent = -1074; exponent <= 1023; exponent++) {
            double power = Math.scalb(1.0, exponent);
            for (int count : new int[] {17, 20, 40, 780}) {
                assertNeighboursOfMiddleAreReadAsTheJdkDoes(power, count);
                assertNeighboursOfMiddleAreReadAsTheJdkDoes(Math.nextDown(power), count);
            }
        }
    }

    @Test
    void noticesALastDigitAfterTheMiddle() {
        for (int i = 0; i < FullBuild.cases(1_000); i++) {
            BigDecimal middle = middle(i % 2 == 0 ? randomDouble() : randomSubnormal());
            BigInteger digits = middle.unscaledValue();
            int zeros = 1 + random.nextInt(Math.max(1, 980 - middle.precision()));
            BigInteger longer = digits.multiply(TEN.pow(zeros));
            assertReadAsTheJdkDoes(longer.add(BigInteger.ONE), -middle.scale() - zeros);
            assertReadAsTheJdkDoes(longer.subtract(BigInteger.ONE), -middle.scale() - zeros);
        }
    }

    // 9007199254740993 is the first whole number that is in the middle; the others are known to be difficult
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "9007199254740995",
                "9007199254740993.000000000000000000000000000000000000001",
                "9007199254740993000000000000000000000000000000000000000e-39",
                "2.2250738585072011e-308",
                "2.2250738585072012e-308",
                "2.2250738585072014e-308",
                "6.631236846766476e-316",
                "3.5844466002796428e+298",
                "1.7976931348623157e308",
                "1.7976931348623158e308",
                "1.7976931348623159e308",
                "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207",
                "4.9406564584124654e-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "2.47032822920623272e-324",
                "8.98846567431158e307",
                "1.00000000000000011102230246251565404236316680908203125",
                "1.00000000000000011102230246251565404236316680908203124",
                "1.00000000000000011102230246251565404236316680908203126",
                "0.000000000000000000000000000000000000000000000000000000000000000012345678901234567890e-250"
            })
    void readsDifficultNumbersAsTheJdkDoes(String number) {
        assertThat(written(number)).isEqualTo(EcmaScriptNumber.write(Double.parseDouble(number)));
    }

    @ParameterizedTest
    @CsvSource({"1, -323, 1.0E-324", "5, -323, 5.0E-324", "25, -323, 2.5E-324", "1, 309, 1.0E308", "2, 309, Infinity"})
    void readsFromTheLeastPointToTheGreatest(String digits, int point, double expected) {
        assertThat(NearestDouble.of(digits.getBytes(US_ASCII), digits.length(), point))
                .isEqualTo(expected);
    }

    private double randomDouble() {
        double value = Math.abs(Double.longBitsToDouble(random.nextLong()));
        return Double.isFinite(value) ? value : Double.MAX_VALUE;
    }

    private double randomSubnormal() {
        return Double.longBitsToDouble(random.nextLong() >>> (12 + random.nextInt(50)));
    }

    private static BigDecimal middle(double lower) {
        return new BigDecimal(lower).add(new BigDecimal(Math.ulp(lower)).multiply(HALF));
    }

    private void assertNeighboursOfMiddleAreReadAsTheJdkDoes(double lower, int count) {
        assertNeighboursAreReadAsTheJdkDoes(middle(lower), count);
    }

    /** The decimal cut to so many digits, and those a last digit below and above it. */
    private void assertNeighboursAreReadAsTheJdkDoes(BigDecimal decimal, int count) {
        if (decimal.signum() == 0) {
            return;
        }
        int scale = decimal.scale() + count - decimal.precision();
        BigInteger digits = decimal.setScale(scale, RoundingMode.DOWN).unscaledValue();
        for (int i = -1; i <= 1; i++) {
            assertReadAsTheJdkDoes(digits.add(BigInteger.valueOf(i)), -scale);
        }
    }

    private void assertReadAsTheJdkDoes(BigDecimal decimal) {
        assertReadAsTheJdkDoes(decimal.unscaledValue(), -decimal.scale());
    }

    private void assertReadAsTheJdkDoes(BigInteger digits, int exponent) {
        String number = spelling(digits.toString(), exponent);
        String expected = EcmaScriptNumber.write(Double.parseDouble(number));
        String written = written(number);
        if (!written.equals(expected)) {
            throw new AssertionError(number + " became " + written + " instead of " + expected);
        }
    }

    /** In one of the ways in which JSON writes a number. */
    private String spelling(String digits, int exponent) {
        String sign = random.nextBoolean() ? "-" : "";
        return sign
                + switch (random.nextInt(4)) {
                    case 0 -> digits + "e" + exponent;
                    case 1 -> digits.charAt(0) + "." + digits.substring(1) + "0E" + (exponent + digits.length() - 1);
                    case 2 -> "0.00" + digits + "e" + (exponent + digits.length() + 2);
                    default -> digits + "000.0e" + (exponent - 3);
                };
    }

    private static String written(String number) {
        byte[] in = number.getBytes(US_ASCII);
        byte[] out = new byte[EcmaScriptNumber.MAX_LENGTH];
        return new String(out, 0, new EcmaScriptNumber().write(in, 0, in.length, out, 0), US_ASCII);
    }
}
