package dev.hookseal.benchmarks.load;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Sends one request again and again on {@link #CONNECTIONS} connections that stay open. */
interface Generator {
    /** How many requests are under way at once. */
    int CONNECTIONS = 32;

    /** What it is called in the table. */
    String name();

    /**
     * Returns how many requests were answered in a second.
     *
     * @throws IOException if an answer is not 2xx, or if a connection fails
     */
    double requestsPerSecond(InetSocketAddress address, Request request, int seconds)
            throws IOException, InterruptedException;

    /** Returns {@code wrk} if it is on the path, or else one that needs the JDK alone. */
    static Generator find() {
        Optional<Path> wrk = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "wrk"))
                .filter(Files::isExecutable)
                .findFirst();
        return wrk.<Generator>map(Wrk::new).orElseGet(SelectorGenerator::new);
    }
}
