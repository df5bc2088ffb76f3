package dev.hookseal.received;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hookseal.fixture.MovedClock;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.receive.AdmittedDelivery;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.fake.FakeProvider;
import dev.hookseal.testkit.fake.RetrySchedule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fakes of Slack, Square and Discord, which deliver over HTTP to core's receiver. */
class FakesTest {
    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private HttpServer server;

    static List<ProviderKit> kits() {
        return KitsTest.kits();
    }

    static Stream<Arguments> samples() {
        return KitsTest.samples();
    }

    static Stream<Arguments> handshakes() {
        return KitsTest.handshakes();
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private FakeProvider fake(ProviderKit kit) {
        FakeProvider fake = FakeProvider.builder(kit)
                .clock(clock)
                .waiting(clock::advance)
                // the provider's own, in real time, is not what is tested here
                .answerTimeout(Duration.ofSeconds(30))
                .redelivery(RetrySchedule.after(Duration.ofHours(1)))
                .build();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/in");
        receive(kit.provider(), fake, url);
        fake.deliverTo(URI.create(url + "?tenant=a%2Fb"));
        return fake;
    }

    private <E> void receive(WebhookProvider<E> provider, FakeProvider fake, URI url) {
        EndpointSettings.Builder settings = EndpointSettings.builder(provider.name())
                .secrets(fake.secrets())
                .clock(clock);
        if (provider.settings().contains(EndpointSettings.PUBLIC_URL)) {
            settings.set(EndpointSettings.PUBLIC_URL, url);
        }
        WebhookReceiver<E> receiver = WebhookReceiver.of(provider, settings.build());
        server.createContext("/in", exchange -> {
            Decision<E> decision = receiver.receive(WebhookRequest.of(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawQuery(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(status(decision), -1);
            exchange.close();
        });
    }

    private <E> int status(Decision<E> decision) {
        if (decision instanceof Decision.Answered<E> answered) {
            return answered.response().status();
        }
        AdmittedDelivery<E> admitted = ((Decision.Admitted<E>) decision).delivery();
        int status = failures.getAndDecrement() > 0 ? 500 : 204;
        if (status == 204) {
            handled.add(admitted.webhook().eventName());
        }
        admitted.answered(status);
        return status;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void deliversASample(ProviderKit kit, String name) {
        fake(kit).deliver(name).assertAcknowledgedAtOnce();

        assertThat(handled).containsExactly(name);
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void sendsAHandshake(ProviderKit kit, String name) {
        fake(kit).deliver(name).assertAcknowledgedAtOnce();

        assertThat(handled).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void redeliversASampleUntilItIsHandled(ProviderKit kit, String name) {
        failures.set(1);

        fake(kit).deliver(name).assertHandledOnce(handled::size);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void deliversForgeriesThatAreRejected(ProviderKit kit, String name) {
        FakeProvider fake = fake(kit);

        for (Forgery forgery : List.of(Forgery.UNSIGNED, Forgery.WRONG_SECRET, Forgery.TAMPERED_BODY)) {
            fake.deliverForged(fake.sample(name), forgery).assertRejected();
        }
        assertThat(handled).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kits")
    void givesAnApplicationWhatItIsConfiguredWith(ProviderKit kit) {
        String name = kit.provider().name();

        assertThat(FakeProvider.of(name).properties("in"))
                .containsEntry("hookseal.endpoints.in.provider", name)
                .hasEntrySatisfying(
                        "hookseal.endpoints.in.secret",
                        secret -> assertThat(secret).matches("[0-9a-f]{32}|[0-9a-f]{64}"));
    }
}
