package dev.hookseal.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JavaSnippetTest {
    private static final JavaSource SOURCE =
            JavaSource.of("""
            package dev.hookseal.orders;

            import static java.util.Objects.requireNonNull;

            import java.net.URI;
            import java.util.List;
            import org.jspecify.annotations.Nullable;

            class Orders {
                private final List<URI> uris = list();

                @Nullable
                String first(String name) {
                    // List, of some kind
                    String first = requireNonNull(name) + Event.NAME + "Map(" + helper(name);
                    return first;
                }

                private static List<URI> list() {
                    return List.of();
                }
            }
            """, Set.of("dev.hookseal.orders.Event", "dev.hookseal.other.Event"));

    private static List<String> problems(String block) {
        JavaSnippet snippet = JavaSnippet.of(block);
        assertThat(snippet.isIn(SOURCE)).isTrue();
        return snippet.problems(SOURCE);
    }

    @Test
    void isInTheSourceWhateverItsIndentation() {
        assertThat(JavaSnippet.of("import java.util.List;\n\n    return List.of();\n    }\n")
                        .isIn(SOURCE))
                .isTrue();
        assertThat(JavaSnippet.of("return List.of(1);").isIn(SOURCE)).isFalse();
    }

    @Test
    void isCompleteWithItsImportsAndItsMethods() {
        assertThat(problems("""
                        import java.net.URI;
                        import java.util.List;

                        private static List<URI> list() {
                            return List.of();
                        }
                        """)).isEmpty();
    }

    @Test
    void needsTheImportsOfTypesEvenIfTheirNamesAreAllCapitals() {
        assertThat(problems("private static List<URI> list() {"))
                .containsExactlyInAnyOrder("import java.net.URI; is missing", "import java.util.List; is missing");
    }

    @Test
    void needsTheImportsOfAnnotations() {
        assertThat(problems("@Nullable\nString first(String name) {"))
                .containsExactly("import org.jspecify.annotations.Nullable; is missing");
    }

    @Test
    void needsTheImportsOfStaticMethodsAndOfNeighboursAndNoUndefinedHelper() {
        String line = "String first = requireNonNull(name) + Event.NAME + \"Map(\" + helper(name);";

        assertThat(problems(line))
                .containsExactly(
                        "import static java.util.Objects.requireNonNull; is missing",
                        "Event is neither imported nor declared",
                        "helper(...) is neither imported nor declared");
        assertThat(problems("import static java.util.Objects.requireNonNull;\n\n"
                        + "import dev.hookseal.orders.Event;\n\n" + line))
                .containsExactly("helper(...) is neither imported nor declared");
    }

    @Test
    void hasNoImportThatItsSourceHasNotOrThatItDoesNotUse() {
        assertThat(problems("import java.util.List;\nimport dev.hookseal.other.Event;\n\nreturn first;"))
                .containsExactly(
                        "import dev.hookseal.other.Event; is not an import of the source",
                        "import java.util.List; is not used",
                        "import dev.hookseal.other.Event; is not used");
    }

    @Test
    void needsNothingForWhatCommentsAndTextsSay() {
        assertThat(problems("// List, of some kind")).isEmpty();
    }
}
