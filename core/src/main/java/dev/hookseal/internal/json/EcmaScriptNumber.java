package dev.hookseal.internal.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON number as ECMAScript does after reading it: through an IEEE double and {@code Number::toString}
 * (ECMA-262, section 6.1.6.1.20), and {@code null} where the double is infinite.
 */
final class EcmaScriptNumber {
    // Decimals of at most this many digits each have a different double, so that none has a shorter spelling.
    private static final int EXACT_DIGITS = 15;
    // That holds for doubles of full precision, from 2.2e-308 to 1.7e308: 0.1e-306 and 0.999999999999999e308 are.
    private static final int LEAST_EXACT_POINT = -306;
    private static final int GREATEST_EXACT_POINT = 308;

    // The largest double that may be nearer to a decimal of one digit than Java's form, of two at least, tells.
    private static final double FEW_BITS = 1e-320;
    private static final @Nullable String[] OF_FEW_BITS = new String[2048];

    /** The length of the longest number, such as -0.0000012345678901234567. */
    static final int MAX_LENGTH = 25;

    // the significant digits, as ASCII, up to the last that is not zero
    private byte[] digits = new byte[32];
    private int count;
    // where the decimal point is, counted from before the first digit
    private int point;
    private final byte[] text = new byte[32];

    /**
     * Where the part of a number ends that is all that ECMAScript would write: {@code 12} of {@code 12} and of
     * {@code 12.0}, {@code 1.5} of {@code 1.50}. It is told for numbers of few digits without an exponent, which is
     * nearly every number there is; for any other, {@code from}, which only means that {@link #write} has to look
     * closer.
     */
    static int plainEnd(byte[] bytes, int from, int to) {
        int first = bytes[from] == '-' ? from + 1 : from;
        int at = first;
        while (at < to && isDigit(bytes[at])) {
            at++;
        }
        int point = at;
        int last = point;
        if (at < to && bytes[at] == '.') {
            at++;
            while (at < to && isDigit(bytes[at])) {
                at++;
                last = bytes[at - 1] == '0' ? last : at;
            }
        }
        // the point counts as one more digit where there is one: no harm
        if (at < to || last - first > EXACT_DIGITS) {
            return from;
        }
        if (bytes[first] != '0') {
            return last;
        }
        // minus zero loses its sign, and below 0.000001 ECMAScript takes to an exponent
        boolean plain = last == point ? first == from : hasDigitAmong(bytes, point + 1, Math.min(last, point + 7));
        return plain ? last : from;
    }

