package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.FullBuild;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** BigDecimal gives the expected results. */
@Tag("without-jackson")
class DecimalComparisonTest {
    private static final int LEAST_EXPONENT = -1075;
    private static final int GREATEST_EXPONENT = 970;
    private static final int STEP = FullBuild.runs() ? 1 : 11;
    private static final long GREATEST_FACTOR = (1L << 54) - 1;

    private final Random random = new Random(2);

    @Test
    void tellsTheLastDigitOfAnyMultipleFromItsNeighbours() {
        for (int exponent = LEAST_EXPONENT; exponent <= GREATEST_EXPONENT; exponent += 5) {
            for (int i = 0; i < 3; i++) {
                long factor = factor(exponent);
                BigDecimal multiple = multiple(factor, exponent);
                assertNeighboursCompareAsBigDecimalsDo(multiple, multiple.precision(), factor, exponent);
                assertNeighboursCompareAsBigDecimalsDo(multiple, 1 + multiple.precision(), factor, exponent);
                assertNeighboursCompareAsBigDecimalsDo(multiple, 990, factor, exponent);
            }
        }
    }

    @Test
    void tellsAMultipleFromItsFirstDigits() {
        for (int exponent = LEAST_EXPONENT; exponent <= GREATEST_EXPONENT; exponent += STEP) {
            long factor = factor(exponent);
            BigDecimal multiple = multiple(factor, exponent);
            for (int count = 2; count < 60; count++) {
                assertNeighboursCompareAsBigDecimalsDo(multiple, count, factor, exponent);
            }
        }
    }

    // The multiple has one digit more before its point than the decimal, and the other way round.
    @Test
    void tellsApartWhatIsOnBothSidesOfAPowerOfTen() {
        for (int exponent = LEAST_EXPONENT; exponent <= GREATEST_EXPONENT; exponent += STEP) {
            BigDecimal unit = multiple(1, exponent);
            BigDecimal greatest = unit.multiply(BigDecimal.valueOf(GREATEST_FACTOR));
            BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(greatest.precision() - greatest.scale() - 1);
            long below = power.divideToIntegralValue(unit).longValueExact();
            for (long factor = Math.max(1, below - 1); factor <= below + 2; factor++) {
                for (int count : new int[] {1, 17, 18, 35}) {
                    BigDecimal step = power.movePointLeft(count);
                    assertComparesAsBigDecimalsDo(power, factor, exponent);
                    assertComparesAsBigDecimalsDo(power.add(step), factor, exponent);
                    assertComparesAsBigDecimalsDo(power.subtract(step), factor, exponent);
                }
            }
        }
    }

    private static BigDecimal multiple(long factor, int exponent) {
        BigDecimal power = exponent < 0
                ? new BigDecimal(BigInteger.valueOf(5).pow(-exponent), -exponent)
                : new BigDecimal(BigInteger.TWO.pow(exponent));
        return power.multiply(BigDecimal.valueOf(factor));
    }

    // only the smallest doubles have fewer bits
    private long factor(int exponent) {
        int bits = exponent == LEAST_EXPONENT ? random.nextInt(54) : 53;
        return (1L << bits) | (random.nextLong() & ((1L << bits) - 1)) | 1;
    }

    /** Compares a number cut or extended to so many digits, and those a last digit below and above it. */
    private static void assertNeighboursCompareAsBigDecimalsDo(
            BigDecimal number, int count, long factor, int exponent) {
        BigDecimal cut = number.setScale(number.scale() + count - number.precision(), RoundingMode.DOWN);
        assertComparesAsBigDecimalsDo(cut, factor, exponent);
        assertComparesAsBigDecimalsDo(cut.add(cut.ulp()), factor, exponent);
        assertComparesAsBigDecimalsDo(cut.subtract(cut.ulp()), factor, exponent);
    }

    private static void assertComparesAsBigDecimalsDo(BigDecimal number, long factor, int exponent) {
        BigDecimal decimal = number.stripTrailingZeros();
        byte[] digits = decimal.unscaledValue().toString().getBytes(US_ASCII);
        int point = digits.length - decimal.scale();
        int comparison = DecimalComparison.compare(digits, digits.length, point, factor, exponent);
        assertThat(Integer.signum(comparison))
                .as(() -> decimal + " compared with " + factor + " * 2^" + exponent)
                .isEqualTo(decimal.compareTo(multiple(factor, exponent)));
    }
}
