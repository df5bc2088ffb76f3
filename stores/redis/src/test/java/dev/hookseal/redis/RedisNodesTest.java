package dev.hookseal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes, each a process, with one Redis. */
@Tag("full")
@Tag("one-jdk")
@Timeout(120)
class RedisNodesTest {
    private static final int DELIVERIES = 1_000;
    private static final int RACED_KEYS = 500;
    private static final int HELD = 150;

    private TestRedis redis;
    private WebhookNode first;
    private WebhookNode second;

    @BeforeEach
    void start() throws Exception {
        redis = TestRedis.running();
        first = WebhookNode.start(redis.uri(), Duration.ZERO);
        second = WebhookNode.start(redis.uri(), Duration.ofMinutes(10));
    }

    @AfterEach
    void stop() throws Exception {
        first.close();
        second.close();
        redis.close();
    }

    @Test
    void handlesADeliveryToBothAtOnceOnce() throws Exception {
        int duplicates = 0;
        for (int i = 0; i < DELIVERIES; i++) {
            first.tell("deliver both-" + i);
            second.tell("deliver both-" + i);
            List<String> answers = List.of(first.answer(), second.answer());

            assertThat(answers).as("delivery " + i).containsOnlyOnce("ran 200");
            assertThat(answers).containsAnyOf("did not run 200", "did not run 409");
            duplicates += answers.contains("did not run 200") ? 1 : 0;
        }
        System.out.printf(
                "Redis, the same delivery to two nodes at once: %d handled once each; the other got 200 %d times, 409 %d"
                        + " times%n",
                DELIVERIES, duplicates, DELIVERIES - duplicates);
    }

    @Test
    void grantsEachKeyOnceAmong64ThreadsOnEachNode() throws Exception {
        for (WebhookNode node : List.of(first, second)) {
            assertThat(node.ask("race 0 64 0")).as("both run").isEmpty();
        }
        String race = "race " + RACED_KEYS + " 64 " + (System.currentTimeMillis() + 200);
        first.tell(race);
        second.tell(race);

        List<String> granted = new ArrayList<>();
        List<Integer> shares = new ArrayList<>();
        for (WebhookNode node : List.of(first, second)) {
            // a node that is a moment ahead may get them all
            List<String> share = node.answer()
                    .lines()
                    .flatMap(line -> Stream.of(line.split(" ")))
                    .toList();
            granted.addAll(share);
            shares.add(share.size());
        }

        assertThat(granted)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, RACED_KEYS)
                        .mapToObj(i -> "race:" + i)
                        .toList());
        System.out.printf("Redis, %d keys, 2 nodes of 64 threads: granted once each, %s%n", RACED_KEYS, shares);
    }

    @Test
    void holdsAClaimAgainstANodeWhoseClockIsAhead() throws Exception {
        for (int i = 0; i < HELD; i++) {
            assertThat(first.ask("hold held-" + i)).isEqualTo("holds");
        }
        for (int i = 0; i < HELD; i++) {
            assertThat(second.ask("deliver held-" + i)).isEqualTo("did not run 409");
        }
        for (int i = 0; i < HELD; i++) {
            assertThat(first.ask("finish held-" + i)).isEqualTo("finished");
            assertThat(second.ask("deliver held-" + i)).isEqualTo("did not run 200");
        }
        System.out.printf("Redis, one node's clock 10 minutes ahead: 0 of %d deliveries handled twice%n", HELD);
    }

    @Test
    void handlesTheRedeliveryOfAKilledNodeAfterTheLease() throws Exception {
        first.ask("hold killed");
        first.kill();
        assertThat(second.ask("deliver killed")).isEqualTo("did not run 409");

        redis.moveTime(Duration.ofMinutes(4));
        assertThat(second.ask("deliver killed")).isEqualTo("did not run 409");
        redis.moveTime(Duration.ofMinutes(1));

        assertThat(second.ask("deliver killed")).isEqualTo("ran 200");
        assertThat(second.ask("deliver killed")).isEqualTo("did not run 200");
    }
}
