package dev.hookseal.internal.json;

import com.fasterxml.jackson.core.io.NumberInput;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.nio.charset.StandardCharsets;

/**
 * Writes a JSON number as ECMAScript does after reading it: through an IEEE double and {@code Number::toString}
 * (ECMA-262, section 6.1.6.1.20), and {@code null} where the double is infinite.
 */
final class EcmaScriptNumber {
    // Decimals of at most this many digits each have a double of their own, so that none has a shorter spelling.
    private static final int EXACT_DIGITS = 15;
    // The largest double that may be nearer to a decimal of one digit than Java's form, of two at least, tells.
    private static final double FEW_BITS = 1e-320;

    private EcmaScriptNumber() {}

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

    /** What ECMAScript writes for the number that a valid JSON text stands for. */
    static String write(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        return write(NumberInput.parseDouble(text, true));
    }

    static String write(double value) {
        if (value == 0) {
            return "0";
        }
        if (Double.isInfinite(value)) {
            return "null";
        }
        double magnitude = Math.abs(value);
        // Not Double.toString, which before JDK 19 is not always the shortest; see JDK-4511638.
        String java = NumberOutput.toString(magnitude, true);
        if (magnitude < FEW_BITS) {
            java = shortestOfFewBits(magnitude, java);
        }
        StringBuilder out = new StringBuilder(25);
        if (value < 0) {
            out.append('-');
        }
        return layOut(out, java).toString();
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

    private static StringBuilder layOut(StringBuilder out, String java) {
        int mark = java.indexOf('E');
        String decimal = mark < 0 ? java : java.substring(0, mark);
        int exponent = mark < 0 ? 0 : Integer.parseInt(java.substring(mark + 1));
        int point = decimal.indexOf('.');
        String all = point < 0 ? decimal : decimal.substring(0, point) + decimal.substring(point + 1);
        int first = 0;
        while (all.charAt(first) == '0') {
            first++;
        }
        int last = all.length();
        while (all.charAt(last - 1) == '0') {
            last--;
        }
        String digits = all.substring(first, last);
        // the value is 0.digits times ten to this power: "n" in the specification
        int n = (point < 0 ? decimal.length() : point) - first + exponent;
        int k = digits.length();
        if (n > 21 || n <= -6) {
            out.append(digits.charAt(0));
            if (k > 1) {
                out.append('.').append(digits, 1, k);
            }
            return out.append('e').append(n > 0 ? '+' : '-').append(Math.abs(n - 1));
        }
        if (n <= 0) {
            return out.append("0.").append("0".repeat(-n)).append(digits);
        }
        if (k <= n) {
            return out.append(digits).append("0".repeat(n - k));
        }
        return out.append(digits, 0, n).append('.').append(digits, n, k);
    }
}