    private static boolean hasDigitAmong(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != '0') {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /**
     * Writes the number that a valid JSON text means.
     *
     * @param out with room for {@value #MAX_LENGTH} bytes
     * @return the position behind what was written
     */
    int write(byte[] in, int from, int to, byte[] out, int at) {
        boolean negative = in[from] == '-';
        readDecimal(in, negative ? from + 1 : from, to);
        if (count == 0 || point < NearestDouble.LEAST_POINT) {
            return put("0", out, at);
        }
        if (point > NearestDouble.GREATEST_POINT) {
            return put("null", out, at);
        }
        if (count > EXACT_DIGITS || point < LEAST_EXACT_POINT || point > GREATEST_EXACT_POINT) {
            double magnitude = NearestDouble.of(digits, count, point);
            return write(negative ? -magnitude : magnitude, out, at);
        }
        return layOut(negative, out, at);
    }

    private void readDecimal(byte[] in, int from, int to) {
        int read = 0;
        int beforePoint = 0;
        int exponent = 0;
        boolean fraction = false;
        count = 0;
        for (int i = from; i < to; i++) {
            byte b = in[i];
            if (b == '.') {
                fraction = true;
            } else if (b == 'e' || b == 'E') {
                exponent = exponent(in, i + 1, to);
                break;
            } else if (read == 0 && b == '0') {
                beforePoint -= fraction ? 1 : 0;
            } else {
                if (read == digits.length) {
                    digits = Arrays.copyOf(digits, 4 * read);
                }
                digits[read++] = b;
                beforePoint += fraction ? 0 : 1;
                count = b == '0' ? count : read;
            }
        }
        point = beforePoint + exponent;
    }

    private static int exponent(byte[] in, int from, int to) {
        boolean negative = in[from] == '-';
        int exponent = 0;
        for (int i = isDigit(in[from]) ? from : from + 1; i < to && exponent < 100_000; i++) {
            exponent = 10 * exponent + in[i] - '0';
        }
        return negative ? -exponent : exponent;
    }

    /** Writes a double. */
    static String write(double value) {
        byte[] out = new byte[MAX_LENGTH];
        return new String(out, 0, new EcmaScriptNumber().write(value, out, 0), StandardCharsets.US_ASCII);
    }

    private int write(double value, byte[] out, int at) {
        if (value == 0) {
            return put("0", out, at);
        }
        if (Double.isInfinite(value)) {
            return put("null", out, at);
        }
        double magnitude = Math.abs(value);
        // Not Double.toString, which before JDK 19 is not always the shortest; see JDK-4511638.
        readJava(magnitude < FEW_BITS ? ofFewBits(magnitude) : NumberOutput.toString(magnitude, true));
        return layOut(value < 0, out, at);
    }

    // There are some two thousand of these, and finding the text takes longer than reading such a number.
    private static String ofFewBits(double magnitude) {
        int bits = (int) Double.doubleToRawLongBits(magnitude);
        String known = OF_FEW_BITS[bits];
        if (known == null) {
            known = shortestOfFewBits(magnitude, NumberOutput.toString(magnitude, true));
            OF_FEW_BITS[bits] = known;
        }
        return known;
    }

    // Java's form has two digits at least, and chooses the nearest of those: 4.9E-324 where one digit, 5E-324, will do.
    private static String shortestOfFewBits(double magnitude, String java) {
        int exponent = java.indexOf('E');
        if (exponent != 3) {
            return java;
        }
        int digit = java.charAt(0) - '0';
        String power = java.substring(exponent);
        String nearer = (java.charAt(2) < '5' ? digit : digit + 1) + power;
        return Double.parseDouble(nearer) == magnitude ? nearer : java;
    }

    /** Reads the digits of a number as Java writes it, such as 123.0 or 1.23E-7. */
    @SuppressWarnings("deprecation") // the bytes of ASCII, without a copy
    private void readJava(String java) {
        int length = java.length();
        java.getBytes(0, length, text, 0);
        readDecimal(text, 0, length);
    }

    /** Writes 0.digits times ten to the power of the point, which the specification calls n. */
    private int layOut(boolean negative, byte[] out, int from) {
        int at = negative ? put("-", out, from) : from;
        if (point > 21 || point <= -6) {
            out[at++] = digits[0];
            if (count > 1) {
                out[at++] = '.';
                at = putDigits(1, count, out, at);
            }
            at = put(point > 0 ? "e+" : "e-", out, at);
            return putExponent(Math.abs(point - 1), out, at);
        }
        if (point <= 0) {
            at = putZeros(-point, out, put("0.", out, at));
            return putDigits(0, count, out, at);
        }
        if (count <= point) {
            return putZeros(point - count, out, putDigits(0, count, out, at));
        }
        at = putDigits(0, point, out, at);
        out[at] = '.';
        return putDigits(point, count, out, at + 1);
    }

    private static int putExponent(int exponent, byte[] out, int from) {
        int at = from;
        for (int power = exponent >= 100 ? 100 : exponent >= 10 ? 10 : 1; power > 0; power /= 10) {
            out[at++] = (byte) ('0' + exponent / power % 10);
        }
        return at;
    }

    private int putDigits(int first, int end, byte[] out, int at) {
        System.arraycopy(digits, first, out, at, end - first);
        return at + end - first;
    }

    private static int putZeros(int zeros, byte[] out, int at) {
        Arrays.fill(out, at, at + zeros, (byte) '0');
        return at + zeros;
    }

    private static int put(String ascii, byte[] out, int at) {
        for (int i = 0; i < ascii.length(); i++) {
            out[at + i] = (byte) ascii.charAt(i);
        }
        return at + ascii.length();
    }
}
