package dev.hookseal.build;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles a file with planted mistakes just as the build compiles main code, which must reject it. */
class ErrorProneTest {
    private static final Path PLANTED = Path.of("src", "planted", "PlantedViolations.java");

    @TempDir
    private Path output;

    @Test
    void rejectsANullViolationAndABugPattern() throws Exception {
        assumeTrue(
                Runtime.version().feature() >= 21,
                "Error Prone needs JDK 21 or newer: null checks and bug patterns are not checked in this build");

        Compilation compilation =
                compile(Path.of(System.getProperty("java.home"), "bin", "javac").toString());

        assertThat(compilation.exitCode()).as(compilation.output()).isNotZero();
        assertThat(compilation.output())
                .contains("PlantedViolations.java:12: error: [NullAway]")
                .contains("PlantedViolations.java:16: error: [ArrayEquals]");
    }

    private Compilation compile(String javac) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(javac, "--release", "17", "-Werror"));
        command.add("-Xlint:" + property("lint"));
        command.addAll(List.of("-XDcompilePolicy=simple", "--should-stop=ifError=FLOW"));
        command.add("-XDaddTypeAnnotationsToSymbol=true");
        Stream.of("api", "file", "main", "model", "parser", "processing", "tree", "util")
                .map(part -> "-J--add-exports=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED")
                .forEach(command::add);
        Stream.of("code", "comp")
                .map(part -> "-J--add-opens=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED")
                .forEach(command::add);
        command.addAll(List.of("-processorpath", System.getProperty("java.class.path")));
        command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        command.addAll(List.of("-d", output.toString()));
        command.add(property("error-prone.flags"));
        command.add(PLANTED.toString());

        Path log = output.resolve("javac.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exitCode = process.waitFor();
        return new Compilation(exitCode, read(log));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log, Charset.defaultCharset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String property(String name) {
        return requireNonNull(System.getProperty(name), () -> name + " is not set: run this test with Maven");
    }

    private record Compilation(int exitCode, String output) {}
}
