package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.fixture.CustomProvider;
import dev.hookseal.spring.app.Delivery;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Keys that a provider or a module declares, and core does not know. */
class DeclaredSettingsTest {

    @RestController
    static class Handler {
        @WebhookEndpoint("acme")
        @PostMapping("/acme")
        void received(CustomProvider.Event event) {}
    }

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(HooksealAutoConfiguration.class))
            .withUserConfiguration(Handler.class, SpringMvc.Mvc.class)
            .withBean(CustomProvider.class)
            .withPropertyValues("hookseal.endpoints.acme.secret=" + Delivery.ACME_SECRET);

    @ParameterizedTest
    @CsvSource({"2, 200, 400", "3, 200, 200"})
    void aProviderReadsTheValueOfItsOwnKey(int maxWords, int two, int three) {
        application
                .withPropertyValues("hookseal.endpoints.acme.maxWords=" + maxWords)
                .run(context -> {
                    MockMvc mvc = SpringMvc.mockMvc(context);
                    mvc.perform(Delivery.acme("text/plain", "two words").to("/acme"))
                            .andExpect(status().is(two));
                    mvc.perform(Delivery.acme("text/plain", "these three words").to("/acme"))
                            .andExpect(status().is(three));
                });
    }

    @Test
    void aModuleReadsTheValueOfItsKey() {
        application.run(
                context -> assertThat(context.getBean(GlobalProperties.class).value(PollingModule.INTERVAL))
                        .contains(Duration.ofMinutes(1)));
        application
                .withPropertyValues("hookseal.polling.interval=5s")
                .run(context -> assertThat(
                                context.getBean(GlobalProperties.class).value(PollingModule.INTERVAL))
                        .contains(Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            endpoints.acme.max-words=0  | max-words must be from 1 to 1000, and it is 0: set it to 1 or more
            endpoints.acme.max-word=3   | max-word is not a property of Hookseal: use hookseal.endpoints.acme.max-words
            endpoints.acme.tolerance=5m | acme.tolerance is not a setting of the provider acme: remove it
            polling.interval=2h         | hookseal.polling.interval must be from 1s to 1h, and it is 2h
            polling.intervall=5s        | polling.intervall is not a property of Hookseal: use hookseal.polling.interval
            """)
    void aWrongKeyOrValueFailsTheStart(String property, String message) {
        application
                .withPropertyValues("hookseal." + property)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining(message.replaceAll(": .*", ""))
                        .hasMessageContaining(message.replaceAll(".*: ", "")));
    }
}
