package dev.hookseal.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A {@link Node} in a separate process. */
final class NodeProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final int port;

    private NodeProcess(Process process, BufferedReader output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    static NodeProcess start(String url, Duration ahead) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Node.class.getName(),
                        url,
                        ahead.toString()))
                .redirectError(ProcessBuilder.Redirect.appendTo(new File("target/nodes.log")))
                .start();
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String port = output.readLine();
        if (port == null) {
            throw new IOException("The node did not start: see target/nodes.log");
        }
        return new NodeProcess(process, output, Integer.parseInt(port));
    }

    int port() {
        return port;
    }

    void awaitHandling() throws IOException {
        if (!"handling".equals(output.readLine())) {
            throw new IOException("The node has ended: see target/nodes.log");
        }
    }

    /** Ends it as SIGKILL does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
