package dev.hookseal.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.WebhookListener;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.spring.app.Sender;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring Security's protection against CSRF takes a webhook for a forged form, unless it is told otherwise. */
@SpringBootTest(
        classes = SpringSecurityTest.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=security",
            "hookseal.store.type=memory",
            "server.address=127.0.0.1",
            "hookseal.endpoints.formflow.secret=" + Delivery.FORMFLOW_SECRET,
            "hookseal.endpoints.later.provider=formflow",
            "hookseal.endpoints.later.path=/hooks/later",
            "hookseal.endpoints.later.secret=" + Delivery.FORMFLOW_SECRET
        })
class SpringSecurityTest {
    private Sender sender;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Application {
        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2023-10-28T12:00:01Z"), ZoneOffset.UTC);
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/hooks/**", "/protected/**")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .csrf(csrf -> csrf.ignoringRequestMatchers("/hooks/**"))
                    .build();
        }

        @WebhookEndpoint("formflow")
        @PostMapping({"/hooks/formflow", "/protected/formflow"})
        String received(FormFlowEvent event) {
            return "called";
        }

        @WebhookListener("later")
        void later(FormFlowEvent event) {}
    }

    @BeforeEach
    void connect(@Value("${local.server.port}") int port) {
        sender = new Sender(port);
    }

    @Test
    void rejectsAGenuineDeliveryWhereTheEndpointIsNotIgnored() {
        assertThat(sender.send("/protected/formflow", Delivery.formFlow("csrf")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void leavesItToTheSignatureWhereTheEndpointIsIgnored() {
        assertThat(sender.send("/hooks/formflow", Delivery.formFlow("ignored")).body())
                .isEqualTo("called");
        assertThat(sender.send("/hooks/formflow", Delivery.formFlow("forged", "extracted", "a guess"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void leavesThePathOfAListenerToTheSignatureToo() {
        assertThat(sender.send("/hooks/later", Delivery.formFlow("later")).statusCode())
                .isEqualTo(202);
        assertThat(sender.send("/hooks/later", Delivery.formFlow("forged", "extracted", "a guess"))
                        .statusCode())
                .isEqualTo(401);
    }
}
