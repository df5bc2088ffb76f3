package dev.hookseal.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How another process opens a shared store: it has the class path of the test, makes an object of a class by the
 * constructor without arguments, and hands it the location.
 *
 * @param opener the class that opens the store there
 * @param location where the store is, such as a URL
 * @since 0.1.0
 */
public record StoreProcess(Class<? extends Opener> opener, String location) {
    private static final int THREADS = 16;

    /** Opens a store in another process. Its class is public, with a public constructor without arguments. */
    public interface Opener {
        /**
         * Opens the store.
         *
         * @param location of the {@link StoreProcess}
         * @throws Exception if it cannot be opened, which ends the process
         */
        DeliveryStore open(String location) throws Exception;
    }

    /** A process that claims what it is told to. */
    static final class Running implements AutoCloseable {
        private final Process process;
        private final Writer commands;
        private final BufferedReader answers;

        private Running(Process process) {
            this.process = process;
            this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
            this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        }

        /** Begins to claim a key, in several threads at once. */
        void claim(String key, Duration lease) throws IOException {
            commands.write(key + " " + lease.toMillis() + "\n");
            commands.flush();
        }

        /** Returns how many of these claims were granted. */
        int granted() throws IOException {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("The process has ended: see its error output");
            }
            return Integer.parseInt(answer);
        }

        @Override
        public void close() throws IOException {
            commands.close();
            process.destroyForcibly();
        }
    }

    Running start() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(List.of(
                        java.toString(),
                        // it starts faster without the optimizing compiler
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        opener.getName(),
                        location))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Running(process);
    }

    /**
     * Claims the keys that it reads, and prints for each how often it was granted. The suite starts it.
     *
     * @throws Exception if the store cannot be opened, or a claim fails
     */
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        // what the store or its driver prints must not be taken for an answer
        System.setOut(System.err);
        DeliveryStore store = open(args[0], args[1]);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", 2);
            DeliveryKey key = new DeliveryKey(words[0], DeliveryStoreContract.RETENTION);
            Duration lease = Duration.ofMillis(Long.parseLong(words[1]));
            List<DeliveryClaim> claims = DeliveryStoreContract.atOnce(THREADS, () -> store.claim(key, lease));
            answers.println(DeliveryStoreContract.countOf(DeliveryClaim.Granted.class, claims));
            answers.flush();
        }
        if (store instanceof AutoCloseable closeable) {
            closeable.close();
        }
        System.exit(0);
    }

    private static DeliveryStore open(String opener, String location) throws Exception {
        try {
            return Class.forName(opener)
                    .asSubclass(Opener.class)
                    .getConstructor()
                    .newInstance()
                    .open(location);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(opener + " cannot be made", e.getCause());
        }
    }
}
