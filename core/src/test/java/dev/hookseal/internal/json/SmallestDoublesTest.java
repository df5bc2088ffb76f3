package dev.hookseal.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's own reader says what is right. */
class SmallestDoublesTest {

    @Test
    void readsAsTheJdkDoes() {
        Random random = new Random(324);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            long digits = random.nextLong(1, (long) Math.pow(10, 1 + random.nextInt(15)));
            int exponent = -345 + random.nextInt(40);
            double found = nearest(digits, exponent);
            if (!Double.isNaN(found)) {
                read++;
                assertThat(found).as(digits + "e" + exponent).isEqualTo(Double.parseDouble(digits + "e" + exponent));
            }
        }
        assertThat(read).as("most of them").isGreaterThan(100_000);
    }

    @Test
    void readsWhatIsNearTheMiddleOfTwoAsTheJdkDoes() {
        Random random = new Random(1075);
        for (int i = 0; i < 20_000; i++) {
            long least = random.nextLong(1, 1L << (1 + random.nextInt(51)));
            String digits = new BigDecimal(least)
                    .add(new BigDecimal("0.5"))
                    .multiply(new BigDecimal(Double.MIN_VALUE))
                    .unscaledValue()
                    .toString();
            int exponent = new BigDecimal(least)
                            .multiply(new BigDecimal(Double.MIN_VALUE))
                            .precision()
                    - new BigDecimal(least)
                            .multiply(new BigDecimal(Double.MIN_VALUE))
                            .scale()
                    - 15;
            long near = Long.parseLong(digits.substring(0, 15)) + random.nextInt(3) - 1;
            double found = nearest(near, exponent);
            if (!Double.isNaN(found)) {
                assertThat(found).as(near + "e" + exponent).isEqualTo(Double.parseDouble(near + "e" + exponent));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5, -324", "2, -324", "3, -324", "247, -326", "248, -326", "1, -340"})
    void readsTheLeast(long digits, int exponent) {
        assertThat(nearest(digits, exponent)).isEqualTo(Double.parseDouble(digits + "e" + exponent));
    }

    @ParameterizedTest
    @CsvSource({"1, -341", "1, -307", "222507385850720, -322"})
    void leavesTheOthersToALibrary(long digits, int exponent) {
        assertThat(nearest(digits, exponent)).isNaN();
    }

    private static double nearest(long digits, int exponent) {
        return SmallestDoubles.nearest((double) digits, exponent);
    }
}
