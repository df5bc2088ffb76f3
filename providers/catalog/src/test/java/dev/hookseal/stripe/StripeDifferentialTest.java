package dev.hookseal.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.model.v2.core.EventNotification;
import com.stripe.net.Webhook;
import dev.hookseal.fixture.FullBuild;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Against stripe-java, which both signs and judges: genuine deliveries, and deliveries that are tampered with in one place. Every
 * disagreement has a name.
 */
class StripeDifferentialTest {
    private static final int DELIVERIES = FullBuild.cases(20_000);
    private static final int SEED = 19;
    private static final int TOLERANCE = 300;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
    private static final StripeClient CLIENT = new StripeClient("sk_test_not_used");

    private static final Map<String, WebhookVerifier<StripeEvent>> VERIFIERS = new HashMap<>();

    private static WebhookVerifier<StripeEvent> verifier(String secret) {
        return WebhookVerifier.of(
                new StripeProvider(),
                EndpointSettings.builder("stripe")
                        .secret(SigningSecret.ofUtf8(secret))
                        .clock(CLOCK)
                        .build());
    }

    /** Why the two may differ, and who accepts. */
    enum Disagreement {
        /** stripe-java checks a time of the past alone, so that it accepts one that is a year ahead. */
        TIME_AHEAD(false),
        /** stripe-java signs the number that it parsed, without a plus sign and leading zeros; here the text is signed. */
        TIME_SPELT_OTHERWISE(false),
        /** stripe-java takes the first of several times; here there is one. */
        TIME_REPEATED(false),
        /** stripe-java compares any number of signatures; here at most 16. */
        MORE_THAN_16_SIGNATURES(false),
        /** stripe-java accepts any object that Gson binds; here an event has an id and a type. */
        NO_ID_OR_TYPE(false),
        /** Gson takes what is not JSON, such as unquoted names. */
        BODY_NOT_JSON(false),
        /** Spaces around an element of the header do not count here; stripe-java does not find such an element. */
        HEADER_WITH_SPACES(true),
        /** Here a member of another kind is null; stripe-java throws, and the delivery is lost. */
        MEMBER_OF_ANOTHER_KIND(true);

        final boolean isAcceptedHere;

        Disagreement(boolean isAcceptedHere) {
            this.isAcceptedHere = isAcceptedHere;
        }
    }

    @Test
    void judgesAsTheSdkDoes() throws Exception {
        Random random = new Random(SEED);
        Map<Disagreement, Integer> disagreements = new EnumMap<>(Disagreement.class);
        int accepted = 0;
        for (int i = 0; i < DELIVERIES; i++) {
            Case delivery = Case.of(random);
            boolean theirs = delivery.isAcceptedByTheSdk();
            boolean ours = delivery.isAccepted();
            accepted += ours ? 1 : 0;
            if (theirs != ours) {
                Disagreement why = delivery.why;
                assertThat(why)
                        .as("delivery %d of seed %d, theirs %s: %s", i, SEED, theirs, delivery)
                        .isNotNull();
                assertThat(ours).as("%s: %s", why, delivery).isEqualTo(why.isAcceptedHere);
                disagreements.merge(why, 1, Integer::sum);
            }
        }
        System.out.printf(
                "stripe-java: %d deliveries of seed %d, %d accepted, disagreements %s%n",
                DELIVERIES, SEED, accepted, disagreements);
        assertThat(accepted).isBetween(DELIVERIES / 5, DELIVERIES * 4 / 5);
        assertThat(disagreements.keySet()).containsExactly(Disagreement.values());
    }

    private static final class Case {
        final String secret;
        String body = "";
        String header = "";

        @Nullable
        Disagreement why;

        private Case(String secret) {
            this.secret = secret;
        }

        static Case of(Random random) throws Exception {
            int secret = random.nextInt(100);
            Case made = new Case("whsec_" + secret + (secret % 2 == 0 ? "+/\u00e9=" : "0123456789abcdef"));
            made.body = made.body(random);
            long seconds = CLOCK.instant().getEpochSecond() + made.offset(random);
            String signature = Webhook.Util.computeHmacSha256(made.secret, seconds + "." + made.body);
            made.header = "t=" + seconds + ",v1=" + signature;
            made.tamper(random, seconds, signature);
            return made;
        }

