package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.config.KnownProperties;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Setting;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

class HooksealPropertiesTest {
    private static final KnownProperties KNOWN = KnownProperties.of(List.of());

    @SuppressWarnings("unchecked")
    private static final Setting<Integer> MAX_DELIVERIES = (Setting<Integer>) GlobalProperties.settings().stream()
            .filter(setting -> setting.key().equals("hookseal.store.max-deliveries"))
            .findFirst()
            .orElseThrow();

    @Test
    void bindsEverySettingOfAnEndpoint() {
        EndpointSettings settings = settings("""
                hookseal:
                  endpoints:
                    orders:
                      provider: formflow
                      secret: s1
                      max-body-size: 256KB
                      tolerance: 5m
                      replay-window: 47h
                      lease: 30s
                """, "orders");

        assertThat(settings.secrets().secretsFor("export")).containsExactly(secret("s1"));
        assertThat(settings.maxBodyBytes()).hasValue(256 * 1024);
        assertThat(settings.value(EndpointSettings.TOLERANCE)).contains(Duration.ofMinutes(5));
        assertThat(settings.value(EndpointSettings.REPLAY_WINDOW)).contains(Duration.ofHours(47));
    }

    @Test
    void bindsTheRepeatWindow() {
        EndpointSettings settings = settings("""
                hookseal.endpoints.extracta: { secret: E_AI_K_s1, repeat-window: PT90S }
                """, "extracta");

        assertThat(settings.value(EndpointSettings.REPEAT_WINDOW)).contains(Duration.ofSeconds(90));
    }

    @Test
    void bindsSecretsByEventNameEachOneOrAList() {
        EndpointSettings settings = settings("""
                hookseal:
                  endpoints:
                    formflow:
                      secrets:
                        extracted: s1
                        export: [new, old]
                        validation-success:
                          - s3
                """, "formflow");

        assertThat(settings.secrets().secretsFor("extracted")).containsExactly(secret("s1"));
        assertThat(settings.secrets().secretsFor("export")).containsExactly(secret("new"), secret("old"));
        assertThat(settings.secrets().secretsFor("validation-success")).containsExactly(secret("s3"));
        assertThat(settings.secrets().secretsFor("error-export")).isEmpty();
    }

    @Test
    void bindsAListOfSecretsForEveryEventTheNewestFirst() {
        EndpointSettings settings = settings("""
                hookseal.endpoints.extracta.secrets: [new, old]
                """, "extracta");

        assertThat(settings.secrets().secretsFor("")).containsExactly(secret("new"), secret("old"));
    }

    @Test
    void keepsMoreThanTenSecretsInTheirOrder() {
        EndpointSettings settings = settings("""
                hookseal.endpoints.extracta.secrets: [a, b, c, d, e, f, g, h, i, j, k, l]
                """, "extracta");

        assertThat(settings.secrets().secretsFor(""))
                .containsExactlyElementsOf("abcdefghijkl"
                        .chars()
                        .mapToObj(c -> secret(String.valueOf((char) c)))
                        .toList());
    }

    @Test
    void takesNoSecretApartAtItsCommas() {
        EndpointSettings settings = settings("""
                hookseal:
                  endpoints:
                    formflow:
                      secrets:
                        extracted: "a,b , c"
                        export: ["d,e", "f"]
                """, "formflow");

        assertThat(settings.secrets().secretsFor("extracted")).containsExactly(secret("a,b , c"));
        assertThat(settings.secrets().secretsFor("export")).containsExactly(secret("d,e"), secret("f"));
        assertThat(settings("hookseal.endpoints.extracta.secret: \"a,b\"", "extracta")
                        .secrets()
                        .secretsFor(""))
                .containsExactly(secret("a,b"));
    }

