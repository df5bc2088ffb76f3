package dev.hookseal.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/** {@code hookseal listen} in this process, at a free port, with what it prints. */
final class Listening implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final BufferedReader out;
    private final CompletableFuture<Integer> exitCode;
    private final String url;

    private Listening(String... options) throws IOException {
        PipedWriter writer = new PipedWriter();
        out = new BufferedReader(new PipedReader(writer, 64 * 1024));
        List<String> args = new ArrayList<>(List.of("listen", "--port", "0"));
        args.addAll(Arrays.asList(options));
        exitCode = CompletableFuture.supplyAsync(
                () -> {
                    try (PrintWriter print = new PrintWriter(writer, true)) {
                        return Hookseal.commandLine()
                                .setOut(print)
                                .setColorScheme(new ColorScheme.Builder(Ansi.OFF).build())
                                .execute(args.toArray(String[]::new));
                    }
                },
                thread);
        url = line().replaceFirst("Listening at (\\S+?),? .*", "$1");
    }

    static Listening with(String... options) throws IOException {
        return new Listening(options);
    }

    String url() {
        return url + "/any/path";
    }

    String line() throws IOException {
        return String.valueOf(out.readLine());
    }

    int exitCode() throws Exception {
        return exitCode.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        // ends what waits for further deliveries
        thread.shutdownNow();
    }
}
