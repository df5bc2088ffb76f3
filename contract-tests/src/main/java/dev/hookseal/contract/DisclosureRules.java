package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A sender learns nothing from what it is answered, nor does a reader of logs learn what is secret. */
abstract class DisclosureRules extends ForgedDeliveryRules {
    private static final List<String> WORDS_OF_A_REASON = List.of(
            "signature",
            "secret",
            "missing",
            "mismatch",
            "malformed",
            "expired",
            "too old",
            "hookseal",
            "exception",
            "java.",
            "\tat ",
            "trace");

    @Test
    void givesNoReason() throws Exception {
        SignedDelivery genuine = delivery(newId());
        List<Answer> answers = new ArrayList<>();
        for (Forgery forgery : Forgery.values()) {
            if (forgery != Forgery.OVERSIZED && forgery.appliesTo(genuine)) {
                answers.add(wire().send(ContractApplication.FORMFLOW, genuine.forged(forgery)));
            }
        }
        answers.add(
                wire().send(ContractApplication.FORMFLOW, signed(event(newId()).without("eventId"))));
        answers.add(wire().send(
                        ContractApplication.STRICT,
                        strict(event(newId())).oversized(ContractSecrets.STRICT_MAX_BODY_BYTES)));
        for (Answer answer : answers) {
            for (String word : WORDS_OF_A_REASON) {
                assertFalse(
                        answer.everything().toLowerCase(Locale.ROOT).contains(word),
                        () -> "The answer says \"" + word + "\": " + answer);
            }
        }
    }

    @Test
    void answersEveryForgeryAlike() throws Exception {
        SignedDelivery genuine = delivery(newId());
        Map<String, List<String>> headers = null;
        for (Forgery forgery : List.of(
                Forgery.UNSIGNED,
                Forgery.WRONG_SECRET,
                Forgery.SECRET_OF_ANOTHER_EVENT,
                Forgery.TAMPERED_BODY,
                Forgery.DOUBLED_SIGNATURE,
                Forgery.STALE,
                Forgery.FROM_THE_FUTURE)) {
            Answer answer = wire().send(ContractApplication.FORMFLOW, genuine.forged(forgery));
            assertEquals(401, answer.status(), forgery.label());
            Map<String, List<String>> comparable = new TreeMap<>(answer.headers());
            comparable.remove("date");
            // depends on whether the body was there before its signature was looked for
            comparable.remove("connection");
            headers = headers == null ? comparable : headers;
            assertEquals(headers, comparable, () -> "headers of the answer to what is " + forgery.label());
        }
    }

    @Test
    void answersGarbageWithoutAServerError() throws Exception {
        Random random = new Random(20260329);
        int before = application().callCount();
        for (int round = 0; round < 150; round++) {
            byte[] body = new byte[random.nextInt(300)];
            random.nextBytes(body);
            SignedDelivery garbage =
                    round % 3 == 0 ? signed(body) : extracta(newId()).withBody(body);
            String path = round % 3 == 0 ? ContractApplication.FORMFLOW : ContractApplication.EXTRACTA;
            Answer answer = wire().send(path, garbage);
            assertTrue(
                    answer.status() == 400 || answer.status() == 401,
                    () -> "status 400 or 401; the answer is " + answer);
        }
        assertEquals(before, application().callCount(), "calls of handlers");
    }

    @Test
    void logsOneLineForWhatItRejects() throws Exception {
        String before = log();

        wire().send(ContractApplication.STRICT, strict(event(newId())).forged(Forgery.WRONG_SECRET));

        List<String> lines = log().substring(before.length())
                .lines()
                .filter(line -> line.contains("signature-mismatch"))
                .toList();
        assertEquals(1, lines.size(), () -> "lines of the log with the reason: " + lines);
        assertTrue(lines.get(0).contains("strict"), () -> "the endpoint is not named: " + lines);
    }

    @Test
    void logsNothingThatIsSecret() throws Exception {
        String before = log();
        String inTheBody = "a-word-in-the-body";
        SignedDelivery genuine = signed(event(newId()).withSubmissionId(inTheBody));
        String expected = signatureOf(genuine);
        List<SignedDelivery> forged = Stream.of(Forgery.values())
                .filter(forgery -> forgery != Forgery.OVERSIZED && forgery.appliesTo(genuine))
                .map(genuine::forged)
                .toList();
        for (SignedDelivery delivery : forged) {
            wire().send(ContractApplication.FORMFLOW, delivery);
        }
        wire().send(
                        ContractApplication.FORMFLOW,
                        signed(event(newId()).withSubmissionId(inTheBody).without("eventId")));
        String failing = newId();
        application().script(failing, application()::fail);
        wire().send(ContractApplication.FORMFLOW, signed(event(failing).withSubmissionId(inTheBody)));
        wire().send(ContractApplication.FORMFLOW, genuine);
        // the log has its lines once the outcome is reported
        assertOutcomes(failing, Kind.FAILED);

        String written = log().substring(before.length());
        assertTrue(written.contains("signature-mismatch"), "the log of rejected deliveries is not captured");
        ContractSecrets.all()
                .forEach(secret -> assertFalse(written.contains(secret), "a signing secret is in the log"));
        assertFalse(written.contains(inTheBody), "the body is in the log");
        assertFalse(written.contains(expected), "the expected signature is in the log");
    }

    @Test
    void letsNobodyWriteALineIntoTheLog() throws Exception {
        String before = log();
        String forged = "forged-line";
        for (String lineBreak : List.of("\n", "\r", "\r\n", "\u2028", "\u0085")) {
            String id = newId() + lineBreak + forged;
            application().script(id, application()::fail);
            wire().send(ContractApplication.STRICT, strict(event(id).withEventType("archived" + lineBreak + forged)));
            wire().send(
                            ContractApplication.STRICT,
                            strict(event(id)
                                    .withEventType("archived" + lineBreak + forged)
                                    .withTimestamp(
                                            application().clock().instant().minusSeconds(999_999))));
        }
        try (RawConnection connection = wire().connect()) {
            connection
                    .head(
                            "POST " + ContractApplication.FORMFLOW,
                            delivery(newId()).withHeader("X-Webhook-Signature", "0\t" + forged),
                            "Content-Length: 0")
                    .answer();
        }

        String written = log().substring(before.length());
        assertTrue(written.contains("strict"), "the log of failed handlers is not captured");
        List<String> lines = written.lines()
                .flatMap(line -> Stream.of(line.split("[\u2028\u0085]")))
                .filter(line -> line.startsWith(forged))
                .toList();
        assertEquals(List.of(), lines, "lines that the sender wrote");
    }
}
