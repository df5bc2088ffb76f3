package dev.hookseal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hookseal.github.GitHubProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.shopify.ShopifyProvider;
import dev.hookseal.signature.SigningSecret;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Against Node's crypto, which both signs and judges as the provider's page does: genuine deliveries, and deliveries that are
 * tampered with in one place. Every disagreement has a name.
 */
@Tag("full")
class BodySignatureDifferentialTest {
    private static final int DELIVERIES = 20_000;
    private static final int SEED = 19;
    private static final Map<String, WebhookVerifier<?>> VERIFIERS = new HashMap<>();

    enum Peer {
        GITHUB("X-Hub-Signature-256", "sha256="),
        SHOPIFY("X-Shopify-Hmac-Sha256", "");

        final String header;
        final String prefix;

        Peer(String header, String prefix) {
            this.header = header;
            this.prefix = prefix;
        }

        WebhookProvider<?> provider() {
            return this == GITHUB ? new GitHubProvider() : new ShopifyProvider();
        }
    }

    /** Why the two may differ; here is the stricter side each time. */
    enum Disagreement {
        /** Nothing of the page reads the body; here it has to be a JSON object, or a form with one. */
        BODY_NOT_A_JSON_OBJECT,
        /** Node decodes base64 without its padding, of another alphabet, with other characters in it, and with loose bits. */
        BASE64_SPELT_OTHERWISE
    }

    @BeforeAll
    static void findNode() throws InterruptedException {
        String absence = NodeCrypto.absence();
        assumeTrue(
                absence == null,
                () -> absence
                        + ": the comparison of random deliveries with Node's crypto was left out. The vectors that"
                        + " Node.js made were checked all the same (BodySignatureVectorsTest).");
    }

