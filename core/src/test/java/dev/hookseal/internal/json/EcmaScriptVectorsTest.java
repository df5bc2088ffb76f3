package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Node.js made of JSON texts, byte for byte. */
class EcmaScriptVectorsTest {

    @Test
    void writesNumbersAsNodeDoes() {
        assertEqual(VectorFile.ofText("numbers.tsv"), 20_000);
    }

    @Test
    void writesStringsAsNodeDoes() {
        assertEqual(VectorFile.ofBase64("strings.b64.tsv"), 5_000);
    }

    @Test
    void ordersMembersAsNodeDoes() {
        assertEqual(VectorFile.ofBase64("members.b64.tsv"), 3_000);
    }

    @Test
    void writesDocumentsAsNodeDoes() {
        assertEqual(VectorFile.ofBase64("documents.b64.tsv"), 2_000);
    }

    @Test
    void rejectsWhatNodeRejects() {
        VectorFile file = VectorFile.ofBase64("invalid.b64.tsv");
        assertThat(file.cases()).hasSizeGreaterThan(900);
        List<String> taken = new ArrayList<>();
        for (VectorFile.Case one : file.cases()) {
            try {
                EcmaScriptJson.stringify(one.json().getBytes(ISO_8859_1));
                taken.add("line " + one.line() + ": " + shown(one.json()));
            } catch (JsonFormatException expected) {
                assertThat(expected).hasMessageContaining(" at byte ");
            }
        }
        assertThat(taken).isEmpty();
    }

    private static void assertEqual(VectorFile file, int atLeast) {
        assertThat(file.cases()).hasSizeGreaterThanOrEqualTo(atLeast);
        List<String> different = new ArrayList<>();
        for (VectorFile.Case one : file.cases()) {
            String written = written(one.json());
            if (!written.equals(one.expected())) {
                different.add("line " + one.line() + ": " + shown(one.json()) + " became " + written);
            }
        }
        assertThat(different).as(file.name()).isEmpty();
    }

    private static String written(String json) {
        try {
            return new String(EcmaScriptJson.stringify(json.getBytes(ISO_8859_1)), ISO_8859_1);
        } catch (JsonFormatException e) {
            return "a rejection: " + e.getMessage();
        }
    }

    private static String shown(String json) {
        return json.substring(0, Math.min(json.length(), 120));
    }
}
