package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.CapturedLog;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A secret that is not what was meant is a warning at the start, which does not show it. */
class SecretWarningsTest {
    @TempDir
    private Path directory;

    private CapturedLog log;

    @BeforeEach
    void listen() {
        log = CapturedLog.ofHookseal();
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret: 01234567 | secret",
                "secret: 1e5 | secret",
                "secrets: {extracted: 01234567} | secrets.extracted",
                "secrets: {export: [01234567]} | secrets.export[0]",
                "secrets: [01234567, text] | secrets[0]",
            })
    void tellThatYamlReadANumber(String yaml, String key) throws Exception {
        start(yaml);

        assertThat(log.text())
                .containsOnlyOnce("WARN hookseal.endpoints.formflow." + key + " was read as a number and not as text")
                .contains("Put the secret in quotes")
                .doesNotContain("1234567", "342391");
    }

    @Test
    void sayNothingOfASecretInQuotes() throws Exception {
        start("secret: '01234567'");

        assertThat(log.text()).doesNotContain("WARN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret: \"whsec-of-nobody\\n\" | secret ends with a line break",
                "secret: \" whsec-of-nobody\" | secret begins or ends with white space",
                "secrets: {extracted: \"whsec-of-nobody\\n\"} | secrets.extracted ends with a line break",
            })
    void tellOfWhiteSpaceAroundASecret(String yaml, String message) throws Exception {
        start(yaml);

        assertThat(log.text())
                .containsOnlyOnce("WARN hookseal.endpoints.formflow." + message)
                .doesNotContain("whsec-of-nobody");
    }

    @Test
    void nameTheEventsWithoutASecret() throws Exception {
        start("secrets: {extracted: whsec-of-nobody}");

        assertThat(log.text())
                .containsOnlyOnce("WARN Endpoint formflow has no secret for these events of formflow")
                .contains("error-export, error-pre-processing, error-processing, export, validation-success");
    }

    private void start(String yaml) throws Exception {
        Files.writeString(
                directory.resolve("application.yml"), "hookseal:\n  endpoints:\n    formflow:\n      " + yaml + "\n");
        ApplicationContext.builder()
                .overrideConfigLocations("file:" + directory + "/")
                .properties(Map.of("spec", "secret-warnings"))
                .bootstrapEnvironment(false)
                .environmentPropertySource(false)
                .start()
                .close();
    }
}
