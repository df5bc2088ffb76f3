package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.hookseal.JsonData;
import dev.hookseal.fixture.FullBuild;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever can be verified can be read, and means what it means to JavaScript; Node.js made the expected values. */
class ReadableDataTest {
    private static final long SEED = 20_261_125;
    private static final Pattern ARRAY_INDEX = Pattern.compile("0|[1-9][0-9]{0,9}");

    @Test
    void readsNumbersAsNodeDoes() {
        assertReadAsNodeDoes(VectorFile.ofText("numbers.tsv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"strings.b64.tsv", "members.b64.tsv", "documents.b64.tsv"})
    void readsTextsAsNodeDoes(String name) {
        assertReadAsNodeDoes(VectorFile.ofBase64(name));
    }

    private static void assertReadAsNodeDoes(VectorFile file) {
        List<String> different = new ArrayList<>();
        for (VectorFile.Case one : file.cases()) {
            JsonData data = JsonData.of(new String(one.json().getBytes(ISO_8859_1), UTF_8));
            String expected = new String(one.expected().getBytes(ISO_8859_1), UTF_8);
            if (!asJavaScriptWrites(data.asObject()).equals(expected)) {
                different.add("line " + one.line());
            }
        }
        assertThat(file.cases()).hasSizeGreaterThan(1_000);
        assertThat(different).as(file.name()).isEmpty();
    }

    @Test
    void readsSloppyDocumentsInEveryForm() throws Exception {
        SloppyWriter writer = new SloppyWriter(SEED);
        for (int i = 0; i < FullBuild.cases(20_000); i++) {
            byte[] document = writer.document();
            String signed = new String(EcmaScriptJson.stringify(document), UTF_8);
            JsonData data = JsonData.ofValidUtf8(document, 0, document.length);

            assertThat(asJavaScriptWrites(data.asObject())).isEqualTo(signed);
            if (!signed.equals("null")) {
                assertThat(asJavaScriptWrites(data.as(Holder.class).value())).isEqualTo(signed);
            }
        }
    }

    @Test
    void readsDamagedDocumentsInEveryFormWhereTheyCanBeVerified() {
        SloppyWriter writer = new SloppyWriter(SEED + 1);
        int read = 0;
        for (int i = 0; i < FullBuild.cases(20_000); i++) {
            byte[] document = writer.damaged(writer.document());
            String signed;
            try {
                signed = new String(EcmaScriptJson.stringify(document), UTF_8);
            } catch (JsonFormatException e) {
                continue;
            }
            assertThat(asJavaScriptWrites(
                            JsonData.of(new String(document, UTF_8)).asObject()))
                    .isEqualTo(signed);
            read++;
        }
        assertThat(read).isGreaterThan(FullBuild.cases(2_000));
    }

    /** Bound through a creator, as an application's own class is. */
    record Holder(@Nullable Object value) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Holder {}
    }

    private static String asJavaScriptWrites(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> members) {
            char separator = '{';
            for (Map.Entry<Object, @Nullable Object> member : ordered(members).entrySet()) {
                out.append(separator).append(EcmaScriptString.quoted((String) member.getKey()));
                out.append(':');
                write(member.getValue(), out);
                separator = ',';
            }
            out.append(separator == '{' ? "{}" : "}");
        } else if (value instanceof List<?> elements) {
            char separator = '[';
            for (Object element : elements) {
                out.append(separator);
                write(element, out);
                separator = ',';
            }
            out.append(separator == '[' ? "[]" : "]");
        } else if (value instanceof Number number) {
            double real = number.doubleValue();
            out.append(Double.isInfinite(real) ? "null" : EcmaScriptNumber.write(real));
        } else {
            out.append(value instanceof String text ? EcmaScriptString.quoted(text) : String.valueOf(value));
        }
    }

    private static Map<Object, @Nullable Object> ordered(Map<?, ?> members) {
        Map<Long, @Nullable Object> indices = new TreeMap<>();
        Map<Object, @Nullable Object> others = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            String text = (String) name;
            if (ARRAY_INDEX.matcher(text).matches() && Long.parseLong(text) < 0xFFFF_FFFFL) {
                indices.put(Long.valueOf(text), value);
            } else {
                others.put(name, value);
            }
        });
        Map<Object, @Nullable Object> all = new LinkedHashMap<>();
        indices.forEach((index, value) -> all.put(index.toString(), value));
        all.putAll(others);
        return all;
    }
}
