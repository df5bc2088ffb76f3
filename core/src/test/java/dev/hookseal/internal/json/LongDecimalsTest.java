package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's own reader says what is right. */
class LongDecimalsTest {
    private static final int LENGTH = 1000;
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final EcmaScriptNumber number = new EcmaScriptNumber();
    private final byte[] out = new byte[EcmaScriptNumber.MAX_LENGTH];

    @Test
    void readsRandomDigitsAsTheJdkDoes() {
        Random random = new Random(900);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder digits = new StringBuilder();
            int count = 380 + random.nextInt(560);
            for (int j = 0; j < count; j++) {
                digits.append(random.nextInt(10));
            }
            assertReadAsTheJdkDoes("0." + digits + "e" + (random.nextInt(650) - 330));
        }
    }

    @Test
    void readsWhatIsNearTheMiddleOfTwoAsTheJdkDoes() {
        Random random = new Random(767);
        for (int i = 0; i < 20_000; i++) {
            assertMiddleIsReadAsTheJdkDoes(Math.abs(Double.longBitsToDouble(random.nextLong())), random);
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                Double.MIN_VALUE,
                0x0.fffffffffffffp-1022,
                Double.MIN_NORMAL,
                0x1p-1,
                0x1.fffffffffffffp-1,
                1,
                9007199254740992.0,
                Double.MAX_VALUE,
                1e22,
                1e23
            })
    void readsTheEdgesAsTheJdkDoes(double value) {
        Random random = new Random(53);
        for (int i = 0; i < 100; i++) {
            assertMiddleIsReadAsTheJdkDoes(value, random);
            assertMiddleIsReadAsTheJdkDoes(Math.nextDown(Math.max(value, Double.MIN_VALUE)), random);
        }
    }

    private void assertMiddleIsReadAsTheJdkDoes(double lower, Random random) {
        if (!Double.isFinite(lower)) {
            return;
        }
        BigDecimal middle = new BigDecimal(lower).add(new BigDecimal(Math.ulp(lower)).multiply(HALF));
        String digits = middle.unscaledValue().toString();
        int exponent = -middle.scale();
        int zeros = 400 + random.nextInt(100);
        // a little above, exactly, and a little below
        assertReadAsTheJdkDoes(written(digits + "0".repeat(zeros) + "1", exponent - zeros - 1, random));
        assertReadAsTheJdkDoes(written(digits, exponent, random));
        assertReadAsTheJdkDoes(written(
                new BigDecimal(digits).subtract(BigDecimal.ONE).toPlainString() + "9".repeat(zeros),
                exponent - zeros,
                random));
    }

    /** In one of the ways in which JSON writes a number. */
    private static String written(String digits, int exponent, Random random) {
        String sign = random.nextBoolean() ? "-" : "";
        return sign
                + switch (random.nextInt(3)) {
                    case 0 -> digits + "e" + exponent;
                    case 1 -> digits.charAt(0) + "." + digits.substring(1) + "0E" + (exponent + digits.length() - 1);
                    default -> "0.00" + digits + "e" + (exponent + digits.length() + 2);
                };
    }

    private void assertReadAsTheJdkDoes(String text) {
        if (text.length() > LENGTH + 300) {
            return;
        }
        byte[] in = text.getBytes(US_ASCII);
        String written = new String(out, 0, number.write(in, 0, in.length, out, 0), US_ASCII);
        double expected = Double.parseDouble(text);
        if (Double.isInfinite(expected)) {
            assertThat(written).as(text).isEqualTo("null");
        } else {
            assertThat(Double.parseDouble(written)).as(text).isEqualTo(expected == 0 ? 0 : expected);
        }
    }
}
