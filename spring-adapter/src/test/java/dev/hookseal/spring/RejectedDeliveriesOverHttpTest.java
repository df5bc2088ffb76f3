package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.spring.app.Sender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an operator sees of an application that is set up, and of the deliveries that it rejects. */
class RejectedDeliveriesOverHttpTest {
    @TempDir
    private Path folder;

    private final List<CapturedLog> logs = new ArrayList<>();
    private ConfigurableApplicationContext application;
    private Sender sender;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Handler.class)
    static class Application {}

    @RestController
    static class Handler {
        @WebhookEndpoint("formflow")
        @PostMapping("/hooks")
        void received(FormFlowEvent event) {}
    }

    @BeforeEach
    void start() {
        application = new SpringApplicationBuilder(Application.class)
                // not before Boot has set up its logging
                .initializers(context -> logs.add(CapturedLog.ofHookseal()))
                .run(
                        "--spring.config.location=classpath:auto-configuration.yaml",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--hookseal.endpoints.formflow.secrets.extracted=" + Delivery.FORMFLOW_SECRET,
                        "--hookseal.endpoints.formflow.secrets.export=" + Delivery.FORMFLOW_SECRET,
                        "--hookseal.endpoints.formflow.max-body-size=4KB",
                        "--hookseal.rejected.keep=" + folder.resolve("rejected"),
                        "--hookseal.rejected.max-deliveries=2",
                        "--hookseal.rejected.max-size=128KB");
        sender = new Sender(application.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    @AfterEach
    void stop() {
        application.close();
        logs.forEach(CapturedLog::close);
    }

    @Test
    void keepsARejectedDeliveryInTheFormThatTheCommandExplains() {
        Delivery forged = Delivery.formFlow("forged", "extracted", "a guess");

        assertThat(sender.send("/hooks", forged).statusCode()).isEqualTo(401);

        assertThat(kept("0001.body")).hasBinaryContent(forged.bytes());
        assertThat(kept("0001.headers"))
                .content()
                .contains(
                        "Hookseal-Received: ",
                        "Hookseal-Provider: formflow",
                        "Hookseal-Endpoint: formflow",
                        "Hookseal-Reason: signature-mismatch")
                .containsIgnoringCase("X-Webhook-Signature: " + forged.signature());
    }

    @Test
    void keepsAsManyAsAreConfigured() {
        for (int i = 0; i < 3; i++) {
            sender.send("/hooks", Delivery.formFlow("forged-" + i, "extracted", "a guess"));
        }

        assertThat(folder.resolve("rejected"))
                .isDirectoryNotContaining("glob:**0001.*")
                .isDirectoryContaining("glob:**0003.body");
    }

    @Test
    void namesTheLimitThatABodyExceeds() {
        assertThat(sender.send("/hooks", Delivery.formFlow("x".repeat(5000))).statusCode())
                .isEqualTo(413);

        assertThat(log())
                .containsOnlyOnce("Rejected a delivery at formflow: body-too-large (the limit is 4096 bytes:"
                        + " hookseal.endpoints.formflow.max-body-size)");
        assertThat(kept("0001.headers")).content().contains("Hookseal-Body: incomplete");
    }

    @Test
    void warnsOnceOfTheEventsWithoutASecret() {
        assertThat(log())
                .containsOnlyOnce("has no secret for these events")
                .contains("Endpoint formflow has no secret for these events of formflow, and answers them with 401:"
                        + " error-export, error-pre-processing, error-processing, validation-success. Set"
                        + " hookseal.endpoints.formflow.secrets.<event>");
    }

    private Path kept(String name) {
        return folder.resolve("rejected").resolve(name);
    }

    private String log() {
        return logs.get(0).text();
    }
}
