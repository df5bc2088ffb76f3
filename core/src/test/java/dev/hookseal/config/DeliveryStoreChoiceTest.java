package dev.hookseal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.fixture.BrokenStore;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which store is opened. */
class DeliveryStoreChoiceTest {
    private final List<String> opened = new ArrayList<>();

    private final class Offered implements OfferedStore {
        private final String type;
        private final DeliveryStore store = BrokenStore.always();

        Offered(String type) {
            this.type = type;
        }

        @Override
        public String type() {
            return type;
        }

        @Override
        public DeliveryStore open() {
            opened.add(type);
            return store;
        }
    }

    private final Offered jdbc = new Offered("jdbc");
    private final Offered redis = new Offered("redis");

    @Test
    void takesTheStoreInMemoryWhereNoModuleOffersOne() {
        assertThat(choose(Map.of(), List.of())).isInstanceOf(InMemoryDeliveryStore.class);
    }

    @Test
    void takesTheOnlyOneThatIsOffered() {
        assertThat(choose(Map.of(), List.of(jdbc))).isSameAs(jdbc.store);
    }

    @Test
    void opensTheNamedOneAlone() {
        assertThat(choose(Map.of("hookseal.store.type", "redis"), List.of(jdbc, redis)))
                .isSameAs(redis.store);
        assertThat(opened).containsExactly("redis");
    }

    @Test
    void takesTheStoreInMemoryIfItIsNamed() {
        assertThat(choose(Map.of("hookseal.store.type", "memory"), List.of(jdbc)))
                .isInstanceOf(InMemoryDeliveryStore.class);
        assertThat(opened).isEmpty();
    }

    @Test
    void rejectsSeveralOfWhichNoneIsNamed() {
        assertThatThrownBy(() -> choose(Map.of(), List.of(redis, jdbc)))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage(
                        "There are several stores for deliveries: jdbc, redis: set hookseal.store.type to one of them");
        assertThat(opened).isEmpty();
    }

    @Test
    void rejectsOneThatIsNotOffered() {
        assertThatThrownBy(() -> choose(Map.of("hookseal.store.type", "redis"), List.of(jdbc)))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith(
                        "hookseal.store.type is redis, and there is no such store: set it to one of memory, jdbc, or add");
    }

    private static DeliveryStore choose(Map<String, String> properties, List<Offered> offered) {
        return GlobalProperties.of(properties).deliveryStore(offered, Clock.systemUTC());
    }
}
