package dev.hookseal.internal.json;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Reads decimals of at most 15 digits that are below the doubles of full precision. There a double is a whole number of
 * {@link Double#MIN_VALUE}s, and libraries take the slow way of big integers: a body of such numbers would cost more
 * than any other.
 */
final class SmallestDoubles {
    private static final int LEAST_EXPONENT = -340;
    private static final int GREATEST_EXPONENT = -308;

    // How many least doubles a power of ten is, as the sum of two doubles: some 100 bits.
    private static final double[] HIGH = new double[GREATEST_EXPONENT - LEAST_EXPONENT + 1];
    private static final double[] LOW = new double[HIGH.length];

    // From here on a double is not sure to be a whole number of the least ones.
    private static final double LIMIT = 0x1p51;
    // much more than the error of the sum
    private static final double DOUBT = 0x1p-30;

    static {
        BigDecimal least = new BigDecimal(Double.MIN_VALUE);
        for (int i = 0; i < HIGH.length; i++) {
            BigDecimal units =
                    BigDecimal.ONE.scaleByPowerOfTen(LEAST_EXPONENT + i).divide(least, MathContext.DECIMAL128);
            HIGH[i] = units.doubleValue();
            LOW[i] = units.subtract(new BigDecimal(HIGH[i])).doubleValue();
        }
    }

    private SmallestDoubles() {}

    /**
     * Returns the double that is nearest to digits times ten to the power of the exponent; NaN where that is not among
     * the smallest, or too near to the middle of two for a quick decision.
     *
     * @param digits a whole number of at most 15 digits
     */
    static double nearest(double digits, int exponent) {
        if (exponent < LEAST_EXPONENT || exponent > GREATEST_EXPONENT) {
            return Double.NaN;
        }
        double high = digits * HIGH[exponent - LEAST_EXPONENT];
        if (high >= LIMIT) {
            return Double.NaN;
        }
        double low = Math.fma(digits, HIGH[exponent - LEAST_EXPONENT], -high) + digits * LOW[exponent - LEAST_EXPONENT];
        double whole = Math.rint(high);
        double rest = high - whole + low;
        if (Math.abs(Math.abs(rest) - 0.5) < DOUBT) {
            return Double.NaN;
        }
        return Double.longBitsToDouble((long) (whole + Math.rint(rest)));
    }
}