        private String body(Random random) {
            String id = "evt_" + Long.toHexString(random.nextLong());
            switch (random.nextInt(20)) {
                case 0 -> {
                    why = Disagreement.NO_ID_OR_TYPE;
                    return "{\"object\":\"event\",\"type\":\"invoice.paid\"}";
                }
                case 1 -> {
                    why = Disagreement.BODY_NOT_JSON;
                    return "{object:'event',id:'" + id + "',type:'invoice.paid'}";
                }
                case 2 -> {
                    why = Disagreement.MEMBER_OF_ANOTHER_KIND;
                    return "{\"id\":\"" + id + "\",\"object\":\"event\",\"type\":\"invoice.paid\",\"created\":\"now\"}";
                }
                case 3 -> {
                    why = Disagreement.MEMBER_OF_ANOTHER_KIND;
                    return "{\"id\":\"" + id + "\",\"object\":\"v2.core.event\",\"type\":\"x.y\",\"created\":[]}";
                }
                case 4 -> {
                    return "not JSON";
                }
                case 5, 6, 7 -> {
                    return "{\n  \"id\": \"" + id + "\",\n  \"object\": \"v2.core.event\",\n"
                            + "  \"type\": \"v2.core.event_destination.ping\",\n"
                            + "  \"created\": \"2024-09-26T17:46:22.134Z\",\n  \"livemode\": false\n}";
                }
                default -> {
                    return "{\n  \"id\": \"" + id + "\",\n  \"object\": \"event\",\n  \"type\": \"invoice.paid\",\n"
                            + "  \"created\": 1686089970,\n  \"livemode\": true,\n  \"api_version\": \"2019-02-19\",\n"
                            + "  \"data\": {\n    \"object\": {\n      \"id\": \"in_1\",\n"
                            + "      \"name\": \"\u00e9\ud83d\ude00\"\n    }\n  }\n}";
                }
            }
        }

        private long offset(Random random) {
            long offset = List.of(0L, -290L, 290L, -299L, -300L, -301L, 300L, 301L, 31_536_000L, -31_536_000L)
                    .get(random.nextInt(4) > 0 ? 0 : random.nextInt(10));
            if (offset > TOLERANCE) {
                why = Disagreement.TIME_AHEAD;
            }
            return offset;
        }

        private void tamper(Random random, long seconds, String signature) throws Exception {
            String wrong = signature.replace(signature.charAt(0), signature.charAt(0) == '0' ? '1' : '0');
            switch (random.nextInt(40)) {
                case 0 -> body = body + " ";
                case 1 -> body = body.replace("\n", "\r\n");
                case 2 -> body = body.replaceFirst("evt_", "evt_0");
                case 3 -> header = "t=" + (seconds + 1) + ",v1=" + signature;
                case 4 -> differ(Disagreement.TIME_SPELT_OTHERWISE, "t=0" + seconds + ",v1=" + signature);
                case 5 -> differ(Disagreement.TIME_SPELT_OTHERWISE, "t=+" + seconds + ",v1=" + signature);
                case 6 -> header = "t=" + seconds + "x,v1=" + signature;
                case 7 -> header = "t=,v1=" + signature;
                case 8 -> differ(Disagreement.TIME_REPEATED, "t=" + seconds + ",t=1,v1=" + signature);
                case 9 -> header = "v1=" + signature;
                case 10 -> header = "t=" + seconds;
                case 11 -> header = "t=" + seconds + ",v1=" + wrong;
                case 12 -> header = "t=" + seconds + ",v1=" + wrong + ",v1=" + signature;
                case 13 -> header = "v1=" + signature + ",v0=" + wrong + ",t=" + seconds;
                case 14 -> header = "t=" + seconds + ",v0=" + signature;
                case 15 -> header = "t=" + seconds + ",v2=" + signature;
                case 16 -> header = "t=" + seconds + ",v1=" + signature.toUpperCase(Locale.ROOT);
                case 17 -> header = "t=" + seconds + ",v1=" + signature + ",junk,x=y=z";
                case 18 -> header = "t=" + seconds + ",v1=" + signature.substring(1);
                case 19 -> header = "t=" + seconds + ",v1=" + signature + "0";
                case 20 -> differ(Disagreement.HEADER_WITH_SPACES, "t=" + seconds + ", v1=" + signature);
                case 21 ->
                    differ(
                            Disagreement.MORE_THAN_16_SIGNATURES,
                            "t=" + seconds + (",v1=" + wrong).repeat(16) + ",v1=" + signature);
                case 22 -> header = "t=" + seconds + (",v1=" + wrong).repeat(15) + ",v1=" + signature;
                case 23 -> header = "";
                case 24 ->
                    header = "t=" + seconds + ",v1="
                            + Webhook.Util.computeHmacSha256(secret.substring(6), seconds + "." + body);
                default -> {}
            }
        }

        // the header decides before the body is read
        private void differ(Disagreement named, String changed) {
            header = changed;
            why = named;
        }

        boolean isAcceptedByTheSdk() {
            try {
                if (body.contains("v2.core.event")) {
                    Webhook.Signature.verifyHeader(body, header, secret, TOLERANCE, CLOCK);
                    EventNotification.fromJson(body, CLIENT);
                } else {
                    Webhook.constructEvent(body, header, secret, TOLERANCE, CLOCK);
                }
                return true;
            } catch (Exception e) {
                return false;
            }
        }

        boolean isAccepted() {
            try {
                VERIFIERS
                        .computeIfAbsent(secret, StripeDifferentialTest::verifier)
                        .verify(WebhookRequest.of(
                                "POST", Map.of("Stripe-Signature", List.of(header)), body.getBytes(UTF_8)));
                return true;
            } catch (WebhookRejectedException e) {
                return false;
            }
        }

        @Override
        public String toString() {
            return header + " " + body;
        }
    }
}
