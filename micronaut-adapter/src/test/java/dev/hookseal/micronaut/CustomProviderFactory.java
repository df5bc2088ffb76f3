package dev.hookseal.micronaut;

import dev.hookseal.fixture.CustomProvider;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;

/** Provides a custom provider as a bean. Its event is what no event should be, a class that Micronaut can make. */
@Factory
@Requires(property = "acme")
@Introspected(classes = CustomProvider.Event.class)
final class CustomProviderFactory {
    @Singleton
    CustomProvider customProvider() {
        return new CustomProvider();
    }
}
