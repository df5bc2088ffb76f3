package dev.hookseal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.SampleEvent;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookProviders;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.Forgeries;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.fake.FakeProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each kit whose provider signs the whole body. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class KitRules {
    private static final Set<Forgery> OF_A_BODY = EnumSet.of(
            Forgery.UNSIGNED,
            Forgery.WRONG_SECRET,
            Forgery.TAMPERED_BODY,
            Forgery.TRUNCATED,
            Forgery.REWRITTEN,
            Forgery.DOUBLED_SIGNATURE,
            Forgery.OVERSIZED);

    // an oversized body is signed: a small limit makes it a quick test
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final ProviderKit kit;
    private final Set<Forgery> ofItsTime;

    protected KitRules(ProviderKit kit, Set<Forgery> ofItsTime) {
        this.kit = kit;
        this.ofItsTime = ofItsTime;
    }

    Stream<String> names() {
        return kit.samples().stream().map(SampleEvent::name);
    }

    private TestSecret secret() {
        return kit.newSecret("any");
    }

    private FakeSampleEvent<?> sample(String name) {
        return FakeEvent.sample(kit, name);
    }

    private SignedDelivery genuine(String name) {
        return sample(name).signedWith(secret().signing());
    }

    private static <E> WebhookReceiver<E> receiver(WebhookProvider<E> provider, SecretSource secrets, Clock clock) {
        return WebhookReceiver.of(
                provider,
                EndpointSettings.builder(provider.name())
                        .secrets(secrets)
                        .clock(clock)
                        .maxBodyBytes(MAX_BODY_BYTES)
                        .build());
    }

    private static <E> int status(WebhookReceiver<E> receiver, WebhookRequest request, List<String> handled) {
        Decision<E> decision = receiver.receive(request);
        if (decision instanceof Decision.Admitted<E> admitted) {
            handled.add(admitted.delivery().webhook().eventName());
            admitted.delivery().answered(204);
            return 204;
        }
        return ((Decision.Answered<E>) decision).response().status();
    }

    @Test
    void isFoundByTheNameOfItsProvider() {
        assertThat(WebhookProviders.kit(kit.provider().name()))
                .get()
                .extracting(Object::getClass)
                .isEqualTo(kit.getClass());
        assertThat(WebhookProviders.load())
                .extracting(WebhookProvider::name)
                .contains(kit.provider().name());
    }

    @Test
    void hasSeveralSamples() {
        assertThat(names()).hasSizeGreaterThan(2).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("names")
    void makesTheProofOfASample(String name) {
        VerifiedWebhook<?> verified = sample(name).verified();

        assertThat(verified.eventName()).isEqualTo(name);
        assertThat(verified.unexpectedMembers()).isEmpty();
        assertThat(sample(name).withName("not.documented").verified().eventName())
                .isEqualTo("not.documented");
    }

    @ParameterizedTest
    @MethodSource("names")
    void hasEachForgeryRejected(String name) throws Exception {
        WebhookReceiver<?> receiver = receiver(
                kit.provider(), SecretSource.of(SigningSecret.ofUtf8(secret().configured())), Clock.systemUTC());

        Forgeries.of(genuine(name))
                .withMaxBodyBytes(MAX_BODY_BYTES)
                .assertRejectedBy(delivery -> status(receiver, delivery.toWebhookRequest(), new ArrayList<>()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void makesEachForgeryThatApplies(String name) {
        Set<Forgery> applicable = EnumSet.copyOf(OF_A_BODY);
        applicable.addAll(ofItsTime);

        assertThat(Forgeries.of(genuine(name)).withMaxBodyBytes(MAX_BODY_BYTES).byForgery())
                .containsOnlyKeys(applicable);
    }

    @Test
    void hasTheSameSecretForTheSameSeed() {
        assertThat(kit.newSecret("one")).isEqualTo(kit.newSecret("one"));
        assertThat(kit.newSecret("two").configured())
                .isNotEqualTo(kit.newSecret("one").configured());
    }

    @ParameterizedTest
    @MethodSource("names")
    void givesAnEqualWebhookAfterTheSecretIsRetired(String name) throws Exception {
        SampleEvent sample = kit.samples().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        givesAnEqualWebhook(kit.provider(), sample);
    }

    private <E> void givesAnEqualWebhook(WebhookProvider<E> provider, SampleEvent sample) throws Exception {
        Instant now = Instant.parse("2026-11-30T09:00:00.123456789Z");
        Map<String, List<String>> headers = new LinkedHashMap<>();
        byte[] body = sample.body().getBytes(UTF_8);
        kit.sign(new UnsignedDelivery("POST", "", sample.name(), "d-1", now, body), secret().signing())
                .forEach((header, value) -> headers.put(header, List.of(value)));
        VerifiedWebhook<E> verified = WebhookVerifier.of(
                        provider,
                        EndpointSettings.builder("stored")
                                .secret(SigningSecret.ofUtf8(secret().configured()))
                                .clock(Clock.fixed(now, ZoneOffset.UTC))
                                .build())
                .verify(WebhookRequest.of("POST", headers, body));
        byte[] stored = verified.signedContent().toStored();

        // a year later, in another process, with another secret
        VerifiedWebhook<E> restored = WebhookReceiver.of(
                        provider,
                        EndpointSettings.builder("stored")
                                .secret(SigningSecret.ofUtf8(
                                        kit.newSecret("new").configured()))
                                .clock(Clock.fixed(now.plus(Duration.ofDays(365)), ZoneOffset.UTC))
                                .build())
                .restore(SignedContent.ofStored(stored));

        assertThat(restored).isEqualTo(verified);
        assertThat(restored.event()).isEqualTo(verified.event()).hasSameHashCodeAs(verified.event());
        assertThat(restored.unsignedHeaders()).isEqualTo(verified.unsignedHeaders());
        assertThat(restored.signedBytes()).isEqualTo(body);
        assertThat(restored.deliveryKey()).isEqualTo(verified.deliveryKey());
        assertThat(new String(stored, UTF_8)).doesNotContain(secret().configured());
    }

    @Test
    void itsFakeDeliversOverHttp() throws Exception {
        FakeProvider fake = FakeProvider.of(kit);
        List<String> handled = new ArrayList<>();
        WebhookReceiver<?> receiver = receiver(kit.provider(), fake.secrets(), Clock.systemUTC());
        HttpServer server = server(receiver, handled);
        try {
            fake.deliverTo(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks"));
            for (String name : names().toList()) {
                fake.deliver(name).assertAcknowledgedAtOnce();
                for (Forgery forgery : List.of(Forgery.UNSIGNED, Forgery.WRONG_SECRET, Forgery.TAMPERED_BODY)) {
                    fake.deliverForged(fake.sample(name), forgery).assertRejected();
                }
            }
            assertThat(handled).containsExactlyElementsOf(names().toList());
        } finally {
            server.stop(0);
        }
    }

    private static <E> HttpServer server(WebhookReceiver<E> receiver, List<String> handled) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/webhooks", exchange -> {
            WebhookRequest request = WebhookRequest.of(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(status(receiver, request, handled), -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
