package dev.hookseal.spring.app;

import dev.hookseal.fixture.BrokenStore;
import dev.hookseal.fixture.CustomProvider;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The application that the tests send deliveries to. Its clock stands still a second after the events. */
@SpringBootApplication
public class WebhookApplication {

    @Bean
    Clock clock() {
        return Clock.fixed(Instant.parse("2023-10-28T12:00:01Z"), ZoneOffset.UTC);
    }

    /** One that cannot answer for the endpoint {@code unavailable}. */
    @Bean
    DeliveryStore deliveryStore(Clock clock) {
        return BrokenStore.atEndpoint("unavailable", new InMemoryDeliveryStore(clock));
    }

    @Bean
    CustomProvider acmeProvider() {
        return new CustomProvider();
    }

    @Bean
    Calls calls() {
        return new Calls();
    }

    @Bean
    Outcomes outcomes() {
        return new Outcomes();
    }
}