    @Test
    void bindsEventNamesFromEnvironmentVariablesWhichHaveNoHyphens() {
        Map<String, Object> variables = Map.of(
                "HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_VALIDATIONSUCCESS", "s1,s2",
                "HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_ERRORPREPROCESSING", "s3",
                "HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_EXPORT_0", "new",
                "HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_EXPORT_1", "old",
                "HOOKSEAL_ENDPOINTS_FORMFLOW_REPLAYWINDOW", "PT36H");

        EndpointSettings settings = settings(environment("", variables), "formflow");

        assertThat(settings.secrets().secretsFor("validation-success")).containsExactly(secret("s1,s2"));
        assertThat(settings.secrets().secretsFor("error-pre-processing")).containsExactly(secret("s3"));
        assertThat(settings.secrets().secretsFor("export")).containsExactly(secret("new"), secret("old"));
        assertThat(settings.value(EndpointSettings.REPLAY_WINDOW)).contains(Duration.ofHours(36));
    }

    @Test
    void bindsEventNamesFromEnvironmentVariablesWithUnderscoresForHyphens() {
        Map<String, Object> variables = Map.of(
                "HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_VALIDATION_SUCCESS", "s1,s2",
                "HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_ERROR_EXPORT_0", "new",
                "HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_ERROR_EXPORT_1", "old",
                "HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_ERROR_PROCESSING", "s3",
                "HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_ERROR_PRE_PROCESSING", "s4");

        SecretSource secrets = settings(environment("", variables), "formflow").secrets();

        assertThat(secrets.secretsFor("validation-success")).containsExactly(secret("s1,s2"));
        assertThat(secrets.secretsFor("error-export")).containsExactly(secret("new"), secret("old"));
        assertThat(secrets.secretsFor("error-processing")).containsExactly(secret("s3"));
        assertThat(secrets.secretsFor("error-pre-processing")).containsExactly(secret("s4"));
    }

    @Test
    void lettingAnEnvironmentVariableOverrideAFileWorksForNamesWithHyphens() {
        StandardEnvironment environment =
                environment("""
                hookseal:
                  endpoints:
                    formflow-eu:
                      provider: formflow
                      secrets:
                        validation-success: of-the-file
                        export: of-the-file
                """, Map.of("HOOKSEAL_ENDPOINTS_FORMFLOWEU_SECRETS_VALIDATIONSUCCESS", "of-the-variable"));

        EndpointSettings settings = settings(environment, "formflow-eu");

        assertThat(settings.secrets().secretsFor("validation-success")).containsExactly(secret("of-the-variable"));
        assertThat(settings.secrets().secretsFor("export")).containsExactly(secret("of-the-file"));
    }

    @Test
    void aSecretThatResolvesToNothingFailsWithItsProperty() {
        assertThatThrownBy(() -> settings("hookseal.endpoints.formflow.secret: \"${UNSET:}\"", "formflow"))
                .hasMessageContaining("hookseal.endpoints.formflow.secret");
        assertThatThrownBy(() -> settings("hookseal.endpoints.formflow.secrets: []", "formflow"))
                .hasStackTraceContaining("hookseal.endpoints.formflow.secrets");
        assertThatThrownBy(() -> settings("hookseal.endpoints.formflow.secrets: { extracted: [] }", "formflow"))
                .hasMessageContaining("hookseal.endpoints.formflow.secrets.extracted");
    }

    @Test
    void anEndpointWithoutAnySettingFailsWithItsProperty() {
        assertThatThrownBy(() -> settings("hookseal.endpoints.formflow.lease: 1m", "formflow"))
                .hasMessageContaining("set hookseal.endpoints.formflow.secret");
    }

