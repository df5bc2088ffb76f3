package dev.hookseal.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An application in its own process, listening on a free port of 127.0.0.1, which it takes from {@code PORT}. */
final class ServerProcess implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final Process process;
    private final InetSocketAddress address;
    private final Path log;

    private ServerProcess(Process process, InetSocketAddress address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
    }

    /**
     * Starts {@code java} and waits until the application accepts connections.
     *
     * @param javaHome the JDK to run on
     * @param arguments what follows {@code java}
     * @param log the file for its output
     * @throws IOException if it does not accept a connection within 90 seconds
     */
    static ServerProcess start(Path javaHome, List<String> arguments, Map<String, String> environment, Path log)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.environment().put("PORT", Integer.toString(port));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        ServerProcess server = new ServerProcess(builder.start(), address, log);
        try {
            server.awaitConnection();
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitConnection() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!accepts()) {
            if (!isAlive() || System.nanoTime() - start > LONGEST_START.toNanos()) {
                throw new IOException("The application did not start:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns whether its output mentions an OutOfMemoryError, of the heap or of Netty's direct memory. */
    boolean ranOutOfMemory() throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.anyMatch(line -> line.contains("OutOfMemoryError") || line.contains("OutOfDirectMemoryError"));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
