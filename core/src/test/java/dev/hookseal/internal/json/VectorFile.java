package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The cases of a file in {@code ecmascript/}, whose expected values Node.js made; see core/src/test/node/README.md. */
record VectorFile(String name, List<Case> cases) {

    /** Both texts are bytes, shown as Latin-1: no two texts of different bytes look the same. */
    record Case(int line, String json, String expected) {}

    static VectorFile ofBase64(String name) {
        return read(name, column -> new String(Base64.getDecoder().decode(column), ISO_8859_1));
    }

    static VectorFile ofText(String name) {
        return read(name, column -> column);
    }

    private static VectorFile read(String name, UnaryOperator<String> decoder) {
        List<Case> cases = new ArrayList<>();
        int line = 0;
        for (String row : content(name).split("\n", -1)) {
            line++;
            int tab = row.indexOf('\t');
            if (!row.startsWith("#") && tab >= 0) {
                cases.add(new Case(line, decoder.apply(row.substring(0, tab)), decoder.apply(row.substring(tab + 1))));
            }
        }
        return new VectorFile(name, cases);
    }

    private static String content(String name) {
        try (InputStream in = VectorFile.class.getResourceAsStream("/ecmascript/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
