package dev.hookseal.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.MovedClock;
import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.testkit.Forgery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fakes of a provider that signs the URL and its time, and of one with a private key. */
class FakesOfCustomKitsTest {
    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final AtomicInteger failures = new AtomicInteger();

    static List<ProviderKit> kits() {
        return List.of(CustomKits.crm(), CustomKits.chat());
    }

    private FakeProvider fake(ProviderKit kit) {
        return FakeProvider.builder(kit)
                .clock(clock)
                .waiting(clock::advance)
                .redelivery(RetrySchedule.after(Duration.ofHours(1)))
                .build();
    }

    private Receiver<?> receiver(FakeProvider fake, ProviderKit kit) {
        Receiver<?> receiver = Receiver.verifying(kit.provider(), fake.secrets(), clock, event -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("as told");
            }
        });
        fake.deliverTo(receiver.url());
        return receiver;
    }

    @ParameterizedTest
    @MethodSource("kits")
    void deliversASample(ProviderKit kit) {
        FakeProvider fake = fake(kit);
        try (Receiver<?> receiver = receiver(fake, kit)) {
            fake.deliver("order.paid").assertAcknowledgedAtOnce();

            assertThat(receiver.handled())
                    .singleElement()
                    .satisfies(webhook -> assertThat(webhook.eventName()).isEqualTo("order.paid"));
        }
    }

    @ParameterizedTest
    @MethodSource("kits")
    void redeliversUntilItIsHandled(ProviderKit kit) {
        failures.set(1);
        FakeProvider fake = fake(kit);
        try (Receiver<?> receiver = receiver(fake, kit)) {
            fake.deliver("order.paid")
                    .assertHandledOnce(() -> receiver.handled().size());

            assertThat(receiver.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("kits")
    void deliversForgeriesThatAReceiverRejects(ProviderKit kit) {
        FakeProvider fake = fake(kit);
        try (Receiver<?> receiver = receiver(fake, kit)) {
            for (Forgery forgery : List.of(Forgery.UNSIGNED, Forgery.WRONG_SECRET, Forgery.TAMPERED_BODY)) {
                fake.deliverForged(fake.sample("order.paid"), forgery).assertRejected();
            }

            assertThat(receiver.handled()).isEmpty();
        }
    }

    @Test
    void givesAnApplicationThePublicKeyAndNotThePrivateOne() {
        ProviderKit chat = CustomKits.chat();
        FakeProvider fake = FakeProvider.of(chat);

        assertThat(fake.properties("chat"))
                .containsEntry("hookseal.endpoints.chat.provider", "chat")
                .hasEntrySatisfying(
                        "hookseal.endpoints.chat.secret",
                        key -> assertThat(key)
                                // the X.509 encoding of a public key of Ed25519
                                .startsWith("MCowBQYDK2VwAyEA"));
    }
}
