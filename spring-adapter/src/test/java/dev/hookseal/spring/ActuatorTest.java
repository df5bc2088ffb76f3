package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.spring.app.OverHttp;
import dev.hookseal.spring.app.Sender;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;

/** Boot's own endpoints that print configuration, exposed and otherwise as Boot has them. */
@OverHttp
class ActuatorTest {
    private Sender sender;

    @BeforeEach
    void connect(@Value("${local.server.port}") int port) {
        sender = new Sender(port);
    }

    @Test
    void showsTheNamesOfTheSecrets() {
        assertThat(sender.send("GET", "/actuator/env", "application/json", "").body())
                .contains("hookseal.endpoints.formflow.secret", "******");
    }

    @ParameterizedTest
    @ValueSource(strings = {"configprops", "env"})
    void showsNoSecret(String endpoint) {
        HttpResponse<String> response = sender.send("GET", "/actuator/" + endpoint, "application/json", "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("whsec-", "E_AI_K_c0ffee", "acme-secret");
    }
}
