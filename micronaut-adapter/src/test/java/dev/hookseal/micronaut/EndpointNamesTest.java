package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Case, hyphens and underscores make no difference in an endpoint's name, wherever it is written. */
class EndpointNamesTest {
    private static final List<String> ANNOTATED = List.of("pascal", "hyphens", "lower");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"FormFlow", "formFlow", "form-flow", "form_flow", "formflow"})
    void areTheSameInProperties(String name) {
        for (String spec : ANNOTATED) {
            try (ApplicationContext context =
                    start(spec, properties(Map.of("hookseal.endpoints." + name + ".secret", Server.SECRET)))) {
                assertThat(receivers(context)).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FormFlow", "formFlow", "form-flow", "form_flow", "formflow"})
    void areTheSameInYaml(String name) throws Exception {
        Files.writeString(
                directory.resolve("application.yml"),
                "hookseal:\n  endpoints:\n    " + name + ":\n      secret: " + Server.SECRET + "\n");

        for (String spec : ANNOTATED) {
            try (ApplicationContext context = start(spec)) {
                assertThat(receivers(context)).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORMFLOW", "FORM_FLOW"})
    void areTheSameInTheEnvironment(String name) {
        for (String spec : ANNOTATED) {
            try (ApplicationContext context =
                    start(spec, environment(Map.of("HOOKSEAL_ENDPOINTS_" + name + "_SECRET", Server.SECRET)))) {
                assertThat(receivers(context)).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORDERSEU", "ORDERS_EU"})
    void putTogetherWhatTheFileAndTheEnvironmentSay(String name) throws Exception {
        Files.writeString(
                directory.resolve("application.yml"),
                "hookseal:\n  endpoints:\n    orders-eu:\n      provider: formflow\n");

        try (ApplicationContext context =
                start("orders", environment(Map.of("HOOKSEAL_ENDPOINTS_" + name + "_SECRET", Server.SECRET)))) {
            assertThat(receivers(context)).containsOnlyKeys("orders-eu");
        }
    }

    @Test
    void contradictNoOtherSpelling() throws Exception {
        Files.writeString(
                directory.resolve("application.yml"),
                "hookseal:\n  endpoints:\n    form-flow:\n      secret: whsec-of-nobody\n");

        assertThatThrownBy(() ->
                        start("lower", environment(Map.of("HOOKSEAL_ENDPOINTS_FORMFLOW_SECRET", "whsec-of-another"))))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage(
                        "hookseal.endpoints.form-flow.secret is set twice, in two spellings of the endpoint's name and"
                                + " with different values: remove one of them");
    }

    @Test
    void areShownAsTheyAreConfigured() {
        assertThatThrownBy(() -> start("pascal"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("Pascal.handle is annotated with @WebhookEndpoint(\"FormFlow\"), and no such"
                        + " endpoint is configured: set hookseal.endpoints.form-flow.secret");
    }

    /** Starts with the YAML file of the directory, if there is one. */
    private ApplicationContext start(String spec, PropertySource... sources) {
        return ApplicationContext.builder()
                .overrideConfigLocations("file:" + directory + "/")
                .propertySources(sources)
                .properties(new HashMap<>(Map.of("spec", "names-" + spec)))
                .bootstrapEnvironment(false)
                .environmentPropertySource(false)
                .start();
    }

    private static Map<String, ?> receivers(ApplicationContext context) {
        return context.getBean(EndpointRegistry.class).receivers();
    }

    private static PropertySource properties(Map<String, Object> values) {
        return new MapPropertySource("properties", values);
    }

    private static PropertySource environment(Map<String, Object> values) {
        return new MapPropertySource("environment", values) {
            @Override
            public PropertyConvention getConvention() {
                return PropertyConvention.ENVIRONMENT_VARIABLE;
            }

            @Override
            public int getOrder() {
                return 100;
            }
        };
    }

    @Requires(property = "spec", value = "names-pascal")
    @Controller
    static class Pascal {
        @WebhookEndpoint("FormFlow")
        @Post("/hook")
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "names-hyphens")
    @Controller
    static class Hyphens {
        @WebhookEndpoint("form-flow")
        @Post("/hook")
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "names-lower")
    @Controller
    static class Lower {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "names-orders")
    @Controller
    static class Orders {
        @WebhookEndpoint("orders-eu")
        @Post("/hook")
        void handle(FormFlowEvent event) {}
    }
}
