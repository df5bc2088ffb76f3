package dev.hookseal.diagnostics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How a number may have been written before something read it and wrote it again. */
final class NumberWriting {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    // what a larger exponent would be in plain digits helps no one
    private static final Pattern MODERATE = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,2})?");

    private NumberWriting() {}

    /** Other ways to write a number or a text that is one; none for anything else. */
    static Set<String> othersFor(Json.Scalar scalar) {
        Set<String> others = new LinkedHashSet<>();
        String written = scalar.written();
        if (scalar.isString()) {
            String text = written.substring(1, written.length() - 1);
            if (NUMBER.matcher(text).matches()) {
                others.add(text);
            }
            return others;
        }
        if (!scalar.isNumber()) {
            return others;
        }
        if (MODERATE.matcher(written).matches()) {
            addSameValue(new BigDecimal(written), others);
        }
        exponent(written, others);
        others.add(
                new String(Json.asJavaScriptWrites(written.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
        others.add('"' + written + '"');
        others.remove(written);
        return others;
    }

    private static void addSameValue(BigDecimal value, Set<String> others) {
        BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        others.add(shortest.toPlainString());
        others.add(shortest.setScale(Math.max(1, shortest.scale()), RoundingMode.UNNECESSARY)
                .toPlainString());
        // amounts of money, with the cents
        others.add(shortest.setScale(Math.max(2, shortest.scale()), RoundingMode.UNNECESSARY)
                .toPlainString());
        String java = Double.toString(value.doubleValue());
        others.add(java);
        others.add(value.toString());
        exponent(java, others);
        exponent(shortest.toString(), others);
    }

    private static void exponent(String written, Set<String> others) {
        int mark = Math.max(written.indexOf('e'), written.indexOf('E'));
        if (mark < 0) {
            return;
        }
        String digits = written.substring(0, mark);
        String bareDigits = digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
        String exponent = written.substring(mark + 1);
        String bare = exponent.startsWith("+") ? exponent.substring(1) : exponent;
        String sign = bare.startsWith("-") ? "" : "+";
        for (String before : List.of(digits, bareDigits)) {
            for (String letter : new String[] {"e", "E"}) {
                others.add(before + letter + bare);
                others.add(before + letter + sign + bare);
            }
        }
    }
}