    @ParameterizedTest
    @EnumSource
    void judgesAsNodeDoes(Peer peer) throws Exception {
        Random random = new Random(SEED);
        List<Case> cases = IntStream.range(0, DELIVERIES)
                .mapToObj(i -> Case.of(random, peer))
                .toList();
        Map<Disagreement, Integer> disagreements = new EnumMap<>(Disagreement.class);
        int accepted = 0;
        try (NodeCrypto node = NodeCrypto.start()) {
            List<String> signatures = node.answers(
                    cases.stream().map(each -> each.question("sign", "")).toList());
            for (int i = 0; i < DELIVERIES; i++) {
                cases.get(i).signedAs(signatures.get(i), random);
            }
            List<String> judgements = node.answers(cases.stream()
                    .map(each -> each.question("accepts", each.signature))
                    .toList());
            for (int i = 0; i < DELIVERIES; i++) {
                Case delivery = cases.get(i);
                boolean theirs = Boolean.parseBoolean(judgements.get(i));
                boolean ours = delivery.isAccepted();
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
        }
        System.out.printf(
                "%s: %d deliveries of seed %d, %d accepted, disagreements %s%n",
                peer, DELIVERIES, SEED, accepted, disagreements);
        assertThat(accepted).isBetween(DELIVERIES / 5, DELIVERIES * 4 / 5);
    }

    private static final class Case {
        final Peer peer;
        final String secret;
        final byte[] signedBody;
        final boolean isEvent;
        byte[] body;
        String canonical = "";
        String signature = "";

        private Case(Peer peer, String secret, byte[] body, boolean isEvent) {
            this.peer = peer;
            this.secret = secret;
            this.signedBody = body;
            this.isEvent = isEvent;
            this.body = body;
        }

        static Case of(Random random, Peer peer) {
            String secret = List.of("It's a Secret to Everybody", "shpss_", "p\u00e4ssw\u00f6rd ", "\ud83d\udd11")
                            .get(random.nextInt(4))
                    + random.nextInt(25);
            String json = "{\"id\":" + random.nextInt() + ",\"text\":\"\u00e9\ud83d\ude00\u2028\\ud800\\/\",\"n\":1e"
                    + random.nextInt(30) + "}";
            return switch (random.nextInt(24)) {
                case 0 -> new Case(peer, secret, new byte[0], false);
                case 1 -> new Case(peer, secret, "not JSON".getBytes(UTF_8), false);
                case 2 -> new Case(peer, secret, ("[" + json + "]").getBytes(UTF_8), false);
                case 3 -> new Case(peer, secret, "{\"t\":\"\u00e9\"}".getBytes(ISO_8859_1), false);
                case 4 -> new Case(peer, secret, "{}".getBytes(UTF_8), true);
                case 5, 6 ->
                    new Case(
                            peer,
                            secret,
                            ("payload=" + URLEncoder.encode(json, UTF_8)).getBytes(UTF_8),
                            peer == Peer.GITHUB);
                case 7 -> new Case(peer, secret, "payload=%7B%22t%22%3A%22%E9%22%7D".getBytes(UTF_8), false);
                default -> new Case(peer, secret, json.getBytes(UTF_8), true);
            };
        }

        void signedAs(String genuine, Random random) {
            canonical = genuine;
            signature = genuine;
            String bare = genuine.substring(peer.prefix.length());
            switch (random.nextInt(32)) {
                case 0 -> body = with(body, (byte) ' ');
                case 1 -> body = with(body, (byte) '\n');
                case 2 -> body = body.length == 0 ? body : Arrays.copyOf(body, body.length - 1);
                case 3 -> body = flipped(body, random);
                case 4 -> signature = flipped(signature, random);
                case 5 -> signature = flipped(signature, random);
                case 6 -> signature = bare;
                case 7 -> signature = "sha1=" + bare;
                case 8 -> signature = peer.prefix + bare.toUpperCase(Locale.ROOT);
                case 9 -> signature = signature.toUpperCase(Locale.ROOT);
                case 10 -> signature = signature + " ";
                case 11 -> signature = " " + signature;
                case 12 -> signature = signature + "," + signature;
                case 13 -> signature = signature.replace("=", "");
                case 14 -> signature = signature + "=";
                case 15 -> signature = peer.prefix + bare.replace('+', '-').replace('/', '_');
                case 16 -> signature = peer.prefix + bare.substring(0, 20) + "\n" + bare.substring(20);
                case 17 -> signature = peer.prefix + bare.substring(0, 20) + "*" + bare.substring(20);
                case 18 -> signature = withLooseBits(signature);
                case 19 -> signature = "";
                case 20 -> signature = peer.prefix;
                default -> {}
            }
        }

        private static byte[] with(byte[] body, byte more) {
            byte[] longer = Arrays.copyOf(body, body.length + 1);
            longer[body.length] = more;
            return longer;
        }

        private static byte[] flipped(byte[] body, Random random) {
            byte[] changed = body.clone();
            if (body.length > 0) {
                changed[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(7));
            }
            return changed;
        }

        private static String flipped(String text, Random random) {
            int at = random.nextInt(text.length());
            char c = text.charAt(at) == 'a' ? 'b' : 'a';
            return text.substring(0, at) + c + text.substring(at + 1);
        }

        // of 32 bytes in base64, the last character before the padding has two bits that mean nothing
        private static String withLooseBits(String text) {
            int at = text.length() - 2;
            return text.endsWith("=") ? text.substring(0, at) + (char) (text.charAt(at) + 1) + "=" : text;
        }

        String question(String what, String header) {
            return NodeCrypto.question(what, peer.name().toLowerCase(Locale.ROOT), secret, body, header);
        }

        boolean isAccepted() {
            try {
                VERIFIERS
                        .computeIfAbsent(peer + secret, any -> verifier())
                        .verify(WebhookRequest.of("POST", Map.of(peer.header, List.of(signature)), body));
                return true;
            } catch (WebhookRejectedException e) {
                return false;
            }
        }

        private WebhookVerifier<?> verifier() {
            return WebhookVerifier.of(
                    peer.provider(),
                    EndpointSettings.builder("differential")
                            .secret(SigningSecret.ofUtf8(secret))
                            .build());
        }

        @Nullable
        Disagreement disagreement() {
            if (!isEvent && Arrays.equals(body, signedBody)) {
                return Disagreement.BODY_NOT_A_JSON_OBJECT;
            }
            boolean isRespelt = peer == Peer.SHOPIFY && !signature.equals(canonical);
            return isRespelt ? Disagreement.BASE64_SPELT_OTHERWISE : null;
        }

        @Override
        public String toString() {
            return signature + " " + new String(body, UTF_8);
        }
    }
}
