package dev.hookseal.internal.json;

import com.fasterxml.jackson.core.io.NumberInput;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Reads decimals of hundreds of digits. Their first 17 digits leave at most two neighbouring doubles to choose from, and
 * the library reads those quickly. For one that is near the middle of the two, the library would compute with all
 * digits; here its digits are compared with those of the middle, which are few unless the number is very small.
 */
final class LongDecimals {
    /** From this number of significant digits on, it is quicker than the library. */
    static final int LEAST_DIGITS = 400;

    private static final int PREFIX_DIGITS = 17;
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private LongDecimals() {}

    /**
     * Returns the double that is nearest to a decimal without its sign, to even in the middle.
     *
     * @param prefix its first 17 significant digits
     * @param point where the decimal point is, counted from before the first significant digit
     * @param in the text of the decimal, of which the digits from the first that is not zero count
     */
    static double nearest(byte[] prefix, int point, byte[] in, int from, int to) {
        String digits = new String(prefix, 0, PREFIX_DIGITS, StandardCharsets.US_ASCII);
        int exponent = point - PREFIX_DIGITS;
        double lower = NumberInput.parseDouble(digits + "e" + exponent, true);
        double upper = NumberInput.parseDouble((Long.parseLong(digits) + 1) + "e" + exponent, true);
        if (lower == upper) {
            return lower;
        }
        BigDecimal middle = new BigDecimal(lower).add(new BigDecimal(Math.ulp(lower)).multiply(HALF));
        int comparison = compare(in, from, to, point, middle);
        boolean even = (Double.doubleToLongBits(lower) & 1) == 0;
        return comparison < 0 || (comparison == 0 && even) ? lower : upper;
    }

    private static int compare(byte[] in, int from, int to, int point, BigDecimal middle) {
        int pointOfMiddle = middle.precision() - middle.scale();
        if (point != pointOfMiddle) {
            return Integer.compare(point, pointOfMiddle);
        }
        String digits = middle.unscaledValue().toString();
        int at = 0;
        for (int i = from; i < to && in[i] != 'e' && in[i] != 'E'; i++) {
            if (in[i] == '.' || in[i] == '-' || (at == 0 && in[i] == '0')) {
                continue;
            }
            char ofMiddle = at < digits.length() ? digits.charAt(at) : '0';
            at++;
            if (in[i] != ofMiddle) {
                return in[i] < ofMiddle ? -1 : 1;
            }
        }
        return hasMore(digits, at) ? -1 : 0;
    }

    private static boolean hasMore(String digits, int from) {
        return digits.chars().skip(from).anyMatch(digit -> digit != '0');
    }
}
