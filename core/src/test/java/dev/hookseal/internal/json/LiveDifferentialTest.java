package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same random documents through Node.js and through {@link EcmaScriptJson}, equal byte for byte. */
@Tag("full")
class LiveDifferentialTest {
    private static final long SEED = 20_261_121;

    @BeforeAll
    static void findNode() throws InterruptedException {
        String absence = NodeStringify.absence();
        assumeTrue(
                absence == null,
                () -> absence + ": the comparison of random documents with Node.js was left out. The vectors that"
                        + " Node.js made were checked all the same (EcmaScriptVectorsTest).");
    }

    @Test
    void writesSloppyDocumentsAsNodeDoes() throws Exception {
        SloppyWriter writer = new SloppyWriter(SEED);
        List<byte[]> documents = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            documents.add(writer.document());
        }

        assertThat(accepted(documents)).isEqualTo(documents.size());
    }

    @Test
    void acceptsAndRejectsDamagedDocumentsAsNodeDoes() throws Exception {
        SloppyWriter writer = new SloppyWriter(SEED + 1);
        List<byte[]> documents = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            documents.add(writer.damaged(writer.document()));
        }

        // neither all of one kind, so that both decisions are compared
        assertThat(accepted(documents)).isBetween(documents.size() / 10, documents.size() * 9 / 10);
    }

    @Test
    void writesRandomNumbersAsNodeDoes() throws Exception {
        SloppyWriter writer = new SloppyWriter(SEED + 2);
        List<byte[]> documents = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            documents.add(writer.numbers(40));
        }

        assertThat(accepted(documents)).isEqualTo(documents.size());
    }

    private static int accepted(List<byte[]> documents) throws Exception {
        List<byte @Nullable []> answers = NodeStringify.answers(documents);
        assertThat(answers).hasSameSizeAs(documents);
        List<String> different = new ArrayList<>();
        int accepted = 0;
        for (int i = 0; i < documents.size(); i++) {
            byte[] expected = answers.get(i);
            byte[] written = written(documents.get(i));
            if (!Arrays.equals(written, expected)) {
                different.add(text(documents.get(i)) + "\n  Node: " + text(expected) + "\n  here: " + text(written));
            }
            accepted += written == null ? 0 : 1;
        }
        assertThat(different).isEmpty();
        return accepted;
    }

    private static byte @Nullable [] written(byte[] document) {
        try {
            return EcmaScriptJson.stringify(document);
        } catch (JsonFormatException e) {
            return null;
        }
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "rejected" : new String(bytes, UTF_8);
    }
}
