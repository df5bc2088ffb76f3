package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Objects made to be slow: a receiver of strangers' bytes must come to an end with them, and rightly. */
class HostileMembersTest {
    // not a measurement: what is quadratic here takes hours
    private static final Duration HANG = Duration.ofMinutes(1);

    @Test
    void ordersManyNamesOfTheSameHash() {
        // Aa and BB have one hash in base 31, and so have all their sequences of one length
        List<String> names = new ArrayList<>(List.of(""));
        for (int length = 0; length < 16; length++) {
            names = names.stream()
                    .flatMap(name -> List.of(name + "Aa", name + "BB").stream())
                    .collect(Collectors.toList());
        }
        assertThat(names.stream().mapToInt(String::hashCode).distinct()).hasSize(1);
        List<String> twice = new ArrayList<>(names);
        twice.addAll(names);
        Collections.shuffle(twice, new Random(1));

        assertAsModelled(object(twice.size(), twice::get));
    }

    @Test
    void ordersAHundredThousandMembers() {
        assertAsModelled(object(100_000, i -> "name" + i * 7919 % 60_000));
    }

    @Test
    void ordersAHundredThousandMembersWithIntegerNames() {
        Random random = new Random(2);
        assertAsModelled(object(100_000, i -> String.valueOf(random.nextLong(0x1_0000_0010L) >> random.nextInt(32))));
    }

    @Test
    void ordersIntegerNamesThatComeInReverse() {
        assertAsModelled(object(100_000, i -> String.valueOf(100_000 - i)));
    }

    @Test
    void keepsTheLastOfOneNameThatStandsTwoHundredThousandTimes() {
        assertAsModelled(object(200_000, i -> "result"));
    }

    @Test
    void keepsTheLastOfOneLongNameThatStandsAThousandTimes() {
        String name = "n".repeat(4_000);
        assertAsModelled(object(1_000, i -> i % 2 == 0 ? name : name + 'x'));
    }

    @Test
    void movesALargeValueThroughAThousandLevelsOnce() {
        String large = "\"" + "v".repeat(1_000_000) + "\"";
        StringBuilder json = new StringBuilder();
        for (int level = 0; level < JsonScanner.MAX_DEPTH; level++) {
            json.append("{\"9\":0,\"2\":");
        }
        json.append(large);
        for (int level = 0; level < JsonScanner.MAX_DEPTH; level++) {
            json.append(",\"1\":1}");
        }
        assertAsModelled(json.toString());
    }

    @Test
    void dropsRepeatedValuesAtEveryLevel() {
        StringBuilder json = new StringBuilder();
        json.append("{\"a\":{\"2\":0,\"1\":[{}]},\"b\":1,\"a\":".repeat(990));
        json.append("[]");
        json.append("}".repeat(990));
        assertAsModelled(json.toString());
    }

    @Test
    void ordersMembersInManySmallObjects() {
        String json = IntStream.range(0, 50_000)
                .mapToObj(i -> "{\"b\":" + i + ",\"1\":0,\"b\":{\"0\":1,\"00\":2}}")
                .collect(Collectors.joining(",", "[", "]"));
        assertAsModelled(json);
    }

    private static String object(int count, IntFunction<String> name) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + name.apply(i) + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void assertAsModelled(String json) {
        byte[] written = assertTimeoutPreemptively(HANG, () -> EcmaScriptJson.stringify(json.getBytes(UTF_8)));
        // compared as arrays first: a description of megabytes helps nobody
        assertThat(Arrays.mismatch(written, TreeModel.stringify(json)))
                .as("the first byte that differs")
                .isEqualTo(-1);
    }
}
