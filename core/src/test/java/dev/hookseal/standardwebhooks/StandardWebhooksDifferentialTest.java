package dev.hookseal.standardwebhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.FullBuild;
import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Requests.Header;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SigningSecret;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Against the libraries of the specification and of Svix, which both sign and judge: genuine deliveries, and deliveries that
 * are tampered with in one place. Every disagreement has a name.
 */
class StandardWebhooksDifferentialTest {
    private static final int DELIVERIES = FullBuild.cases(10_000);
    private static final int SEED = 18;

    enum Peer {
        STANDARD_WEBHOOKS("webhook-") {
            @Override
            String sign(String secret, String id, long seconds, String body) throws Exception {
                return new com.standardwebhooks.Webhook(secret).sign(id, seconds, body);
            }

            @Override
            boolean accepts(String secret, String body, HttpHeaders headers) {
                try {
                    new com.standardwebhooks.Webhook(secret).verify(body, headers);
                    return true;
                } catch (Exception e) {
                    return false;
                }
            }
        },
        SVIX("svix-") {
            @Override
            String sign(String secret, String id, long seconds, String body) throws Exception {
                return new com.svix.Webhook(secret).sign(id, seconds, body);
            }

            @Override
            boolean accepts(String secret, String body, HttpHeaders headers) {
                try {
                    new com.svix.Webhook(secret).verify(body, headers);
                    return true;
                } catch (Exception e) {
                    return false;
                }
            }
        };

        final String prefix;

        Peer(String prefix) {
            this.prefix = prefix;
        }

        abstract String sign(String secret, String id, long seconds, String body) throws Exception;

        abstract boolean accepts(String secret, String body, HttpHeaders headers);
    }

    /** Why the two may differ. */
    enum Disagreement {
        /** The library splits the message at its first full stop alone; here such an id is rejected. */
        ID_WITH_A_FULL_STOP,
        /** The library signs the number that it parsed, with leading zeros gone; here the text is signed, and has none. */
        TIMESTAMP_SPELT_OTHERWISE,
        /** The library does not read the body; here it has to be JSON. */
        BODY_NOT_JSON
    }

    @ParameterizedTest
    @EnumSource
    void judgesAsTheLibraryDoes(Peer peer) throws Exception {
        Random random = new Random(SEED);
        Map<Disagreement, Integer> disagreements = new EnumMap<>(Disagreement.class);
        int accepted = 0;
        for (int i = 0; i < DELIVERIES; i++) {
            Case delivery = Case.of(random, peer);
            boolean theirs = peer.accepts(delivery.secret, delivery.body, delivery.httpHeaders());
            boolean ours = accepts(delivery);
            accepted += ours ? 1 : 0;
            if (theirs != ours) {
                Disagreement why = delivery.disagreement();
                assertThat(why)
                        .as("delivery %d of seed %d: %s, theirs %s: %s", i, SEED, peer, theirs, delivery)
                        .isNotNull();
                assertThat(ours).as("%s is stricter here", why).isFalse();
                disagreements.merge(why, 1, Integer::sum);
            }
        }
        System.out.printf(
                "%s: %d deliveries of seed %d, %d accepted, disagreements %s%n",
                peer, DELIVERIES, SEED, accepted, disagreements);
        assertThat(accepted).isBetween(DELIVERIES / 5, DELIVERIES * 4 / 5);
    }

    private static boolean accepts(Case delivery) {
        List<Header> headers = new ArrayList<>();
        delivery.headers.forEach((name, value) -> headers.add(new Header(name, value)));
        try {
            WebhookVerifier.of(
                            new StandardWebhooksProvider(),
                            EndpointSettings.builder("messages")
                                    .secret(SigningSecret.ofUtf8(delivery.secret))
                                    .build())
                    .verify(Requests.post(headers, delivery.body.getBytes(UTF_8)));
            return true;
        } catch (WebhookRejectedException e) {
            return false;
        }
    }

    private static final class Case {
        final String secret;
        final Map<String, String> headers = new LinkedHashMap<>();
        final String prefix;
        String body;

