package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** What an application prints that does not start for a mistake in its configuration. */
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTest {
    private static final String SECRET = "s3cr3t";

    @TempDir
    private Path folder;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        public static void main(String[] arguments) {
            SpringApplication.run(Application.class, arguments);
        }
    }

    @AfterAll
    static void logAsTheOtherTestsDo() throws JoranException {
        LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
        logging.reset();
        new ContextInitializer(logging).autoConfig();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            secret.extracted: s3cr3t | formflow.secret.extracted is not a property | Set hookseal.endpoints.formflow.secrets.extracted, or hookseal.endpoints.formflow.secret for every event.
            secrets: s3cr3t          | formflow.secrets is a list | Set hookseal.endpoints.formflow.secret for one secret, hookseal.endpoints.formflow.secrets[0]
            secret: [s3cr3t]         | formflow.secret[0] is not a property | Set hookseal.endpoints.formflow.secrets[0], or hookseal.endpoints.formflow.secret for every event.
            secert: s3cr3t           | formflow.secert is not a property | Use hookseal.endpoints.formflow.secret.
            tolerence: s3cr3t        | formflow.tolerence is not a property | Use hookseal.endpoints.formflow.tolerance.
            replayWindwo: 3d         | formflow.replaywindwo is not a property | Use hookseal.endpoints.formflow.replay-window.
            replay-window: soon      | formflow.replay-window is not a duration: soon | Set it to a number with a unit, such as 30s, 5m, 72h or 7d.
            max-body-size: much      | formflow.max-body-size is not a size: much | Set it to a number with a unit, such as 512KB or 1MB.
            lease: "${UNSET_LEASE}"  | formflow.lease is a placeholder that nothing resolves | Define ${UNSET_LEASE}.
            lease: "${UNSET:s3cr3t}" | formflow.lease is not a duration: ${UNSET} | Set it to a number with a unit
            """)
    void namesThePropertyThatCannotBeBoundAndWhatToSetAndNoSecret(
            String property, String description, String action, CapturedOutput output) throws IOException {
        runWithoutServer("hookseal.endpoints.formflow." + property);

        assertAnalysis(output, "hookseal.endpoints." + description, action);
        assertThat(output).contains("application.yaml] - 1:");
    }

    @Test
    void namesAPropertyThatIsSetForAnEndpointAsAWhole(CapturedOutput output) throws IOException {
        run(Application.class, "hookseal.endpoints.formflow: " + SECRET);

        assertAnalysis(output, "hookseal.endpoints.formflow is not a property", "hookseal.endpoints.formflow.secret");
    }

    @Test
    void namesEveryPropertyThatDoesNotExist(CapturedOutput output) throws IOException {
        run(Application.class, "hookseal: { store.max: 3, endpoints.formflow: { tolerence: 5m, laese: 5m } }");

        assertAnalysis(
                output, "hookseal.endpoints.formflow.laese is not a property", "Use hookseal.endpoints.formflow.lease");
        assertThat(output).contains("formflow.tolerence is not", "hookseal.store.max is not");
    }

    @Test
    void namesAWholeNumberThatIsNone(CapturedOutput output) throws IOException {
        run(Application.class, "hookseal.store.max-deliveries: many");

        assertAnalysis(output, "hookseal.store.max-deliveries is not a whole number: many", "Set it to a number");
    }

    @Test
    void namesAStoreThatWouldRememberNothing(CapturedOutput output) throws IOException {
        runWithoutServer("hookseal: { store.max-deliveries: 0, endpoints.formflow.secret: s3cr3t }");

        assertAnalysis(output, "hookseal.store.max-deliveries must be at least 1, and it is 0", "Set it to 1 or more.");
    }

    @Test
    void namesADirectoryThatCannotBeWrittenTo(CapturedOutput output) throws IOException {
        Path below = Files.createFile(folder.resolve("file")).resolve("rejected");

        run(Application.class, "hookseal: { endpoints.formflow.secret: s3cr3t, rejected.keep: \"" + below + "\" }");

        assertAnalysis(
                output, "hookseal.rejected.keep is " + below, "Set it to a directory that this process may write to");
    }

    @Test
    void readsTheFilesOfProfilesAsWell(CapturedOutput output) throws IOException {
        Files.writeString(folder.resolve("application-test.yaml"), "hookseal.endpoints.formflow.secrt: " + SECRET);

        run(Application.class, "hookseal.endpoints.formflow.secret: " + SECRET, "--spring.profiles.active=test");

        assertAnalysis(output, "formflow.secrt is not a property", "Use hookseal.endpoints.formflow.secret.");
        assertThat(output).contains("application-test.yaml] - 1:");
    }

    @Test
    void readsTheCommandLineAsWell(CapturedOutput output) throws IOException {
        run(Application.class, "", "--hookseal.endpoints.formflow.secret.extracted=" + SECRET);

        assertAnalysis(output, "formflow.secret.extracted is not a property", "formflow.secrets.extracted, or");
    }

    @Test
    void failsAlsoWhereEveryBeanIsLazy(CapturedOutput output) throws IOException {
        run(
                WithUnknownEndpoint.class,
                "hookseal.endpoints.formflow.secret: " + SECRET,
                "--spring.main.lazy-initialization=true");

        assertAnalysis(output, "UnknownEndpoint.received", "et hookseal.endpoints.orders.secret");
    }

    @RestController
    static class UnknownEndpoint {
        @WebhookEndpoint("orders")
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(UnknownEndpoint.class)
    static class WithUnknownEndpoint {}

    @Test
    void saysWhatIsWrongWithAHandler(CapturedOutput output) throws IOException {
        run(WithUnknownEndpoint.class, "hookseal.endpoints.formflow.secret: " + SECRET);

        assertAnalysis(output, "UnknownEndpoint.received", "et hookseal.endpoints.orders.secret");
    }

    @RestController
    static class NeverCalled {
        @WebhookEndpoint("formflow")
        @GetMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(NeverCalled.class)
    static class WithHandlerThatIsNeverCalled {}

    @Test
    void saysThatAHandlerCouldNeverReceive(CapturedOutput output) throws IOException {
        run(WithHandlerThatIsNeverCalled.class, "hookseal.endpoints.formflow.secret: " + SECRET);

        assertAnalysis(output, "NeverCalled.received", "Map it with @PostMapping");
    }

    @ConfigurationProperties(prefix = "hookseal", ignoreUnknownFields = false)
    record PropertiesOfTheApplication(String name) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties(PropertiesOfTheApplication.class)
    static class WithTheSamePrefix {}

    @Test
    void saysThatAClassOfTheApplicationHasTheSamePrefix(CapturedOutput output) throws IOException {
        run(WithTheSamePrefix.class, "hookseal.endpoints.formflow.secret: " + SECRET);

        assertAnalysis(output, "PropertiesOfTheApplication is bound to the prefix hookseal as well", "another prefix");
    }

    /** Boot keeps the thread main from printing what it has analysed; no other thread shows that. */
    @Test
    void printsNoStackTraceWhenItEnds() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // it starts faster without the optimizing compiler
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName()));
        command.addAll(arguments("hookseal.endpoints.formflow.secret.extracted: " + SECRET));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(Duration.ofMinutes(1).toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS))
                .isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertAnalysis(
                output, "formflow.secret.extracted is not a property", "Set hookseal.endpoints.formflow.secrets");
    }

    /** What Boot makes of the failure is the same, and there are many of them. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @ImportAutoConfiguration(HooksealAutoConfiguration.class)
    static class WithoutServer {}

    private void runWithoutServer(String yaml) throws IOException {
        SpringApplication application = new SpringApplication(WithoutServer.class);
        application.setApplicationContextFactory(type -> new GenericWebApplicationContext(new MockServletContext()));
        String[] arguments = arguments(yaml).toArray(String[]::new);
        assertThatThrownBy(() -> application.run(arguments)).isNotNull();
    }

    private void run(Class<?> application, String yaml, String... more) throws IOException {
        String[] arguments =
                Stream.concat(arguments(yaml).stream(), Stream.of(more)).toArray(String[]::new);
        assertThatThrownBy(() -> SpringApplication.run(application, arguments)).isNotNull();
    }

    private List<String> arguments(String yaml) throws IOException {
        Files.writeString(folder.resolve("application.yaml"), yaml);
        return List.of(
                "--spring.config.location=classpath:auto-configuration.yaml," + folder.toUri(),
                "--logging.config=classpath:failed-start-logback.xml",
                "--server.port=0",
                "--server.address=127.0.0.1");
    }

    private static void assertAnalysis(CharSequence output, String description, String action) {
        assertThat(output.toString())
                .contains("APPLICATION FAILED TO START")
                .containsSubsequence("Description:", description, "Action:", action)
                .doesNotContain("\tat ")
                .doesNotContain(SECRET);
    }
}
