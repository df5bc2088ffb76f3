package dev.hookseal.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.app_backend.SlackSignature;
import dev.hookseal.fixture.FullBuild;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.received.Disagreements;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Against Slack's SDK for Java, which both signs and judges: genuine deliveries, and deliveries that are tampered with in one
 * place. Every disagreement has a name.
 */
class SlackDifferentialTest {
    private static final int DELIVERIES = FullBuild.cases(20_000);
    private static final int DELIVERIES_OF_A_SECRET = 100;
    private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");
    private static final int TOLERANCE = 300;

    /** Why the two may differ. */
    enum Disagreement {
        /** The SDK looks for a time that is too old alone; Slack's page and Hookseal look both ways. */
        AHEAD_OF_THE_CLOCK,
        /** The SDK rejects from 300 seconds on; Slack's page and Hookseal reject what is more than 300 seconds old. */
        EXACTLY_FIVE_MINUTES_OLD,
        /** The SDK parses the number with a sign or leading zeros; here a signed text has one spelling. */
        TIMESTAMP_SPELT_OTHERWISE,
        /** The SDK's verifier does not read the body; here it has to be what Slack sends. */
        BODY_NOT_FROM_SLACK
    }

    @Test
    void judgesAsTheSdkDoes() {
        Random random = new Random(19);
        Disagreements<Disagreement> disagreements = new Disagreements<>("slack-app-backend", Disagreement.class);
        for (int i = 0; i < DELIVERIES / DELIVERIES_OF_A_SECRET; i++) {
            byte[] key = new byte[16];
            random.nextBytes(key);
            String secret = HexFormat.of().formatHex(key);
            SlackSignature.Generator generator = new SlackSignature.Generator(secret);
            SlackSignature.Verifier sdk = new SlackSignature.Verifier(generator);
            WebhookVerifier<SlackEvent> here = WebhookVerifier.of(
                    new SlackProvider(),
                    EndpointSettings.builder("slack")
                            .secret(SigningSecret.ofUtf8(secret))
                            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                            .build());
            for (int j = 0; j < DELIVERIES_OF_A_SECRET; j++) {
                Case delivery = Case.of(random, generator);
                boolean theirs = sdk.isValid(delivery.timestamp, delivery.body, delivery.signature, NOW.toEpochMilli());
                boolean ours = accepts(here, delivery);
                Disagreement why = delivery.disagreement();
                disagreements.add(theirs, ours, why, delivery);
                if (ours && !theirs) {
                    assertThat(why).isEqualTo(Disagreement.EXACTLY_FIVE_MINUTES_OLD);
                }
            }
        }
        disagreements.check(Disagreement.class);
    }

    private static boolean accepts(WebhookVerifier<SlackEvent> verifier, Case delivery) {
        Map<String, List<String>> headers = Map.of(
                "X-Slack-Request-Timestamp", List.of(delivery.timestamp),
                "X-Slack-Signature", List.of(delivery.signature));
        try {
            // a handshake is answered, and so is accepted
            verifier.check(WebhookRequest.of("POST", headers, delivery.body.getBytes(UTF_8)));
            return true;
        } catch (WebhookRejectedException e) {
            return false;
        }
    }

    private static final class Case {
        private final boolean isFromSlack;
        private String timestamp;
        private String signature = "";
        private String body;

        private Case(String timestamp, String body, boolean isFromSlack) {
            this.timestamp = timestamp;
            this.body = body;
            this.isFromSlack = isFromSlack;
        }

        static Case of(Random random, SlackSignature.Generator generator) {
            int[] ages = {0, 0, 0, 0, 0, 1, -1, 299, 300, 301, -299, -300, -301, 86_400, -86_400 * 365};
            long seconds = NOW.getEpochSecond() - ages[random.nextInt(ages.length)];
            String time = (random.nextInt(20) == 0 ? List.of("+", "0", "00").get(random.nextInt(3)) : "") + seconds;
            boolean isFromSlack = random.nextInt(12) > 0;
            Case made = new Case(time, isFromSlack ? body(random) : otherBody(random), isFromSlack);
            made.signature = generator.generate(made.timestamp, made.body);
            made.tamper(random);
            return made;
        }

        private static String body(Random random) {
            String number = Integer.toString(random.nextInt());
            return switch (random.nextInt(5)) {
                case 0 -> "token=x&command=%2Fweather&text=caf%C3%A9+" + number + "&team_id=T1";
                case 1 -> "payload=%7B%22type%22%3A%22block_actions%22%2C%22n%22%3A" + number + "%7D";
                case 2 -> "{\"type\":\"url_verification\",\"challenge\":\"c" + random.nextInt(1000) + "\"}";
                case 3 -> " \n{\"type\":\"event_callback\",\"event\":[" + number + "],\"event_time\":\"soon\"}";
                default ->
                    "{\"type\":\"event_callback\",\"event_id\":\"Ev" + number
                            + "\",\"event\":{\"type\":\"message\",\"text\":\"\u00e9\ud83d\ude00\"}}";
            };
        }

        private static String otherBody(Random random) {
            List<String> others = List.of(
                    "",
                    "not JSON",
                    "[]",
                    "{}",
                    "{\"type\":\"event_callback\"",
                    "{\"type\":7}",
                    "command=%zz",
                    "command=%2",
                    "command=%+1",
                    "command=%FF",
                    "command=a&command=b",
                    "payload=%7B",
                    "payload=%5B%5D",
                    "text=a",
                    "{\"type\":\"url_verification\",\"challenge\":\"<script>\"}");
            return others.get(random.nextInt(others.size()));
        }

        private void tamper(Random random) {
            switch (random.nextInt(30)) {
                case 0 -> body = body + " ";
                case 1 -> body = body.isEmpty() ? "{}" : body.substring(1);
                case 2 -> timestamp = timestamp + "0";
                case 3 -> timestamp = timestamp + "x";
                case 4 -> timestamp = " " + timestamp;
                case 5 -> timestamp = "";
                case 6 -> signature = signature.substring(3);
                case 7 -> signature = "v1" + signature.substring(2);
                case 8 -> signature = signature.toUpperCase(Locale.ROOT);
                case 9 -> signature = signature + "0";
                case 10 -> signature = signature + "," + signature;
                case 11 -> signature = "";
                case 12 -> signature = "v0=" + "0".repeat(64);
                default -> {
                    // genuine
                }
            }
        }

        @Nullable
        Disagreement disagreement() {
            if (!timestamp.matches("[1-9][0-9]*")) {
                return Disagreement.TIMESTAMP_SPELT_OTHERWISE;
            }
            if (!isFromSlack) {
                return Disagreement.BODY_NOT_FROM_SLACK;
            }
            long age = NOW.getEpochSecond() - Long.parseLong(timestamp);
            if (age == TOLERANCE) {
                return Disagreement.EXACTLY_FIVE_MINUTES_OLD;
            }
            return age < -TOLERANCE ? Disagreement.AHEAD_OF_THE_CLOCK : null;
        }

        @Override
        public String toString() {
            return timestamp + " " + signature + " " + body;
        }
    }
}
