package dev.hookseal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Signs and judges deliveries with Node's crypto: one process, src/test/node/body-signature-judge.mjs. */
final class NodeCrypto implements AutoCloseable {
    private static final int OLDEST = 18;

    private final Process node;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private NodeCrypto(Process node) {
        this.node = node;
        this.questions = new BufferedWriter(new OutputStreamWriter(node.getOutputStream(), UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(node.getInputStream(), UTF_8));
    }

    /** Why it cannot be started; null if it can. */
    static @Nullable String absence() throws InterruptedException {
        String version;
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            node.getOutputStream().close();
            version = new String(node.getInputStream().readAllBytes(), UTF_8).strip();
            node.waitFor();
        } catch (IOException e) {
            return "There is no node on the PATH";
        }
        if (!version.matches("v\\d+\\..*") || Integer.parseInt(version.substring(1, version.indexOf('.'))) < OLDEST) {
            return "The node on the PATH is " + version + ", older than " + OLDEST;
        }
        return null;
    }

    static NodeCrypto start() throws IOException {
        return new NodeCrypto(new ProcessBuilder(
                        "node",
                        Path.of("src", "test", "node", "body-signature-judge.mjs")
                                .toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** A question to it. */
    static String question(String what, String provider, String secret, byte[] body, String header) {
        return String.join(
                "\t", what, provider, base64(secret.getBytes(UTF_8)), base64(body), base64(header.getBytes(UTF_8)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The answers in order. */
    List<String> answers(List<String> asked) throws IOException {
        // it stops reading while its answers wait
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> ask(asked));
        List<String> all = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("body-signature-judge.mjs ended after " + i + " of " + asked.size() + " answers");
            }
            all.add(answer);
        }
        asking.join();
        return all;
    }

    private void ask(List<String> asked) {
        try {
            for (String question : asked) {
                questions.write(question);
                questions.newLine();
            }
            questions.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        questions.close();
        node.destroy();
    }
}
