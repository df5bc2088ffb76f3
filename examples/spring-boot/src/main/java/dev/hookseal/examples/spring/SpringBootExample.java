package dev.hookseal.examples.spring;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Receives the webhooks of Extracta LABS and of FormFlow. */
@SpringBootApplication
public class SpringBootExample {

    /** Starts it, on 127.0.0.1 and the port in {@code PORT}. */
    public static void main(String[] args) {
        SpringApplication.run(SpringBootExample.class, args);
    }

    // A provider has no session and no CSRF token: its signature is its credential, and Hookseal checks it.
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.ignoringRequestMatchers("/webhooks/**"))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/webhooks/**")
                        .permitAll()
                        // or else a 405 or 500 of the application would reach the sender as a 403
                        .dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }
}