    @Test
    void aValueThatIsNotADurationFailsWithItsPropertyAndItsPlace() {
        assertThatThrownBy(
                        () -> settings("hookseal.endpoints.formflow: { secret: s1, replay-window: soon }", "formflow"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("hookseal.endpoints.formflow.replay-window is not a duration: soon (")
                .hasMessageContaining(" - 1:");
    }

    @Test
    void bindsWhatNoEndpointHas() {
        assertThat(properties(environment("", Map.of())).global().value(MAX_DELIVERIES))
                .contains(InMemoryDeliveryStore.DEFAULT_MAX_DELIVERIES);
        assertThat(properties(environment("hookseal.store.max-deliveries: 1000", Map.of()))
                        .global()
                        .value(MAX_DELIVERIES))
                .contains(1000);
        assertThat(properties(environment("", Map.of("HOOKSEAL_STORE_MAXDELIVERIES", "7")))
                        .global()
                        .value(MAX_DELIVERIES))
                .contains(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"formflow", "FormFlow", "formFlow", "form-flow", "form_flow", "FORMFLOW", "\"[form_flow]\""})
    void findsAnEndpointHoweverItsNameIsSpelt(String name) {
        EndpointRegistry endpoints = endpoints(environment("hookseal.endpoints." + name + ".secret: s1", Map.of()));

        assertThat(endpoints.receivers()).hasSize(1);
        for (String value : List.of("formflow", "FormFlow", "form-flow", "form_flow", "FORM_FLOW")) {
            assertThat(endpoints
                            .bind(annotation(value), "the handler", List.of())
                            .receiver())
                    .as(value)
                    .isSameAs(endpoints.receivers().values().iterator().next());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "formflow, HOOKSEAL_ENDPOINTS_FORMFLOW_SECRET",
        "FormFlow, HOOKSEAL_ENDPOINTS_FORMFLOW_SECRET",
        "form-flow, HOOKSEAL_ENDPOINTS_FORMFLOW_SECRET",
        "form_flow, HOOKSEAL_ENDPOINTS_FORMFLOW_SECRET",
        "form-flow, HOOKSEAL_ENDPOINTS_FORM_FLOW_SECRET",
        "form_flow, HOOKSEAL_ENDPOINTS_FORM_FLOW_SECRET"
    })
    void anEnvironmentVariableOverridesAFileHoweverItSpellsTheName(String name, String variable) {
        EndpointRegistry endpoints = endpoints(environment(
                "hookseal.endpoints." + name + ": { secret: of-the-file, provider: formflow }",
                Map.of(variable, "of-the-variable")));

        assertThat(endpoints.receivers().values())
                .singleElement()
                .satisfies(receiver -> assertThat(receiver.settings().secrets().secretsFor(""))
                        .containsExactly(secret("of-the-variable")));
    }

    @Test
    void anEnvironmentVariableAloneMakesAnEndpointThatAnySpellingFinds() {
        Map<String, Object> variables = Map.of(
                "HOOKSEAL_ENDPOINTS_ORDERSEU_SECRET", "s1",
                "HOOKSEAL_ENDPOINTS_ORDERSEU_PROVIDER", "FORMFLOW");

        EndpointRegistry endpoints = endpoints(environment("", variables));

        assertThat(endpoints
                        .bind(annotation("orders-eu"), "the handler", List.of())
                        .receiver()
                        .provider()
                        .name())
                .isEqualTo("formflow");
    }

    @ParameterizedTest
    @CsvSource({
        "formflow, HOOKSEAL_ENDPOINTS_FORM_FLOW_SECRET, HOOKSEAL_ENDPOINTS_FORMFLOW_SECRET",
        "formFlow, HOOKSEAL_ENDPOINTS_FORM_FLOW_LEASE, HOOKSEAL_ENDPOINTS_FORMFLOW_LEASE",
        "form-flow, HOOKSEAL_ENDPOINTS_FORMFLOW_MAX_BODYSIZE, HOOKSEAL_ENDPOINTS_FORMFLOW_MAXBODYSIZE",
        "formflow, HOOKSEAL_ENDPOINTS_FORMFLOW_TOLERENCE, 'both without hyphens'",
        "formflow, HOOKSEAL_ENDPOINTS_FORMFLOW_SECRET_EXPORT, 'both without hyphens'",
        "formflow, HOOKSEAL_ENDPOINTS_ORDERS_EU_SECRET, 'HOOKSEAL_ENDPOINTS_ORDERSEU_MAXBODYSIZE'"
    })
    void warnsOfAnEnvironmentVariableThatIsNotBound(String name, String variable, String remedy) {
        assertThat(warnings(name, variable))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("The environment variable " + variable + " is not used: ", remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "formflow, HOOKSEAL_ENDPOINTS_FORMFLOW_SECRET",
        "form-flow, HOOKSEAL_ENDPOINTS_FORM_FLOW_SECRET",
        "form-flow, HOOKSEAL_ENDPOINTS_FORMFLOW_SECRET",
        "form_flow, HOOKSEAL_ENDPOINTS_FORMFLOW_SECRET",
        "formflow, HOOKSEAL_ENDPOINTS_FORMFLOW_REPLAY_WINDOW",
        "formflow, HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_ERROR_EXPORT_0",
        "formflow, HOOKSEAL_ENDPOINTS_ORDERSEU_SECRET",
        "formflow, HOOKSEAL_SERVICE_HOST"
    })
    void doesNotWarnOfOthers(String name, String variable) {
        assertThat(warnings(name, variable)).isEmpty();
    }

    private static Stream<String> warnings(String endpoint, String variable) {
        StandardEnvironment environment =
                environment("hookseal.endpoints." + endpoint + ".provider: formflow", Map.of(variable, "1m"));
        CapturedLog log = CapturedLog.ofHookseal();
        UnusedVariables.warn(
                environment, KNOWN, properties(environment).endpoints(KNOWN).keySet());
        log.close();
        return log.text().lines().filter(line -> line.startsWith("WARN"));
    }

    @Test
    void rejectsANameThatNoOtherPlaceCouldHold() {
        assertThatThrownBy(() -> endpoints(environment(
                        "hookseal.endpoints.\"[form.flow]\": { secret: s1, provider: formflow }", Map.of())))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContainingAll("form.flow", "letters, digits, hyphens and underscores");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replay-window: 72  | replay-window is not a duration: 72
            lease: 5           | lease is not a duration: 5
            tolerance: 300     | tolerance is not a duration: 300
            max-body-size: 10  | max-body-size must be from 4KB to 256MB, and it is 10 bytes
            """)
    void aNumberWithoutAUnitFailsWithItsPropertyAndAsksForTheUnit(String property, String rule) {
        assertThatThrownBy(() -> settings("hookseal.endpoints.formflow:\n  secret: s1\n  " + property, "formflow"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContainingAll(
                        "hookseal.endpoints.formflow." + rule, " - 3:", "a number with a unit, such as");
    }

    @Test
    void aDurationOutOfItsBoundsFailsWithItsPropertyAndItsPlace() {
        assertThatThrownBy(
                        () -> settings("hookseal.endpoints.formflow: { secret: s1, replay-window: -1h }", "formflow"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("replay-window must be from 1m to 3650d, and it is -1h (")
                .hasMessageEndingWith("set it to 1m or more");
    }

    @Test
    void aSizeThatIsTooLargeFailsAndSaysWhatTheMostIs() {
        assertThatThrownBy(
                        () -> settings("hookseal.endpoints.formflow: { secret: s1, max-body-size: 1TB }", "formflow"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContainingAll("and it is 1TB", "set it to 256MB or less");
    }

    @Test
    void aRepeatWindowWithoutAUnitFailsToo() {
        assertThatThrownBy(() ->
                        settings("hookseal.endpoints.extracta: { secret: E_AI_K_s1, repeat-window: 90 }", "extracta"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContainingAll("hookseal.endpoints.extracta.repeat-window is not a duration: 90", "a unit");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            secret: 01234567            | secret was read as a number
            secret: 1e5                 | secret was read as a number
            secret: true                | secret was read as a Boolean
            secrets: [ab, 01234567]     | secrets[1] was read as a number
            secrets.export: 01234567    | secrets.export was read as a number
            secrets.export: [ab, 1.5e3] | secrets.export[1] was read as a number
            """)
    void warnsOfASecretThatYamlReadAsSomethingElse(String property, String warning) {
        CapturedLog log = CapturedLog.ofHookseal();
        try {
            settings("hookseal.endpoints.formflow." + property, "formflow");
        } finally {
            log.close();
        }

        assertThat(log.text().lines().filter(line -> line.startsWith("WARN")))
                .filteredOn(line -> line.contains(" was read as "))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("hookseal.endpoints.formflow." + warning, "Put the secret in quotes")
                .doesNotContain("01234567", "342391", "100000.0,", "1500");
    }

    @Test
    void doesNotWarnOfASecretInQuotesOrOfOneThatIsNoNumber() {
        CapturedLog log = CapturedLog.ofHookseal();
        try {
            settings("hookseal.endpoints.formflow.secrets: [\"01234567\", ab12]", "formflow");
        } finally {
            log.close();
        }

        assertThat(log.text()).doesNotContain("WARN");
    }

    /** Boot leaves the line break of a single line out; of anything else the secret would not match. */
    @ParameterizedTest
    @CsvSource({
        "'s3cr3t', 's3cr3t', ''",
        "'s3cr3t\\n', 's3cr3t', ''",
        "'s3cr3t\\r\\n', 's3cr3t', ''",
        "'s3cr3t \\n', 's3cr3t ', 'begins or ends with white space'",
        "'s3cr3t\\n\\n', 's3cr3t\\n\\n', 'ends with a line break'"
    })
    void aMountedFileMayEndWithOneLineBreak(String content, String secret, String warning, @TempDir Path folder)
            throws IOException {
        Files.writeString(folder.resolve("hookseal.endpoints.formflow.secret"), content.translateEscapes());
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Object.class)
                .web(WebApplicationType.NONE)
                .run("--spring.config.name=none", "--spring.config.import=configtree:" + folder + "/")) {
            CapturedLog log = CapturedLog.ofHookseal();
            EndpointSettings settings = settings(context.getEnvironment(), "formflow");
            log.close();

            assertThat(settings.secrets().secretsFor("")).containsExactly(secret(secret.translateEscapes()));
            assertThat(log.text().lines().filter(line -> line.startsWith("WARN")))
                    .hasSize(warning.isEmpty() ? 0 : 1)
                    .allMatch(line -> line.contains("hookseal.endpoints.formflow.secret " + warning));
        }
    }

