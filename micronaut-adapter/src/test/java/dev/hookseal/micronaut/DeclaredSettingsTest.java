package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.fixture.CustomProvider;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import jakarta.inject.Singleton;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that a provider or a module declares, and core does not know. */
class DeclaredSettingsTest {

    @Requires(property = "spec", value = "declared-settings")
    @Controller
    static class Hooks {
        @WebhookEndpoint("acme")
        @Post("/acme")
        void received(CustomProvider.Event event) {}
    }

    /** A bean of a module, which reads the module's own key. */
    @Requires(property = "spec", value = "declared-settings")
    @Controller
    @Singleton
    static class Poller {
        private final GlobalProperties properties;

        Poller(GlobalProperties properties) {
            this.properties = properties;
        }

        @Post("/interval")
        String interval() {
            return properties.value(PollingModule.INTERVAL).orElseThrow().toString();
        }
    }

    private static Server start(String... properties) {
        Map<String, Object> all = new HashMap<>();
        all.put("acme", true);
        all.put("hookseal.endpoints.acme.secret", Server.SECRET);
        for (String property : properties) {
            all.put("hookseal." + property.split("=", 2)[0], property.split("=", 2)[1]);
        }
        return Server.start("declared-settings", all);
    }

    @ParameterizedTest
    @CsvSource({"2, 200, 400", "3, 200, 200"})
    void aProviderReadsTheValueOfItsOwnKey(int maxWords, int two, int three) throws Exception {
        try (Server server = start("endpoints.acme.max-words=" + maxWords)) {
            assertThat(status(server, "two words")).isEqualTo(two);
            assertThat(status(server, "these three words")).isEqualTo(three);
        }
    }

    private static int status(Server server, String text) throws Exception {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(server.uri("/acme"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .header(CustomProvider.SIGNATURE_HEADER, Delivery.sign(body, Server.SECRET))
                .build();
        return server.send(request).statusCode();
    }

    @Test
    void aModuleReadsTheValueOfItsKey() throws Exception {
        try (Server server = start()) {
            assertThat(interval(server)).isEqualTo("PT1M");
        }
        try (Server server = start("polling.interval=5s")) {
            assertThat(interval(server)).isEqualTo("PT5S");
        }
    }

    private static String interval(Server server) throws Exception {
        return server.send(HttpRequest.newBuilder(server.uri("/interval"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .body();
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
        assertThatThrownBy(() -> start(property))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining(message);
    }
}
