package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.EndpointSettings;
import dev.hookseal.WebhookReceiver;
import dev.hookseal.adapter.ConfiguredEndpoints;
import dev.hookseal.delivery.InMemoryDeliveryStore;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

class HooksealPropertiesTest {

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
        assertThat(settings.tolerance()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.replayWindow()).isEqualTo(Duration.ofHours(47));
    }

    @Test
    void bindsTheRepeatWindow() {
        EndpointSettings settings = settings("""
                hookseal.endpoints.extracta: { secret: E_AI_K_s1, repeat-window: PT90S }
                """, "extracta");

        assertThat(settings.repeatWindow()).isEqualTo(Duration.ofSeconds(90));
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
        assertThat(settings.replayWindow()).isEqualTo(Duration.ofHours(36));
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
    void aDurationThatIsNoneFailsWithItsProperty() {
        assertThatThrownBy(
                        () -> settings("hookseal.endpoints.formflow: { secret: s1, replay-window: soon }", "formflow"))
                .isInstanceOf(BindException.class)
                .hasStackTraceContaining("hookseal.endpoints.formflow.replay-window");
    }

    @Test
    void remembersAsManyDeliveriesAsCoreDoesUnlessSet() {
        assertThat(properties(environment("", Map.of())).store().maxDeliveries())
                .isEqualTo(InMemoryDeliveryStore.DEFAULT_MAX_DELIVERIES);
        assertThat(properties(environment("hookseal.store.max-deliveries: 1000", Map.of()))
                        .store()
                        .maxDeliveries())
                .isEqualTo(1000);
    }

    @Test
    void printsNoSecret() {
        HooksealProperties properties = properties(environment("""
                hookseal:
                  endpoints:
                    extracta: { secret: hidden-1 }
                    formflow: { secrets: { extracted: hidden-2, export: [hidden-3] } }
                """, Map.of()));

        assertThat(properties.toString()).contains("extracta", "formflow").doesNotContain("hidden");
    }

    private static SigningSecret secret(String text) {
        return SigningSecret.ofUtf8(text);
    }

    private static EndpointSettings settings(String yaml, String endpoint) {
        return settings(environment(yaml, Map.of()), endpoint);
    }

    private static EndpointSettings settings(StandardEnvironment environment, String endpoint) {
        Clock clock = Clock.systemUTC();
        ConfiguredEndpoints endpoints = new ConfiguredEndpoints(
                properties(environment).endpointProperties(),
                List.of(),
                List.of(),
                new InMemoryDeliveryStore(clock),
                clock,
                List.of());
        WebhookReceiver<?> receiver = endpoints.receivers().get(endpoint);
        return receiver.settings();
    }

    private static HooksealProperties properties(StandardEnvironment environment) {
        return Binder.get(environment).bindOrCreate("hookseal", HooksealProperties.class);
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
