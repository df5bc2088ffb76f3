package dev.hookseal.redis;

import dev.hookseal.store.DeliveryKey;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import java.time.Duration;
import java.util.UUID;

/** One call of a script. */
final class ScriptCall {
    // SET rejects a time whose sum with the clock is not a long; more than this makes no difference.
    private static final Duration LONGEST = Duration.ofDays(100 * 365);

    private final Script script;
    private final String[] keys;
    private final String[] arguments;

    private ScriptCall(Script script, String key, String... arguments) {
        this.script = script;
        this.keys = new String[] {key};
        this.arguments = arguments;
    }

    static ScriptCall claim(String prefix, DeliveryKey key, UUID token, Duration lease) {
        return new ScriptCall(Script.CLAIM, prefix + key.value(), token.toString(), millis(lease));
    }

    static ScriptCall complete(String prefix, DeliveryKey key, UUID token) {
        return new ScriptCall(Script.COMPLETE, prefix + key.value(), token.toString(), millis(key.retention()));
    }

    static ScriptCall release(String prefix, DeliveryKey key, UUID token) {
        return new ScriptCall(Script.RELEASE, prefix + key.value(), token.toString());
    }

    // PX 0 is an error.
    private static String millis(Duration duration) {
        return Long.toString(duration.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : Math.max(1, duration.toMillis()));
    }

    /** Sends the script's name: {@code NOSCRIPT} if Redis was restarted or its scripts were flushed. */
    RedisFuture<Long> sendName(RedisScriptingAsyncCommands<String, String> commands) {
        return commands.evalsha(script.sha1(), ScriptOutputType.INTEGER, keys, arguments);
    }

    /** Sends the script itself, which Redis then knows by its name. */
    RedisFuture<Long> sendText(RedisScriptingAsyncCommands<String, String> commands) {
        return commands.eval(script.text(), ScriptOutputType.INTEGER, keys, arguments);
    }
}
