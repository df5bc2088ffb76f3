package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.spring.app.Sender;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** An endpoint with {@code enabled: false} in a real server. */
class DisabledEndpointTest {

    @RestController
    static class Handlers {
        final List<String> seen = new CopyOnWriteArrayList<>();

        @WebhookEndpoint("formflow")
        @PostMapping("/hooks/formflow")
        void received(FormFlowEvent event) {
            seen.add(event.eventId());
        }

        @WebhookEndpoint(value = "exports", events = "export")
        @PostMapping("/hooks/exports")
        void exported(FormFlowEvent event) {
            seen.add(event.eventId());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Handlers.class)
    static class Application {
        final List<DeliveryOutcome> outcomes = new CopyOnWriteArrayList<>();

        @Bean
        DeliveryObserver observer() {
            return outcomes::add;
        }
    }

    private static ConfigurableApplicationContext start(String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.location=classpath:auto-configuration.yaml",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--hookseal.endpoints.exports.provider=formflow",
                "--hookseal.endpoints.exports.replay-window=3650d",
                "--hookseal.endpoints.exports.secrets.export=" + Delivery.FORMFLOW_SECRET,
                "--hookseal.endpoints.formflow.secret=${NOT_THERE}",
                "--hookseal.endpoints.formflow.enabled=false"));
        arguments.addAll(List.of(properties));
        return new SpringApplicationBuilder(Application.class).run(arguments.toArray(String[]::new));
    }

    private static Sender sender(ConfigurableApplicationContext context) {
        return new Sender(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    @Test
    void answers404ToEveryRequestAndCallsNoHandler() {
        try (ConfigurableApplicationContext context = start()) {
            Sender sender = sender(context);

            HttpResponse<String> delivery = sender.send("/hooks/formflow", Delivery.formFlow("disabled"));
            assertThat(delivery.statusCode()).isEqualTo(404);
            assertThat(delivery.body()).isEqualTo("{\"title\":\"Not Found\",\"status\":404}");
            assertThat(sender.send("/hooks/formflow", Delivery.formFlow(Delivery.FORMFLOW_SECRET, "x".repeat(500_000)))
                            .statusCode())
                    .isEqualTo(404);
            for (String method : List.of("GET", "PUT", "DELETE", "OPTIONS")) {
                assertThat(sender.send(method, "/hooks/formflow", "text/plain", "")
                                .statusCode())
                        .as(method)
                        .isEqualTo(404);
            }
            assertThat(sender.send("POST", "/hooks/formflow", "multipart/form-data; boundary=b", "--b--")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(context.getBean(Handlers.class).seen).isEmpty();
            assertThat(context.getBean(Application.class).outcomes).isEmpty();
        }
    }

    @Test
    void leavesOtherEndpointsAsTheyAre() {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(sender(context)
                            .send("/hooks/exports", Delivery.formFlow("e1", "export", Delivery.FORMFLOW_SECRET))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(context.getBean(Handlers.class).seen).containsExactly("e1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exports.enabled=false", "exports.enabled=FALSE"})
    void disablesAnEndpointWhoseHandlerNamesEvents(String property) {
        try (ConfigurableApplicationContext context = start("--hookseal.endpoints." + property)) {
            assertThat(sender(context)
                            .send("/hooks/exports", Delivery.formFlow("e1", "export", Delivery.FORMFLOW_SECRET))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lease=2d", "tolerence=5m", "repeat-window=5m", "replay-window=72", "enabled=no"})
    void stillFailsTheStartForAnotherSettingThatIsWrong(String property) {
        assertThatThrownBy(() -> start("--hookseal.endpoints.formflow." + property))
                .hasStackTraceContaining("hookseal.endpoints.formflow." + property.replaceAll("=.*", ""));
    }
}
