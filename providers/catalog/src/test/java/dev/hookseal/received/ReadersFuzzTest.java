package dev.hookseal.received;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import dev.hookseal.fixture.MovedClock;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Handshake;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.SampleEvent;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No body gives anything but an event or a rejection with 400, and every event has JSON that is valid. */
class ReadersFuzzTest {
    private static final int BODIES = 1_000;
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "null",
            "1e400",
            "-",
            "\\ud800",
            "\\u0000",
            "%",
            "%00",
            "%FF",
            "+",
            "&",
            "=",
            "payload=",
            "command=",
            "\"type\":1",
            "\"event\":{}",
            "\u00e9",
            "\0",
            " ");

    static List<ProviderKit> kits() {
        return KitsTest.kits();
    }

    @ParameterizedTest
    @MethodSource("kits")
    void readsOrRejects(ProviderKit kit) throws Exception {
        Random random = new Random(19);
        EndpointSettings settings = EndpointSettings.builder("fuzz")
                .secret(SigningSecret.ofUtf8("any"))
                .build();
        Handshake handshake = kit.provider().handshake(settings).orElse(null);
        int read = 0;
        byte[] facts = factsOf(kit, kit.samples().get(0).name());
        for (SampleEvent sample : kit.samples()) {
            for (int i = 0; i < BODIES; i++) {
                byte[] body = mutated(sample.body().getBytes(UTF_8), random);
                SignedContent content = SignedContent.ofStored(stored(facts, body));
                try {
                    if (handshake == null || handshake.verified(content, text -> new byte[0]) == null) {
                        check(
                                kit.provider().read(content, settings),
                                kit.provider().read(content, settings));
                        read++;
                    }
                } catch (WebhookRejectedException e) {
                    assertThat(e.reason())
                            .as(new String(body, UTF_8))
                            .isIn(RejectionReason.PAYLOAD_MALFORMED, RejectionReason.PAYLOAD_UNEXPECTED);
                }
            }
        }
        assertThat(read).isGreaterThan(BODIES / 10);
    }

    private static void check(ReadEvent<?> first, ReadEvent<?> second) {
        WebhookEvent event = (WebhookEvent) first.event();
        assertThat(JsonData.of(event.toJson().json())).isEqualTo(event.toJson());
        assertThat(event.toJson().asMap()).isNotNull();
        assertThat(first).isEqualTo(second);
    }

    private static byte[] mutated(byte[] body, Random random) {
        byte[] mutated = body;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int from = random.nextInt(mutated.length + 1);
            int to = Math.min(mutated.length, from + random.nextInt(4));
            byte[] piece = random.nextInt(3) == 0
                    ? new byte[] {(byte) random.nextInt(256)}
                    : PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(mutated, 0, from);
            out.writeBytes(random.nextInt(4) == 0 ? new byte[0] : piece);
            out.write(mutated, to, mutated.length - to);
            mutated = out.toByteArray();
        }
        return mutated;
    }

    /** Returns all of a stored delivery but its body, so that nothing has to be signed. */
    private static byte[] factsOf(ProviderKit kit, String sample) {
        MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));
        Received<?> received = Received.by(kit, clock);
        received.outcome(FakeEvent.sample(kit, sample)
                .to(Received.PUBLIC_URL)
                .at(clock)
                .signedWith(kit.newSecret(Received.SEED).signing()));
        byte[] stored = received.last().signedContent().toStored();
        return Arrays.copyOf(stored, 1 + Integer.BYTES + ByteBuffer.wrap(stored).getInt(1));
    }

    private static byte[] stored(byte[] facts, byte[] body) {
        byte[] stored = Arrays.copyOf(facts, facts.length + body.length);
        System.arraycopy(body, 0, stored, facts.length, body.length);
        return stored;
    }
}
