package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code JSON.stringify(JSON.parse(text))} by Node.js itself, through core/src/test/node/stringify-server.mjs. */
final class NodeStringify {
    private static final int OLDEST = 18;
    private static final int REJECTED = -1;

    private NodeStringify() {}

    /** Why it cannot be asked; null if it can. */
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

    /** The answers in order: what it wrote, or null where it rejected. */
    static List<byte @Nullable []> answers(List<byte[]> questions) throws IOException, InterruptedException {
        Process server = new ProcessBuilder(
                        "node",
                        Path.of("src", "test", "node", "stringify-server.mjs").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            // it stops reading while its answers wait
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> ask(server, questions));
            List<byte @Nullable []> answers = new ArrayList<>(questions.size());
            DataInputStream in = new DataInputStream(server.getInputStream());
            for (int i = 0; i < questions.size(); i++) {
                int length = in.readInt();
                answers.add(length == REJECTED ? null : in.readNBytes(length));
            }
            asking.join();
            if (!server.waitFor(1, TimeUnit.MINUTES) || server.exitValue() != 0) {
                throw new IOException("stringify-server.mjs did not end well");
            }
            return answers;
        } finally {
            server.destroy();
        }
    }

    private static void ask(Process server, List<byte[]> questions) {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(server.getOutputStream(), 1 << 16))) {
            for (byte[] question : questions) {
                out.writeInt(question.length);
                out.write(question);
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
