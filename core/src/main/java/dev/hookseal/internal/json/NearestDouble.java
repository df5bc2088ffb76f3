package dev.hookseal.internal.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Finds the double that is nearest to a decimal. Libraries do this too, but decimals that are near the middle of two
 * doubles, or below the doubles of full precision, take them many times as long as others. A body of such numbers would
 * be the most expensive to reject.
 *
 * <p>The decimal is estimated with some 100 bits. If rounding a little less and a little more than the estimate gives
 * the same double, that is the result. Otherwise {@link DecimalComparison} compares the decimal with the middle of the
 * two.
 */
final class NearestDouble {
    /** Where the decimal point of the least decimal is that does not always round to zero: 0.1e-323 does not. */
    static final int LEAST_POINT = -323;
    /** Where the decimal point of the greatest decimal is that does not always round to infinity: 0.1e309. */
    static final int GREATEST_POINT = 309;

    // The estimate takes a whole number that fits in a long, and a fraction.
    private static final int HEAD_DIGITS = 18;
    private static final int FRACTION_DIGITS = 15;
    private static final double FRACTION_UNIT = 1e-15;

    // Ten to the power of an exponent, as (HIGH + LOW) * 2^scale(exponent): some 105 bits.
    private static final int LEAST_EXPONENT = LEAST_POINT - HEAD_DIGITS;
    private static final double[] HIGH = new double[GREATEST_POINT - LEAST_EXPONENT];
    private static final double[] LOW = new double[HIGH.length];

    // Both are at least a hundred times the error of the estimate: relative to the decimal, and in MIN_VALUEs.
    private static final double DOUBT = 0x1p-94;
    private static final double SUBNORMAL_DOUBT = 0x1p-42;

    private static final int MIN_VALUE_EXPONENT = -1074;
    private static final int FRACTION_BITS = 52;
    private static final long HIDDEN_BIT = 1L << FRACTION_BITS;

    static {
        for (int i = 0; i < HIGH.length; i++) {
            int scale = scale(LEAST_EXPONENT + i);
            BigDecimal two = new BigDecimal(BigInteger.ONE.shiftLeft(Math.abs(scale)));
            BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(LEAST_EXPONENT + i);
            BigDecimal scaled =
                    scale < 0 ? power.multiply(two, MathContext.DECIMAL128) : power.divide(two, MathContext.DECIMAL128);
            HIGH[i] = scaled.doubleValue();
            LOW[i] = scaled.subtract(new BigDecimal(HIGH[i])).doubleValue();
        }
    }

    private NearestDouble() {}

    private static int scale(int exponent) {
        return (int) Math.floor(exponent * (Math.log(10) / Math.log(2)));
    }

    /**
     * Returns the double that is nearest to 0.digits times ten to the power of the point, the even one in the middle.
     *
     * @param digits ASCII digits; neither the first nor the last is zero
     * @param point from {@value #LEAST_POINT} to {@value #GREATEST_POINT}
     */
    static double of(byte[] digits, int count, int point) {
        int headDigits = Math.min(count, HEAD_DIGITS);
        long head = whole(digits, 0, headDigits);
        double high = (double) head;
        double low = (head - (long) high) + fraction(digits, count);

        int exponent = point - headDigits;
        double power = HIGH[exponent - LEAST_EXPONENT];
        double product = high * power;
        double rest = Math.fma(high, power, -product) + high * LOW[exponent - LEAST_EXPONENT] + low * power;
        double estimate = product + rest;
        double error = rest - (estimate - product);

        int scale = scale(exponent);
        if (Math.getExponent(estimate) + scale < Double.MIN_EXPONENT) {
            double toMinValues = timesPowerOfTwo(1, scale - MIN_VALUE_EXPONENT);
            return subnormal(estimate * toMinValues, error * toMinValues, digits, count, point);
        }
        double doubt = estimate * DOUBT;
        double least = estimate + (error - doubt);
        double lower = timesPowerOfTwo(least, scale);
        return least == estimate + (error + doubt) ? lower : decide(lower, digits, count, point);
    }

    // The decimal in whole numbers of the smallest double, as which the bits of these doubles count.
    private static double subnormal(double estimate, double error, byte[] digits, int count, int point) {
        double whole = Math.rint(estimate);
        double rest = estimate - whole + error;
        double least = Math.rint(rest - SUBNORMAL_DOUBT);
        double lower = Double.longBitsToDouble((long) (whole + least));
        return least == Math.rint(rest + SUBNORMAL_DOUBT) ? lower : decide(lower, digits, count, point);
    }

    // Not Math.scalb, which takes longer than all the rest.
    private static double timesPowerOfTwo(double value, int exponent) {
        return Math.getExponent(value) + exponent > Double.MAX_EXPONENT
                ? Double.POSITIVE_INFINITY
                : Double.longBitsToDouble(Double.doubleToRawLongBits(value) + ((long) exponent << FRACTION_BITS));
    }

    private static double fraction(byte[] digits, int count) {
        if (count <= HEAD_DIGITS) {
            return 0;
        }
        double fraction = 0;
        for (int i = HEAD_DIGITS; i < HEAD_DIGITS + FRACTION_DIGITS; i++) {
            fraction = 10 * fraction + (i < count ? digits[i] - '0' : 0);
        }
        return fraction * FRACTION_UNIT;
    }

    private static long whole(byte[] digits, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = 10 * value + digits[i] - '0';
        }
        return value;
    }

    /** Returns the lower of two neighbours or the upper one, as the decimal is below or above their middle. */
    private static double decide(double lower, byte[] digits, int count, int point) {
        if (Double.isInfinite(lower)) {
            return lower;
        }
        long bits = Double.doubleToRawLongBits(lower);
        boolean subnormal = lower < Double.MIN_NORMAL;
        long significand = subnormal ? bits : (bits & (HIDDEN_BIT - 1)) | HIDDEN_BIT;
        int unit = subnormal ? MIN_VALUE_EXPONENT : Math.getExponent(lower) - FRACTION_BITS;
        int comparison = DecimalComparison.compare(digits, count, point, 2 * significand + 1, unit - 1);
        boolean even = (significand & 1) == 0;
        return comparison < 0 || (comparison == 0 && even) ? lower : Math.nextUp(lower);
    }
}