        private Case(String secret, String prefix, String body) {
            this.secret = secret;
            this.prefix = prefix;
            this.body = body;
        }

        static Case of(Random random, Peer peer) throws Exception {
            byte[] key = new byte[24 + random.nextInt(41)];
            random.nextBytes(key);
            String secret =
                    (random.nextBoolean() ? "whsec_" : "") + Base64.getEncoder().encodeToString(key);
            Case made = new Case(secret, peer.prefix, body(random));
            String id = random.nextInt(40) == 0 ? "msg.1" : "msg_" + random.nextInt(1_000_000);
            // not near the edges: the library looks at the system's clock itself
            long seconds = Instant.now().getEpochSecond()
                    + IntStream.of(0, -290, 290, -310, 310)
                            .toArray()[random.nextInt(8) < 6 ? 0 : 1 + random.nextInt(4)];
            made.headers.put(peer.prefix + "id", id);
            made.headers.put(peer.prefix + "timestamp", Long.toString(seconds));
            made.headers.put(peer.prefix + "signature", peer.sign(secret, id, seconds, made.body));
            made.tamper(random);
            return made;
        }

        private static String body(Random random) {
            return switch (random.nextInt(20)) {
                case 0 -> "not JSON";
                case 1 -> "";
                case 2 -> "[]";
                default ->
                    "{\"type\":\"a." + random.nextInt(9) + "\",\"data\":{\"n\":" + random.nextInt()
                            + ",\"s\":\"\u00e9\ud83d\ude00\"}}";
            };
        }

        private void tamper(Random random) {
            String signature = headers.get(prefix + "signature");
            switch (random.nextInt(18)) {
                case 0 -> body = body + " ";
                case 1 -> headers.put(prefix + "id", headers.get(prefix + "id") + "0");
                case 2 -> headers.put(prefix + "timestamp", headers.get(prefix + "timestamp") + "0");
                case 3 -> headers.put(prefix + "timestamp", "0" + headers.get(prefix + "timestamp"));
                case 4 -> headers.put(prefix + "timestamp", headers.get(prefix + "timestamp") + "x");
                case 5 -> headers.put(prefix + "signature", "v1,AAAA " + signature);
                case 6 -> headers.put(prefix + "signature", signature + " v2,BBBB");
                case 7 -> headers.put(prefix + "signature", signature.replace("=", ""));
                case 8 -> headers.put(prefix + "signature", signature.substring(3));
                case 9 -> headers.put(prefix + "signature", "v1a," + signature.substring(3));
                case 10 -> headers.put(prefix + "signature", signature.replace("v1,", "v1, "));
                case 11 ->
                    headers.remove(
                            prefix + List.of("id", "timestamp", "signature").get(random.nextInt(3)));
                case 12 -> headers.put(prefix + "signature", flipped(signature, random));
                default -> {}
            }
        }

        private static String flipped(String signature, Random random) {
            int at = 3 + random.nextInt(signature.length() - 3);
            char c = signature.charAt(at) == 'A' ? 'B' : 'A';
            return signature.substring(0, at) + c + signature.substring(at + 1);
        }

        HttpHeaders httpHeaders() {
            Map<String, List<String>> all = new LinkedHashMap<>();
            headers.forEach((name, value) -> all.put(name, List.of(value)));
            return HttpHeaders.of(all, (name, value) -> true);
        }

        @Nullable
        Disagreement disagreement() {
            String id = headers.getOrDefault(prefix + "id", "");
            String timestamp = headers.getOrDefault(prefix + "timestamp", "");
            if (id.contains(".")) {
                return Disagreement.ID_WITH_A_FULL_STOP;
            }
            if (timestamp.startsWith("0")) {
                return Disagreement.TIMESTAMP_SPELT_OTHERWISE;
            }
            if (!body.startsWith("{") && !body.startsWith("[")) {
                return Disagreement.BODY_NOT_JSON;
            }
            return null;
        }

        @Override
        public String toString() {
            return headers + " " + body;
        }
    }
}
