package dev.hookseal.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns if Redis may delete what the store has to remember. Asks on each new connection, and says the same once. */
final class EvictionCheck {
    private static final Logger LOG = LoggerFactory.getLogger(RedisDeliveryStore.class);
    private static final Pattern POLICY = Pattern.compile("(?m)^maxmemory_policy:(\\S+)");
    private static final Pattern LIMIT = Pattern.compile("(?m)^maxmemory:(\\d+)");

    private @Nullable String said;

    /** Asks Redis, without waiting for the answer. INFO, since services for which one pays often forbid CONFIG. */
    void on(StatefulRedisConnection<String, String> connection) {
        connection.async().info("memory").whenComplete((memory, e) -> say(e == null ? findings(memory) : unknown(e)));
    }

    private static String unknown(Throwable e) {
        return "Whether Redis evicts keys could not be read (" + e.getMessage() + "): make sure that its"
                + " maxmemory-policy is noeviction, or deliveries can be handled again";
    }

    /** Returns what to warn of; null if Redis keeps all keys until they expire. */
    static @Nullable String findings(String memory) {
        Matcher policy = POLICY.matcher(memory);
        Matcher limit = LIMIT.matcher(memory);
        if (!policy.find() || !limit.find()) {
            return unknown(new IllegalStateException("INFO memory does not tell"));
        }
        if (policy.group(1).equals("noeviction") || limit.group(1).equals("0")) {
            return null;
        }
        return "Redis evicts keys once it holds maxmemory (" + limit.group(1) + " bytes): maxmemory-policy is "
                + policy.group(1) + ", and a delivery whose key is evicted can be handled again. Set it to noeviction";
    }

    private synchronized void say(@Nullable String finding) {
        if (finding != null && !finding.equals(said)) {
            LOG.warn(finding);
        }
        said = finding;
    }
}
