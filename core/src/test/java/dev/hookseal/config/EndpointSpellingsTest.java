package dev.hookseal.config;

import static dev.hookseal.fixture.Deliveries.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the configuration, an annotation or a bean spells an endpoint's name, it is one endpoint. */
class EndpointSpellingsTest {
    private static final String OUR_FORMS = "hookseal.endpoints.our-forms";

    @ParameterizedTest
    @ValueSource(strings = {"our-forms", "ourForms", "OurForms", "our_forms", "OUR-FORMS"})
    void findsAnEndpointInEverySpelling(String spelling) throws Exception {
        EndpointRegistry endpoints = endpoints(Map.of(spelling, formFlow("s", Map.of())));

        assertThat(endpoints.receivers()).containsOnlyKeys("our-forms");
        for (String method : List.of("hyphen", "capitals", "underscore", "none")) {
            WebhookEndpoint annotation =
                    Handlers.class.getDeclaredMethod(method).getAnnotation(WebhookEndpoint.class);
            assertThat(endpoints.bind(annotation, method, List.of()).endpoint()).isEqualTo("our-forms");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FormFlow", "form-flow", "FORMFLOW"})
    void findsTheProviderOfTheSameName(String spelling) {
        EndpointRegistry endpoints = endpoints(Map.of(spelling, EndpointProperties.of(Map.of("secret", "s"))));

        assertThat(endpoints.receivers().values())
                .singleElement()
                .satisfies(receiver -> assertThat(receiver.provider().name()).isEqualTo("formflow"));
    }

    @Test
    void findsTheSecretsThatTheApplicationGives() {
        EndpointRegistry endpoints = endpoints(
                Map.of("our-forms", formFlow(null, Map.of())),
                new EndpointSecrets("ourForms", SecretSource.of(SigningSecret.ofUtf8("s"))));

        assertThat(endpoints.receivers()).containsOnlyKeys("our-forms");
    }

    // as Boot binds HOOKSEAL_ENDPOINTS_OURFORMS_SECRET beside what a file has
    @Test
    void putsTwoSpellingsTogether() {
        Map<String, EndpointProperties> values = new LinkedHashMap<>();
        values.put("ourforms", EndpointProperties.of(Map.of("secrets", Map.of("export", "from the environment"))));
        values.put("our-forms", formFlow(null, Map.of("export", "from the environment", "extracted", "s")));

        EndpointRegistry endpoints = endpoints(values);

        assertThat(endpoints.receivers()).containsOnlyKeys("our-forms");
        assertThat(endpoints.receivers().get("our-forms").settings().secrets().fixedSecrets())
                .containsOnlyKeys("export", "extracted");
    }

    @Test
    void rejectsTwoSpellingsThatContradictWithoutShowingASecret() {
        Map<String, EndpointProperties> values = new LinkedHashMap<>();
        values.put("our-forms", formFlow("s3cr3t", Map.of()));
        values.put("ourforms", formFlow("other", Map.of()));

        assertThatThrownBy(() -> endpoints(values))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage(
                        OUR_FORMS + ".secret is set twice, in two spellings of the endpoint's name and with different"
                                + " values: remove one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"our forms", "our.forms", "", "-forms", "form\u00fclar"})
    void rejectsANameThatCannotBeOne(String name) {
        assertThatThrownBy(() -> endpoints(Map.of(name, formFlow("s", Map.of()))))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("\"" + name + "\" cannot be the name of an endpoint")
                .hasMessageContaining("HOOKSEAL_ENDPOINTS_ORDERSEU_SECRET");
    }

    private static EndpointProperties formFlow(String secret, Map<String, ?> secrets) {
        return secret == null
                ? EndpointProperties.of(Map.of("provider", "formflow", "secrets", secrets))
                : EndpointProperties.of(Map.of("provider", "formflow", "secret", secret, "secrets", secrets));
    }

    private static EndpointRegistry endpoints(Map<String, EndpointProperties> values, EndpointSecrets... own) {
        return EndpointRegistry.builder(values)
                .secrets(List.of(own))
                .store(new InMemoryDeliveryStore(CLOCK))
                .clock(CLOCK)
                .build();
    }

    abstract static class Handlers {
        @WebhookEndpoint("our-forms")
        abstract void hyphen();

        @WebhookEndpoint("OurForms")
        abstract void capitals();

        @WebhookEndpoint("our_forms")
        abstract void underscore();

        @WebhookEndpoint("ourforms")
        abstract void none();
    }
}
