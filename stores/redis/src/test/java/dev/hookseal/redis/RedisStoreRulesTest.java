package dev.hookseal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.TcpProxy;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.LettuceVersion;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** What is peculiar to Redis. */
@Timeout(60)
class RedisStoreRulesTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration RETENTION = Duration.ofDays(3);
    private static final DeliveryKey KEY = new DeliveryKey("formflow:1", RETENTION);

    private static TestRedis redis;
    private static RedisCommands<String, String> commands;
    private static RedisDeliveryStore store;

    @BeforeAll
    static void start() throws Exception {
        redis = TestRedis.running();
        commands = redis.commands();
        store = RedisDeliveryStore.of(redis.uri());
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        redis.close();
    }

    @BeforeEach
    void clear() {
        commands.flushall();
    }

    @Test
    void runsOnTheVersionOfLettuceThatTheBuildSays() {
        assertThat(LettuceVersion.getVersion()).startsWith(System.getProperty("hookseal.lettuce.version"));
    }

    @Test
    void keepsOneKeyForADeliveryWithItsTimeToLive() {
        UUID token = claim(store, KEY);

        assertThat(commands.get("hookseal:formflow:1")).isEqualTo(token.toString());
        assertThat(commands.pttl("hookseal:formflow:1")).isBetween(LEASE.toMillis() - 10_000, LEASE.toMillis());

        store.complete(KEY, token);

        assertThat(commands.get("hookseal:formflow:1")).isEqualTo("handled");
        assertThat(commands.pttl("hookseal:formflow:1")).isBetween(RETENTION.toMillis() - 10_000, RETENTION.toMillis());
        assertThat(redis.keys()).hasSize(1);
    }

    @Test
    void leavesADuplicateAsItIs() {
        store.complete(KEY, claim(store, KEY));
        commands.pexpire("hookseal:formflow:1", 60_000);

        assertThat(store.claim(KEY, LEASE)).isEqualTo(new DeliveryClaim.Completed());

        assertThat(commands.pttl("hookseal:formflow:1")).isBetween(1L, 60_000L);
    }

    @Test
    void endsALeaseByTheClockOfRedis() {
        long start = System.nanoTime();
        claim(store, KEY, Duration.ofMillis(200));
        assertThat(store.claim(KEY, LEASE)).isEqualTo(new DeliveryClaim.InProgress());

        until(() -> store.claim(KEY, LEASE) instanceof DeliveryClaim.Granted);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void forgetsByTheClockOfRedis() {
        DeliveryKey brief = new DeliveryKey("formflow:brief", Duration.ofMillis(100));
        store.complete(brief, claim(store, brief));

        until(() -> store.claim(brief, LEASE) instanceof DeliveryClaim.Granted);
    }

    @ParameterizedTest
    @CsvSource({"PT0.0000001S, PT1S", "PT2562047788015215H30M7S, PT876000H"})
    void takesAnyPositiveLease(Duration lease, Duration atMost) {
        claim(store, KEY, lease);

        assertThat(commands.pttl("hookseal:formflow:1")).isLessThanOrEqualTo(atMost.toMillis());
    }

    @Test
    void worksOnAfterItsScriptsWereFlushed() {
        for (int i = 0; i < 10; i++) {
            DeliveryKey key = new DeliveryKey("formflow:flushed-" + i, RETENTION);
            commands.scriptFlush();
            UUID token = claim(store, key);
            commands.scriptFlush();
            assertThat(store.claim(key, LEASE)).isEqualTo(new DeliveryClaim.InProgress());
            commands.scriptFlush();
            assertThat(i % 2 == 0 ? store.complete(key, token) : store.release(key, token))
                    .isTrue();
        }
        assertThat(redis.keys()).hasSize(5);
    }

    @Test
    void tellsAllKeysApart() {
        // every character that a key may have, alone and as the last of a key of the greatest length
        List<String> keys = IntStream.rangeClosed('!', '~')
                .boxed()
                .flatMap(c -> List.of(Character.toString(c), "k".repeat(249) + Character.toString(c)).stream())
                .toList();

        for (String key : keys) {
            DeliveryKey delivery = new DeliveryKey(key, RETENTION);
            assertThat(store.complete(delivery, claim(store, delivery))).as(key).isTrue();
        }

        assertThat(commands.dbsize()).isEqualTo(2 * 94);
        for (String key : keys) {
            assertThat(commands.get("hookseal:" + key)).isEqualTo("handled");
        }
    }

    @Test
    void keepsApplicationsWithDifferentPrefixesApart() {
        claim(store, KEY);
        try (RedisDeliveryStore other =
                RedisDeliveryStore.builder(redis.uri()).keyPrefix("orders:").build()) {
            claim(other, KEY);
        }

        assertThat(redis.keys()).containsExactlyInAnyOrder("hookseal:formflow:1", "orders:formflow:1");
    }

    @Test
    void usesTheApplicationsClientAndLeavesItOpen() {
        RedisClient client = RedisClient.create(redis.uri());
        try (RedisDeliveryStore shared = RedisDeliveryStore.of(client)) {
            claim(shared, KEY);
        }

        assertThat(client.connect().sync().get("hookseal:formflow:1")).isNotNull();
        client.shutdown();
    }

    @Test
    void grantsTheSameCallAgain() {
        // as Lettuce sends it again whose connection was lost before the answer
        UUID token = UUID.randomUUID();
        try (RedisLink link = RedisLink.open(
                RedisConnector.at(redis.uri(), Duration.ofSeconds(2)).connections(), Duration.ofSeconds(2))) {
            assertThat(link.run(ScriptCall.claim("hookseal:", KEY, token, LEASE)))
                    .isEqualTo(Script.GRANTED);
            assertThat(link.run(ScriptCall.claim("hookseal:", KEY, token, LEASE)))
                    .isEqualTo(Script.GRANTED);
        }
    }

    @Test
    void failsTheStartWithAWrongPassword() throws Exception {
        try (TestRedis locked = TestRedis.running("--requirepass", "right")) {
            String uri = "redis://:wrong@127.0.0.1:" + locked.port();

            assertThatExceptionOfType(WebhookConfigurationException.class)
                    .isThrownBy(() -> RedisDeliveryStore.of(uri))
                    .withMessageContaining("WRONGPASS")
                    .withMessageContaining("password")
                    .withMessageNotContaining("wrong@");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:6379", "http://localhost", "http://user:secret@localhost"})
    void failsTheStartWithAUriThatCannotBeRead(String uri) {
        assertThatExceptionOfType(WebhookConfigurationException.class)
                .isThrownBy(() -> RedisDeliveryStore.of(uri))
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT4.001S"})
    void rejectsATimeoutThatIsNotPositiveOrExceedsASendersPatience(Duration timeout) {
        assertThatExceptionOfType(WebhookConfigurationException.class)
                .isThrownBy(() -> RedisDeliveryStore.builder(redis.uri()).timeout(timeout));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "é", "\n"})
    void rejectsAPrefixThatIsNotPrintable(String prefix) {
        assertThatExceptionOfType(WebhookConfigurationException.class)
                .isThrownBy(() -> RedisDeliveryStore.builder(redis.uri()).keyPrefix(prefix));
    }

    @Test
    void startsBeforeRedisAndWorksOnceItIsThere() throws Exception {
        try (CapturedLog log = CapturedLog.ofHookseal();
                TestRedis late = TestRedis.stopped();
                RedisDeliveryStore waiting = RedisDeliveryStore.of(late.uri())) {
            long start = System.nanoTime();
            assertThatExceptionOfType(RedisStoreException.class).isThrownBy(() -> waiting.claim(KEY, LEASE));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));

            late.start();

            until(() -> works(waiting));
            assertThat(log.messages(Level.WARN))
                    .filteredOn(message -> message.contains("503"))
                    .hasSize(1);
            assertThat(log.messages(Level.INFO)).contains("Redis answers again");
        }
    }

    @Test
    void looksForAnotherMasterWhenRedisHasBecomeAReplica() throws Exception {
        try (TestRedis master = TestRedis.running();
                RedisDeliveryStore demoted = RedisDeliveryStore.of(master.uri())) {
            claim(demoted, KEY);
            String connection = connections(master);
            master.commands().replicaof("127.0.0.1", redis.port());

            // Redis keeps the connections of its clients, so this one would never lead to the new master.
            until(() -> !works(demoted) && !connections(master).equals(connection));
            master.commands().replicaofNoOne();

            until(() -> works(demoted));
        }
    }

    @Test
    void rejectsAtOnceWhileRedisIsSilentAndGivesTheClaimBack() throws Exception {
        try (TcpProxy proxy = new TcpProxy(redis.port());
                RedisDeliveryStore stalled = behind(proxy)) {
            proxy.stall();
            assertThatExceptionOfType(RedisStoreException.class)
                    .isThrownBy(() -> stalled.claim(KEY, LEASE))
                    .withMessageContaining("did not answer within PT0.5S");
            assertRejectsAtOnce(stalled);

            proxy.work();

            // Redis has executed it: without being given back, it would be in progress until its lease is over
            until(() -> isGranted(stalled, KEY));
        }
    }

    @Test
    void completesOnceRedisAnswersWhatWasHandledWhileItWasSilent() throws Exception {
        try (TcpProxy proxy = new TcpProxy(redis.port());
                RedisDeliveryStore stalled = behind(proxy)) {
            UUID token = claim(stalled, KEY);
            DeliveryKey failed = new DeliveryKey("formflow:failed", RETENTION);
            UUID failedToken = claim(stalled, failed);
            proxy.cut();
            assertThatExceptionOfType(RedisStoreException.class).isThrownBy(() -> stalled.complete(KEY, token));
            assertThatExceptionOfType(RedisStoreException.class).isThrownBy(() -> stalled.release(failed, failedToken));

            proxy.work();

            until(() -> "handled".equals(commands.get("hookseal:formflow:1")));
            until(() -> isGranted(stalled, failed));
        }
    }

    @Test
    void rejectsAtOnceWhileTheConnectionIsCut() throws Exception {
        try (TcpProxy proxy = new TcpProxy(redis.port());
                RedisDeliveryStore cut = behind(proxy)) {
            proxy.cut();
            until(() -> !works(cut));
            assertRejectsAtOnce(cut);

            proxy.work();

            until(() -> works(cut));
        }
    }

    @Test
    void takesAShorterTimeoutOfTheApplicationsClientForSilence() throws Exception {
        try (TcpProxy proxy = new TcpProxy(redis.port())) {
            RedisClient client = RedisClient.create(RedisURI.builder()
                    .withHost("127.0.0.1")
                    .withPort(proxy.port())
                    .withTimeout(Duration.ofMillis(300))
                    .build());
            client.setOptions(ClientOptions.builder()
                    .timeoutOptions(TimeoutOptions.enabled())
                    .build());
            try (RedisDeliveryStore stalled = RedisDeliveryStore.of(client)) {
                until(() -> works(stalled));
                proxy.stall();
                assertThat(works(stalled)).isFalse();
                assertRejectsAtOnce(stalled);

                proxy.work();

                until(() -> works(stalled));
            }
            client.shutdown();
        }
    }

    @Test
    void leavesAConnectionThatTheNetworkHasForgotten() throws Exception {
        try (TcpProxy proxy = new TcpProxy(redis.port());
                RedisDeliveryStore forgotten = behind(proxy)) {
            claim(forgotten, KEY);
            proxy.forgetConnections();
            assertThat(works(forgotten)).isFalse();

            until(() -> works(forgotten));
        }
    }

    private static RedisDeliveryStore behind(TcpProxy proxy) {
        RedisDeliveryStore store = RedisDeliveryStore.builder("redis://127.0.0.1:" + proxy.port())
                .timeout(Duration.ofMillis(500))
                .build();
        until(() -> works(store));
        return store;
    }

    private static void assertRejectsAtOnce(DeliveryStore store) {
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(works(store)).isFalse();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("100 calls").isLessThan(Duration.ofMillis(500));
    }

    private static boolean isGranted(DeliveryStore store, DeliveryKey key) {
        try {
            return store.claim(key, LEASE) instanceof DeliveryClaim.Granted;
        } catch (RedisStoreException e) {
            return false;
        }
    }

    private static String connections(TestRedis redis) {
        return redis.commands()
                .clientList()
                .lines()
                .filter(line -> line.contains("cmd=evalsha"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList()
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "volatile-ttl", "volatile-lru", "allkeys-random"})
    void warnsOfAPolicyThatEvicts(String policy) throws Exception {
        try (CapturedLog log = CapturedLog.ofHookseal();
                TestRedis evicting = TestRedis.running("--maxmemory", "64mb", "--maxmemory-policy", policy);
                RedisDeliveryStore careless = RedisDeliveryStore.of(evicting.uri())) {
            claim(careless, KEY);

            until(() -> log.messages(Level.WARN).stream()
                    .anyMatch(message -> message.contains(policy) && message.contains("noeviction")));
            assertThat(log.messages(Level.WARN)).hasSize(1);
        }
    }

    @Test
    void doesNotWarnWhereNothingIsEvicted() throws Exception {
        try (CapturedLog log = CapturedLog.ofHookseal();
                TestRedis full = TestRedis.running("--maxmemory", "64mb", "--maxmemory-policy", "noeviction");
                RedisDeliveryStore kept = RedisDeliveryStore.of(full.uri());
                RedisDeliveryStore unlimited = RedisDeliveryStore.of(redis.uri())) {
            claim(kept, KEY);
            claim(unlimited, KEY);

            assertThat(log.messages(Level.WARN)).isEmpty();
        }
    }

    @Test
    void needsTheCommandsThatTheDocumentationNames() {
        allow("narrow", CommandType.INFO);
        try (CapturedLog log = CapturedLog.ofHookseal();
                RedisDeliveryStore narrow = RedisDeliveryStore.of("redis://narrow:secret@127.0.0.1:" + redis.port())) {
            commands.scriptFlush();
            assertThat(narrow.complete(KEY, claim(narrow, KEY))).isTrue();
            DeliveryKey other = new DeliveryKey("formflow:2", RETENTION);
            assertThat(narrow.release(other, claim(narrow, other))).isTrue();
            narrow.check();

            assertThat(log.messages(Level.WARN)).isEmpty();
        }
    }

    @Test
    void saysOnceThatThePolicyCannotBeRead() {
        allow("blind");
        try (CapturedLog log = CapturedLog.ofHookseal();
                RedisDeliveryStore blind = RedisDeliveryStore.of("redis://blind:secret@127.0.0.1:" + redis.port())) {
            claim(blind, KEY);

            until(() -> log.messages(Level.WARN).stream().anyMatch(message -> message.contains("could not be read")));
            assertThat(log.messages(Level.WARN)).hasSize(1);
        }
    }

    private static void allow(String user, CommandType... more) {
        AclSetuserArgs rights = AclSetuserArgs.Builder.on()
                .addPassword("secret")
                .keyPattern("hookseal:*")
                .addCommand(CommandType.EVALSHA)
                .addCommand(CommandType.EVAL)
                .addCommand(CommandType.GET)
                .addCommand(CommandType.SET)
                .addCommand(CommandType.DEL)
                .addCommand(CommandType.PING);
        for (CommandType command : more) {
            rights.addCommand(command);
        }
        commands.aclSetuser(user, rights);
    }

    @Test
    void rejectsCallsOnceItIsClosed() {
        String uri = redis.uri();
        RedisDeliveryStore store = RedisDeliveryStore.of(uri);
        UUID token = claim(store, KEY);
        store.close();

        assertThatExceptionOfType(RedisStoreException.class).isThrownBy(() -> store.claim(KEY, LEASE));
        assertThatExceptionOfType(RedisStoreException.class).isThrownBy(() -> store.complete(KEY, token));
    }

    private static boolean works(DeliveryStore store) {
        return isGranted(store, new DeliveryKey("probe:" + UUID.randomUUID(), RETENTION));
    }

    // ends by the time-out of the class
    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static UUID claim(DeliveryStore store, DeliveryKey key) {
        return claim(store, key, LEASE);
    }

    private static UUID claim(DeliveryStore store, DeliveryKey key, Duration lease) {
        DeliveryClaim claim = store.claim(key, lease);
        assertThat(claim).isInstanceOf(DeliveryClaim.Granted.class);
        return ((DeliveryClaim.Granted) claim).token();
    }
}
