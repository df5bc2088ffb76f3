package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.spring.app.Delivery;
import dev.hookseal.spring.app.Sender;
import dev.hookseal.spring.app.WebhookApplication;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Boot's own switch for the meters of one prefix. */
@SpringBootTest(
        classes = WebhookApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "management.metrics.enable.hookseal=false")
class MetricsSwitchedOffTest {

    @Test
    void hasNoMetersOfHookseal(@Value("${local.server.port}") int port) {
        Sender sender = new Sender(port);

        assertThat(sender.send("/hooks/event", Delivery.formFlow("unmetered")).statusCode())
                .isEqualTo(200);

        assertThat(sender.send("GET", "/actuator/metrics", "application/json", "")
                        .body())
                .contains("jvm.memory.used")
                .doesNotContain("hookseal");
    }
}
