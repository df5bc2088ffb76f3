package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.config.EndpointProperties;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.config.KnownProperties;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.InMemoryDeliveryStore;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointConfigurationTest {
    private static final String FORMFLOW = "hookseal.endpoints.formflow.";

    @Test
    void readsEveryProperty() {
        Map<String, EndpointProperties> endpoints = read(properties(Map.of(
                "hookseal.endpoints.our-forms.enabled", "true",
                "hookseal.endpoints.our-forms.provider", "formflow",
                "hookseal.endpoints.our-forms.secret", "s, with a comma",
                "hookseal.endpoints.our-forms.max-body-size", "256KB",
                "hookseal.endpoints.our-forms.tolerance", "5m",
                "hookseal.endpoints.our-forms.replay-window", "PT72H",
                "hookseal.endpoints.our-forms.repeat-window", "30s",
                "hookseal.endpoints.our-forms.lease", "1h")));

        assertThat(endpoints).containsOnlyKeys("our-forms");
        assertThat(values(endpoints, "our-forms"))
                .containsOnly(
                        Map.entry("provider", "formflow"),
                        Map.entry("secret", "s, with a comma"),
                        Map.entry("max-body-size", "256KB"),
                        Map.entry("tolerance", "5m"),
                        Map.entry("replay-window", "PT72H"),
                        Map.entry("repeat-window", "30s"),
                        Map.entry("lease", "1h"),
                        Map.entry("enabled", "true"));
    }

    @Test
    void keepsCommasInSecretsOfAList() {
        PropertySource list = properties(Map.of(FORMFLOW + "secrets", List.of("new,est", "${old.secret}")));

        assertThat(secretsFor("extracted", list, properties(Map.of("old.secret", "ol,d"))))
                .containsExactly(SigningSecret.ofUtf8("new,est"), SigningSecret.ofUtf8("ol,d"));
    }

    @Test
    void keepsCommasInSecretsByEvent() {
        PropertySource byEvent = properties(Map.of(
                FORMFLOW + "secrets.extracted", "a,b", FORMFLOW + "secrets.error-export", List.of("new,est", "old")));

        assertThat(secretsFor("extracted", byEvent)).containsExactly(SigningSecret.ofUtf8("a,b"));
        assertThat(secretsFor("error-export", byEvent))
                .containsExactly(SigningSecret.ofUtf8("new,est"), SigningSecret.ofUtf8("old"));
        assertThat(secretsFor("export", byEvent)).isEmpty();
    }

    @Test
    void readsListsThatAreWrittenElementByElement() {
        PropertySource elements = properties(Map.of(
                FORMFLOW + "secrets.export[0]", "new,est",
                FORMFLOW + "secrets.export[1]", "old"));

        assertThat(secretsFor("export", elements))
                .containsExactly(SigningSecret.ofUtf8("new,est"), SigningSecret.ofUtf8("old"));
    }

    @ParameterizedTest
    @CsvSource({
        "EXTRACTED, extracted",
        "EXPORT, export",
        "VALIDATIONSUCCESS, validation-success",
        "VALIDATION_SUCCESS, validation-success",
        "ERROR_EXPORT, error-export",
        "ERROR_PRE_PROCESSING, error-pre-processing",
    })
    void readsSecretsByEventFromTheEnvironment(String variable, String event) {
        PropertySource environment =
                environment(Map.of("HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_" + variable, "from, the environment"));

        assertThat(secretsFor(event, environment)).containsExactly(SigningSecret.ofUtf8("from, the environment"));
        assertThat(read(environment)).containsOnlyKeys("formflow");
    }

    @Test
    void readsListsFromTheEnvironment() {
        PropertySource environment = environment(Map.of(
                "HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_ERROR_EXPORT_0", "new,est",
                "HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_ERROR_EXPORT_1", "old"));

        assertThat(secretsFor("error-export", environment))
                .containsExactly(SigningSecret.ofUtf8("new,est"), SigningSecret.ofUtf8("old"));
    }

    @Test
    void readsOneListForEveryEventFromTheEnvironment() {
        PropertySource environment = environment(Map.of(
                "HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_0", "new,est",
                "HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_1", "old"));

        assertThat(secretsFor("", environment))
                .containsExactly(SigningSecret.ofUtf8("new,est"), SigningSecret.ofUtf8("old"));
    }

    @Test
    void readsTheOtherPropertiesFromTheEnvironment() {
        Map<String, EndpointProperties> endpoints = read(environment(Map.of(
                "HOOKSEAL_ENDPOINTS_OUR_FORMS_PROVIDER", "formflow",
                "HOOKSEAL_ENDPOINTS_OUR_FORMS_SECRET", "a,b",
                "HOOKSEAL_ENDPOINTS_OUR_FORMS_MAX_BODY_SIZE", "1MB",
                "HOOKSEAL_ENDPOINTS_OUR_FORMS_REPLAY_WINDOW", "24h")));

        assertThat(endpoints).containsOnlyKeys("our-forms");
        assertThat(values(endpoints, "our-forms"))
                .containsOnly(
                        Map.entry("provider", "formflow"),
                        Map.entry("secret", "a,b"),
                        Map.entry("max-body-size", "1MB"),
                        Map.entry("replay-window", "24h"));
    }

    @Test
    void readsNoSecretOfADisabledEndpointWhosePlaceholderMayBeUnresolved() {
        Map<String, EndpointProperties> endpoints = read(properties(Map.of(
                FORMFLOW + "enabled", "false",
                FORMFLOW + "secret", "${not.there}",
                FORMFLOW + "secrets.export", "${not.there}",
                FORMFLOW + "lease", "1h")));

        assertThat(values(endpoints, "formflow")).containsOnly(Map.entry("enabled", "false"), Map.entry("lease", "1h"));
        assertThat(endpoints.get("formflow").secrets()).isEmpty();
    }

    private static Map<String, Object> values(Map<String, EndpointProperties> endpoints, String name) {
        Map<String, Object> values = new TreeMap<>();
        endpoints.get(name).values().forEach((key, value) -> values.put(key, value.value()));
        return values;
    }

    @Test
    void takesTheEnvironmentBeforeTheFile() {
        PropertySource file = properties(Map.of(FORMFLOW + "secrets.error-export", "file"));
        PropertySource environment = environment(Map.of("HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_ERROR_EXPORT", "env"));

        assertThat(secretsFor("error-export", file, environment)).containsExactly(SigningSecret.ofUtf8("env"));
    }

    @Test
    void rejectsASecretThatIsSetBothWholeAndByItsElements() {
        PropertySource file = properties(Map.of(FORMFLOW + "secrets.export", List.of("file")));
        PropertySource environment = environment(Map.of("HOOKSEAL_ENDPOINTS_FORMFLOW_SECRETS_EXPORT_0", "env"));

        assertThatThrownBy(() -> read(file, environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(FORMFLOW + "secrets.export is set both whole and by its elements")
                .hasMessageNotContainingAny("file", "env");
    }

    @Test
    void showsNoSecretWhenItIsPrinted() {
        assertThat(read(properties(Map.of(FORMFLOW + "secret", "hush"))).toString())
                .doesNotContain("hush");
    }

    private static List<SigningSecret> secretsFor(String event, PropertySource... sources) {
        Clock clock = Clock.systemUTC();
        EndpointRegistry endpoints = EndpointRegistry.builder(read(sources))
                .store(new InMemoryDeliveryStore(clock))
                .clock(clock)
                .build();
        return endpoints.receivers().get("formflow").settings().secrets().secretsFor(event);
    }

    private static Map<String, EndpointProperties> read(PropertySource... sources) {
        try (ApplicationContext context = ApplicationContext.builder()
                .propertySources(sources)
                .bootstrapEnvironment(false)
                .environmentPropertySource(false)
                .build()) {
            return EndpointConfiguration.read(
                    new ConfiguredValues(context.getEnvironment().start()), KnownProperties.of(List.of()));
        }
    }

    private static PropertySource properties(Map<String, Object> values) {
        return new Source("file" + values.keySet(), values, PropertySource.PropertyConvention.JAVA_PROPERTIES, 0);
    }

    private static PropertySource environment(Map<String, Object> values) {
        return new Source("env", values, PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE, 100);
    }

    private static final class Source extends MapPropertySource {
        private final PropertyConvention convention;
        private final int order;

        Source(String name, Map<String, Object> values, PropertyConvention convention, int order) {
            super(name, values);
            this.convention = convention;
            this.order = order;
        }

        @Override
        public PropertyConvention getConvention() {
            return convention;
        }

        @Override
        public int getOrder() {
            return order;
        }
    }
}
