package dev.hookseal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** A Redis on a free port of 127.0.0.1, with its own directory. It writes each change to disk before it answers. */
final class TestRedis implements AutoCloseable {
    private static final Path EXECUTABLE = executable();

    private final Path directory;
    private final int port;
    private final List<String> settings;
    private final RedisClient client;
    private Process process;
    private StatefulRedisConnection<String, String> connection;

    private TestRedis(Path directory, int port, List<String> settings) {
        this.directory = directory;
        this.port = port;
        this.settings = settings;
        this.client = RedisClient.create(RedisURI.create(uri()));
    }

    // a build that is interrupted leaves no server behind
    private void killWithThisProcess() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (process != null) {
                process.destroyForcibly();
            }
        }));
    }

    private static Path executable() {
        try {
            return ExecutableProvider.newJarResourceProvider().get().toPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one. */
    static TestRedis running(String... settings) throws IOException {
        TestRedis redis = stopped(settings);
        redis.start();
        return redis;
    }

    /** Returns one that is not started. */
    static TestRedis stopped(String... settings) throws IOException {
        TestRedis redis = new TestRedis(Files.createTempDirectory("hookseal-redis"), freePort(), List.of(settings));
        redis.killWithThisProcess();
        return redis;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts it, again if it was killed, with what is on its disk. */
    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(EXECUTABLE.toString()));
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
        command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
        command.addAll(settings);
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader();
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.contains("Ready to accept connections")) {
                Thread reader = new Thread(() -> output.lines().forEach(ignored -> {}), "redis-output");
                reader.setDaemon(true);
                reader.start();
                return;
            }
        }
        throw new IOException("Redis did not start: " + String.join("\n", lines));
    }

    /** Returns all keys. Not by {@code keys}, whose parameter has another type in Lettuce 7. */
    List<String> keys() {
        return commands().eval("return redis.call('KEYS', '*')", ScriptOutputType.MULTI);
    }

    /** Does to all keys what time would do. */
    void moveTime(Duration by) {
        for (String key : keys()) {
            commands().pexpire(key, commands().pttl(key) - by.toMillis());
        }
    }

    /** Kills it with SIGKILL. */
    void kill() {
        assertThat(process.destroyForcibly().onExit()).succeedsWithin(10, TimeUnit.SECONDS);
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Returns commands on a connection that is not the store's. */
    RedisCommands<String, String> commands() {
        if (connection == null) {
            connection = client.connect();
        }
        return connection.sync();
    }

    @Override
    public void close() throws IOException {
        client.shutdown();
        if (process != null) {
            kill();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
