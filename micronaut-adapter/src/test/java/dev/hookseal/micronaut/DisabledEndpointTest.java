package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint with {@code enabled: false} in a real server. */
class DisabledEndpointTest {

    @Requires(property = "spec", value = "disabled")
    @Controller("/hooks")
    static class Handlers {
        private final Seen seen;

        Handlers(Seen seen) {
            this.seen = seen;
        }

        @WebhookEndpoint("formflow")
        @Post("/formflow")
        void received(FormFlowEvent event) {
            seen.add(event.eventId());
        }

        @WebhookEndpoint(value = "exports", events = "export")
        @Post("/exports")
        void exported(FormFlowEvent event) {
            seen.add(event.eventId());
        }
    }

    private static Server start(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("hookseal.endpoints.exports.provider", "formflow");
        properties.put("hookseal.endpoints.exports.secrets.export", Server.SECRET);
        properties.put("hookseal.endpoints.formflow.secret", "${not.there}");
        properties.put("hookseal.endpoints.formflow.enabled", "false");
        properties.putAll(more);
        return Server.start("disabled", properties);
    }

    @Test
    void answers404ToEveryRequestAndCallsNoHandler() throws Exception {
        try (Server server = start(Map.of())) {
            HttpResponse<String> delivery = server.send("/hooks/formflow", Delivery.of("disabled"));
            assertThat(delivery.statusCode()).isEqualTo(404);
            assertThat(delivery.body()).isEqualTo("{\"title\":\"Not Found\",\"status\":404}");
            assertThat(server.send("/hooks/formflow", Delivery.ofSize("large", 500_000))
                            .statusCode())
                    .isEqualTo(404);
            for (String method : List.of("GET", "PUT", "DELETE", "OPTIONS")) {
                assertThat(server.send(HttpRequest.newBuilder(server.uri("/hooks/formflow"))
                                        .method(method, HttpRequest.BodyPublishers.noBody())
                                        .build())
                                .statusCode())
                        .as(method)
                        .isEqualTo(404);
            }
            assertThat(server.send(HttpRequest.newBuilder(server.uri("/hooks/formflow"))
                                    .POST(HttpRequest.BodyPublishers.ofString("--b--"))
                                    .header("Content-Type", "multipart/form-data; boundary=b")
                                    .build())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(server.seen()).isEmpty();
            assertThat(server.outcomes()).isEmpty();
        }
    }

    @Test
    void leavesOtherEndpointsAsTheyAre() throws Exception {
        try (Server server = start(Map.of())) {
            assertThat(server.send("/hooks/exports", Delivery.of("e1", "export", Server.NOW.toString()))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.seen()).containsExactly("e1");
        }
    }

    @Test
    void disablesAnEndpointWhoseHandlerNamesEvents() throws Exception {
        try (Server server = start(Map.of("hookseal.endpoints.exports.enabled", false))) {
            assertThat(server.send("/hooks/exports", Delivery.of("e1", "export", Server.NOW.toString()))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void saysSoAtTheStart() {
        CapturedLog log = CapturedLog.ofHookseal();
        try (Server server = start(Map.of())) {
            assertThat(server.seen()).isEmpty();
        } finally {
            log.close();
        }
        assertThat(log.text())
                .contains("INFO Endpoint formflow is disabled by hookseal.endpoints.formflow.enabled: it answers 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lease=2d", "tolerence=5m", "repeat-window=5m", "replay-window=72", "enabled=no"})
    void stillFailsTheStartForAnotherSettingThatIsWrong(String property) {
        String key = "hookseal.endpoints.formflow." + property.replaceAll("=.*", "");

        // with a secret, since the one of an endpoint that is not disabled has to be there
        assertThatThrownBy(() -> start(Map.of(
                        "hookseal.endpoints.formflow.secret", Server.SECRET, key, property.replaceAll(".*=", ""))))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining(key);
    }
}
