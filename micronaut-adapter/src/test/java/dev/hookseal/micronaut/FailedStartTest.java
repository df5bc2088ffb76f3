package dev.hookseal.micronaut;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.exceptions.ApplicationStartupException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an application prints that does not start: what is wrong and what to do, and no stack trace. One test starts a
 * process; in a JVM of tests Micronaut throws what it would log before it ends the process.
 */
class FailedStartTest {
    private static final String SECRET = "whsec-of-nobody";
    private static final String[] ARGUMENTS = {"-spec=failed-start", "-micronaut.server.port=-1"};

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-other=1 | Hooks.received is annotated with @WebhookEndpoint(\"formflow\"), and no such endpoint is"
                        + " configured: set hookseal.endpoints.formflow.secrets.<event>",
                "-hookseal.endpoints.formflow.secret= | hookseal.endpoints.formflow.secret is empty: set it to the signing"
                        + " secret of formflow",
                "-hookseal.endpoints.formflow.secrets=whsec-of-nobody | hookseal.endpoints.formflow.secrets is a list, or"
                        + " has a secret for each event, and not one value: set hookseal.endpoints.formflow.secret for",
                "-hookseal.endpoints.formflow.secret.extracted=whsec-of-nobody |"
                        + " hookseal.endpoints.formflow.secret.extracted is not a property of Hookseal",
                "-hookseal.endpoints.formflow.secret=${NOT_THERE} | hookseal.endpoints.formflow.secret is a placeholder"
                        + " that nothing resolves: define ${NOT_THERE}",
                "-hookseal.endpoints.formflow.secret=whsec-of-nobody${NOT_THERE} | hookseal.endpoints.formflow.secret has"
                        + " a placeholder that nothing resolves: define what it names",
                "-hookseal.endpoints.formflow.secret=whsec-of-nobody${ | hookseal.endpoints.formflow.secret has a"
                        + " placeholder that nothing resolves: define what it names",
            })
    void printsWhatIsWrongAndWhatToDo(String argument, String message) {
        String output = outputOfAStart(argument);

        assertThat(output).contains("Error starting Micronaut server: " + message);
        assertPrintsNoMore(output);
    }

    @Test
    void namesTheEnvironmentVariableWhosePlaceholderNothingResolves() throws Exception {
        String output = outputOfAProcess("HOOKSEAL_ENDPOINTS_FORMFLOW_SECRET", "${NOT_THERE}");

        assertThat(output)
                .contains("Error starting Micronaut server: HOOKSEAL_ENDPOINTS_FORMFLOW_SECRET is a placeholder that"
                        + " nothing resolves: define ${NOT_THERE}");
        assertPrintsNoMore(output);
    }

    @Test
    void namesThePropertyOfADirectoryThatCannotBeWritten() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        String output = outputOfAStart(
                "-hookseal.endpoints.formflow.secret=" + SECRET, "-hookseal.rejected.keep=" + file.resolve("kept"));

        assertThat(output)
                .contains("Error starting Micronaut server: hookseal.rejected.keep is " + file.resolve("kept")
                        + ", which cannot be made or written to");
        assertPrintsNoMore(output);
    }

    private static void assertPrintsNoMore(String output) {
        assertThat(output.lines().filter(line -> line.startsWith("\tat "))).isEmpty();
        assertThat(output)
                .doesNotContain("Path Taken", "Caused by", SECRET)
                .containsOnlyOnce("dev.hookseal.WebhookConfigurationException");
    }

    private static String outputOfAStart(String... arguments) {
        String[] all = Stream.concat(Stream.of(ARGUMENTS), Stream.of(arguments)).toArray(String[]::new);
        ApplicationStartupException failure =
                catchThrowableOfType(ApplicationStartupException.class, () -> Main.main(all));
        StringWriter output = new StringWriter();
        output.write(failure.getMessage() + "\n");
        failure.getCause().printStackTrace(new PrintWriter(output));
        return output.toString();
    }

    private String outputOfAProcess(String environmentVariable, String value) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // it starts faster without the optimizing compiler
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=failed-start-logback.xml",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(ARGUMENTS));
        Path output = directory.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put(environmentVariable, value);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(1, MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(1);
        return Files.readString(output, UTF_8);
    }

    static final class Main {
        public static void main(String[] args) {
            Micronaut.build(args).banner(false).start();
        }
    }

    @Requires(property = "spec", value = "failed-start")
    @Controller
    static class Hooks {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void received(FormFlowEvent event) {}
    }
}
