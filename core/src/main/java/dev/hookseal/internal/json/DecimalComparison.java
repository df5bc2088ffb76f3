package dev.hookseal.internal.json;

import java.util.Arrays;

/**
 * Compares a decimal with a whole multiple of a power of two, exactly.
 *
 * <p>The multiple's digits are generated nine at a time and compared with the decimal's, up to the first that differ.
 * The middle of two doubles has up to 767 digits. A body full of decimals of that length is read several times faster
 * this way than if each was turned into a {@link java.math.BigInteger}, and a short decimal needs only a few digits.
 */
final class DecimalComparison {
    private static final int BLOCK_DIGITS = 9;
    private static final int BLOCK = 1_000_000_000;
    private static final int LIMB_BITS = 32;
    private static final long LIMB = 0xFFFF_FFFFL;

    // Whole numbers are limbs of 32 bits, the lowest first. Exponents are those that a decimal can have that is near a
    // double: 5e-324 has no digit before the 324th, and 1e308 has 308 zeros.
    private static final int[][] POWERS_OF_FIVE = new int[1 - NearestDouble.LEAST_POINT][];

    static {
        POWERS_OF_FIVE[0] = new int[] {1};
        for (int i = 1; i < POWERS_OF_FIVE.length; i++) {
            int[] power = POWERS_OF_FIVE[i - 1].clone();
            int carry = multiply(power, 0, power.length, 5, 0);
            POWERS_OF_FIVE[i] = carry == 0 ? power : append(power, carry);
        }
    }

    private DecimalComparison() {}

    /**
     * Returns a negative number, zero or a positive number as 0.digits times ten to the power of the point is less than
     * the factor times a power of two, equal to it or greater.
     *
     * @param digits ASCII digits; neither the first nor the last is zero
     * @param factor at most 2^54
     * @param exponentOfTwo such that the two numbers differ by less than a factor of two
     */
    static int compare(byte[] digits, int count, int point, long factor, int exponentOfTwo) {
        return exponentOfTwo < 0
                ? compareWithFraction(digits, count, point, factor, exponentOfTwo)
                : compareWithWhole(digits, count, point, factor, exponentOfTwo);
    }

    // The fraction is scaled by ten to the power of -point if the decimal starts behind its point, which skips the
    // zeros. What each multiplication makes whole are the next digits, and what is left has fewer bits each time.
    private static int compareWithFraction(byte[] digits, int count, int point, long factor, int exponentOfTwo) {
        int scale = Math.max(0, -point);
        int fractionBits = -exponentOfTwo - scale;
        int[] limbs = scaled(limbs(factor), scale, fractionBits);
        int end = fractionLimbs(fractionBits);
        int at = Math.max(0, point);
        int comparison = Long.compare(number(digits, count, 0, at), whole(limbs, end));
        int lowest = firstNonZero(limbs, 0, end);
        while (comparison == 0 && at < count && lowest < end) {
            int block = multiply(limbs, lowest, end, BLOCK, 0);
            comparison = Long.compare(number(digits, count, at, at + BLOCK_DIGITS), block);
            at += BLOCK_DIGITS;
            lowest = firstNonZero(limbs, lowest, end);
        }
        return comparison != 0 ? comparison : Boolean.compare(at < count, lowest < end);
    }

    // A whole number of up to 309 digits: the decimal in units of the power of two is about as large as the factor.
    private static int compareWithWhole(byte[] digits, int count, int point, long factor, int exponentOfTwo) {
        int wholeDigits = Math.min(count, point);
        int scale = point - wholeDigits;
        int fractionBits = exponentOfTwo - scale;
        int[] limbs = scaled(limbs(digits, wholeDigits), scale, fractionBits);
        int end = fractionLimbs(fractionBits);
        int comparison = Long.compare(whole(limbs, end), factor);
        boolean more = count > wholeDigits || firstNonZero(limbs, 0, end) < end;
        return comparison != 0 ? comparison : Boolean.compare(more, false);
    }

    /**
     * Returns number * 5^exponent / 2^fractionBits, whose point is {@link #fractionLimbs} from the lowest limb.
     *
     * @param number with a highest limb of zero, into which it may grow
     */
    private static int[] scaled(int[] number, int exponent, int fractionBits) {
        int fractionLimbs = fractionLimbs(fractionBits);
        multiply(number, 0, number.length, 1L << (fractionLimbs * LIMB_BITS - fractionBits), 0);
        int[] power = POWERS_OF_FIVE[exponent];
        int[] product = new int[Math.max(number.length + power.length, fractionLimbs + 2)];
        for (int i = 0; i < number.length; i++) {
            long carry = 0;
            for (int j = 0; j < power.length; j++) {
                carry += (number[i] & LIMB) * (power[j] & LIMB) + (product[i + j] & LIMB);
                product[i + j] = (int) carry;
                carry >>>= LIMB_BITS;
            }
            product[i + power.length] = (int) carry;
        }
        return product;
    }

    private static int fractionLimbs(int fractionBits) {
        return Math.max(0, fractionBits + LIMB_BITS - 1) / LIMB_BITS;
    }

    private static long whole(int[] limbs, int end) {
        return (limbs[end] & LIMB) | ((long) limbs[end + 1] << LIMB_BITS);
    }

    private static int firstNonZero(int[] limbs, int from, int end) {
        int at = from;
        while (at < end && limbs[at] == 0) {
            at++;
        }
        return at;
    }

    private static int[] limbs(long number) {
        return new int[] {(int) number, (int) (number >>> LIMB_BITS), 0};
    }

    // nine digits have less than 30 bits; one limb more for shifting
    private static int[] limbs(byte[] digits, int count) {
        int[] limbs = new int[count / BLOCK_DIGITS + 2];
        int first = count % BLOCK_DIGITS;
        limbs[0] = (int) number(digits, count, 0, first);
        for (int at = first, used = 1; at < count; at += BLOCK_DIGITS, used++) {
            int block = (int) number(digits, count, at, at + BLOCK_DIGITS);
            limbs[used] = multiply(limbs, 0, used, BLOCK, block);
        }
        return limbs;
    }

    /** Returns the digits from a position to another as a number; those after the last are zeros. */
    private static long number(byte[] digits, int count, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + (i < count ? digits[i] - '0' : 0);
        }
        return number;
    }

    /** Multiplies some of the limbs, adds a number, and returns what is carried out of the last. */
    private static int multiply(int[] limbs, int from, int to, long factor, int added) {
        long carry = added;
        for (int i = from; i < to; i++) {
            carry += (limbs[i] & LIMB) * factor;
            limbs[i] = (int) carry;
            carry >>>= LIMB_BITS;
        }
        return (int) carry;
    }

    private static int[] append(int[] limbs, int limb) {
        int[] longer = Arrays.copyOf(limbs, limbs.length + 1);
        longer[limbs.length] = limb;
        return longer;
    }
}
