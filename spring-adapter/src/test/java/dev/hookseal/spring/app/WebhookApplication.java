package dev.hookseal.spring.app;

import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
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
        DeliveryStore store = new InMemoryDeliveryStore(clock);
        return new DeliveryStore() {
            @Override
            public DeliveryClaim claim(DeliveryKey key, Duration lease) {
                if (key.value().startsWith("unavailable:")) {
                    throw new IllegalStateException("the store is down");
                }
                return store.claim(key, lease);
            }

            @Override
            public boolean complete(DeliveryKey key, UUID token) {
                return store.complete(key, token);
            }

            @Override
            public boolean release(DeliveryKey key, UUID token) {
                return store.release(key, token);
            }
        };
    }

    @Bean
    AcmeProvider acmeProvider() {
        return new AcmeProvider();
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
