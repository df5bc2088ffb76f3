package dev.hookseal.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A framework's application in its own process, and what its four endpoints answered in each round. */
final class Comparison implements AutoCloseable {
    private final Framework framework;
    private final ServerProcess server;
    private final Rates verified = new Rates();
    private final Rates verifiedAndBound = new Rates();
    private final Rates bytes = new Rates();
    private final Rates typed = new Rates();

    private Comparison(Framework framework, ServerProcess server) {
        this.framework = framework;
        this.server = server;
    }

    /** Starts the application, whose log goes into the folder. */
    static Comparison start(Framework framework, Path folder) throws IOException, InterruptedException {
        List<String> arguments =
                List.of("-Xms512m", "-Xmx512m", "-cp", System.getProperty("java.class.path"), framework.mainClass());
        ServerProcess server = ServerProcess.start(
                Path.of(System.getProperty("java.home")),
                arguments,
                Map.of("EXTRACTA_SECRET", Request.EXTRACTA_SECRET),
                folder.resolve(framework.name().toLowerCase(Locale.ROOT) + ".log"));
        return new Comparison(framework, server);
    }

    /** Sends to each endpoint for these seconds without counting: the JVM compiles what it will run. */
    void warmUp(Generator generator, int seconds) throws IOException, InterruptedException {
        for (String path : List.of("/verified", "/bytes", "/verified-and-bound", "/typed")) {
            rate(generator, path, seconds);
        }
    }

    /** Measures each endpoint for these seconds, those that are compared one after the other. */
    void addRound(Generator generator, int seconds) throws IOException, InterruptedException {
        verified.add(rate(generator, "/verified", seconds));
        bytes.add(rate(generator, "/bytes", seconds));
        verifiedAndBound.add(rate(generator, "/verified-and-bound", seconds));
        typed.add(rate(generator, "/typed", seconds));
    }

    private double rate(Generator generator, String path, int seconds) throws IOException, InterruptedException {
        return generator.requestsPerSecond(server.address(), Request.extracta(path), seconds);
    }

    static String head() {
        return """
                | framework | verified | `byte[]` | verified / `byte[]` | verified and bound | typed | verified and bound / typed |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                """;
    }

    String row() {
        return "| %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        framework.title(),
                        verified,
                        bytes,
                        verified.beside(bytes),
                        verifiedAndBound,
                        typed,
                        verifiedAndBound.beside(typed));
    }

    @Override
    public void close() {
        server.close();
    }
}