    @Test
    void printsNoSecret() {
        HooksealProperties properties = properties(environment("""
                hookseal:
                  endpoints:
                    extracta: { secret: hidden-1 }
                    formflow: { secrets: { extracted: hidden-2, export: [hidden-3] } }
                """, Map.of()));

        assertThat(properties.endpoints(KNOWN).toString())
                .contains("extracta", "formflow")
                .doesNotContain("hidden");
    }

    private static SigningSecret secret(String text) {
        return SigningSecret.ofUtf8(text);
    }

    private static EndpointSettings settings(String yaml, String endpoint) {
        return settings(environment(yaml, Map.of()), endpoint);
    }

    private static EndpointSettings settings(ConfigurableEnvironment environment, String endpoint) {
        WebhookReceiver<?> receiver = endpoints(environment).receivers().get(endpoint);
        return receiver.settings();
    }

    private static EndpointRegistry endpoints(ConfigurableEnvironment environment) {
        Clock clock = Clock.systemUTC();
        return EndpointRegistry.builder(properties(environment).endpoints(KNOWN))
                .store(new InMemoryDeliveryStore(clock))
                .clock(clock)
                .build();
    }

    private static WebhookEndpoint annotation(String value) {
        return AnnotationUtils.synthesizeAnnotation(Map.of("value", value), WebhookEndpoint.class, null);
    }

    private static HooksealProperties properties(ConfigurableEnvironment environment) {
        return new HooksealProperties(environment);
    }

    private static StandardEnvironment environment(String yaml, Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String systemEnvironment = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(systemEnvironment, new SystemEnvironmentPropertySource(systemEnvironment, variables));
        try {
            new YamlPropertySourceLoader()
                    .load("application.yaml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
