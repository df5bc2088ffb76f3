package dev.hookseal.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hookseal.acme.AcmeEvent;
import dev.hookseal.acme.AcmeKit;
import dev.hookseal.acme.AcmeProvider;
import dev.hookseal.fixture.MovedClock;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.Forgery;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fake of a provider that no class of the testkit knows. */
class FakeProviderTest {
    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final FakeProvider acme = FakeProvider.builder(new AcmeKit())
            .clock(clock)
            .waiting(clock::advance)
            .redelivery(RetrySchedule.after(Duration.ofHours(1)))
            .build();
    private final AtomicInteger failures = new AtomicInteger();
    private final Receiver<AcmeEvent> receiver =
            Receiver.verifying(new AcmeProvider(), acme.secrets(), clock, event -> {
                if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("as told");
                }
            });

    @BeforeEach
    void deliverToTheReceiver() {
        acme.deliverTo(receiver.url());
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void deliversSamplesWithTheirOwnIds() {
        acme.deliver("order.paid").assertAcknowledgedAtOnce();
        acme.deliver("order.paid").assertAcknowledgedAtOnce();

        assertThat(receiver.handled())
                .extracting(webhook -> webhook.event().id())
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void signsARedeliveryAgainSinceItsTimeIsChecked() {
        failures.set(1);

        acme.deliver("order.paid").assertHandledOnce(() -> receiver.handled().size());

        assertThat(receiver.requests())
                .extracting(request -> request.headers("Acme-Signature").get(0))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void handlesARepeatOnce() {
        FakeEvent<?> event = acme.sample("order.paid");

        acme.deliverTwice(event).assertHandledOnce(() -> receiver.handled().size());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SECRET_OF_ANOTHER_EVENT")
    void deliversForgeriesThatAReceiverRejects(Forgery forgery) {
        acme.deliverForged(acme.sample("order.paid"), forgery).assertRejected();

        assertThat(receiver.handled()).isEmpty();
    }

    @Test
    void givesAnApplicationItsSecret() {
        assertThat(acme.properties("orders"))
                .containsEntry("hookseal.endpoints.orders.provider", "acme")
                .containsEntry(
                        "hookseal.endpoints.orders.secret",
                        new String(acme.secrets().secretsFor("").get(0).exposeSecretBytes(), StandardCharsets.UTF_8));
        assertThat(acme.toString() + acme.deliver("order.paid"))
                .doesNotContain(acme.properties("orders").get("hookseal.endpoints.orders.secret"));
    }

    @Test
    void saysWhatItCannotDeliver() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> acme.deliver(FakeEvent.sample("formflow", "export")))
                .withMessageContaining("an event of formflow, and this provider is acme");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> acme.deliver("order.lost"))
                .withMessageContaining("order.paid, order.refunded");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeProvider.of("emca"))
                .withMessageContaining("\"emca\"");
        assertThatIllegalStateException()
                .isThrownBy(() -> FakeProvider.of("acme").deliver("order.paid"))
                .withMessageContaining("deliverTo(url)");
    }

    @Test
    void forgetsWhatATestDid() {
        URI before = receiver.url();
        Runnable restore = acme.checkpoint();
        acme.deliver("order.paid");
        acme.deliverTo(URI.create("http://127.0.0.1:1/"));
        restore.run();

        assertThat(acme.deliveries().all()).isEmpty();
        assertThat(acme).hasToString("FakeProvider[acme, " + before + "]");
        assertThat(acme.sample("order.paid").body())
                .isEqualTo(FakeProvider.of("acme").sample("order.paid").body());
    }
}
