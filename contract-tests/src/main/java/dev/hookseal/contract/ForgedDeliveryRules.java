package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Rules for deliveries that are forged, or not what the provider sends: they are rejected, and no handler is called.
 */
abstract class ForgedDeliveryRules extends GenuineDeliveryRules {
    private static final int LARGE_BODY_BYTES = 1024 * 1024;

    private static final String SIGNATURE = "X-Webhook-Signature";
    private static final String TIMESTAMP = "X-Webhook-Timestamp";

    @Test
    void rejectsADeliveryWithoutASignature() throws Exception {
        assertRejected(
                401,
                () -> wire().send(
                                ContractApplication.FORMFLOW, delivery(newId()).forged(Forgery.UNSIGNED)));
        assertRejected(
                401,
                () -> wire().send(
                                ContractApplication.EXTRACTA, extracta(newId()).forged(Forgery.UNSIGNED)));
        assertRejected(401, () -> wire().send(ContractApplication.FORMFLOW, emptySignature(delivery(newId()))));
    }

    private static SignedDelivery emptySignature(SignedDelivery delivery) {
        return delivery.withHeader(SIGNATURE, "");
    }

    @Test
    void rejectsADoubledSignatureHeader() throws Exception {
        SignedDelivery genuine = delivery(newId());
        String right = signatureOf(genuine);
        String wrong = "0".repeat(right.length());
        for (SignedDelivery doubled : List.of(
                genuine.forged(Forgery.DOUBLED_SIGNATURE),
                genuine.withHeader(SIGNATURE, right, wrong),
                genuine.withHeader(SIGNATURE, wrong, right))) {
            assertRejected(401, () -> wire().send(ContractApplication.FORMFLOW, doubled));
        }
        assertRejected(
                401,
                () -> wire().send(
                                ContractApplication.EXTRACTA, extracta(newId()).forged(Forgery.DOUBLED_SIGNATURE)));
    }

    @Test
    void rejectsAMalformedSignature() throws Exception {
        SignedDelivery genuine = delivery(newId());
        String right = signatureOf(genuine);
        for (String malformed : List.of(
                right.toUpperCase(Locale.ROOT),
                right.substring(2),
                right + "00",
                "sha256=" + right,
                right + "," + right,
                '"' + right + '"',
                Base64.getEncoder().encodeToString(HexFormat.of().parseHex(right)),
                "g".repeat(right.length()),
                "0".repeat(6000),
                "\u00E9".repeat(right.length()))) {
            assertRejected(
                    401,
                    () -> sendRaw("POST " + ContractApplication.FORMFLOW, genuine.withHeader(SIGNATURE, malformed)));
        }
    }

    // On a separate connection: a client would reject to send some of this, or use again what the server closes.
    private Answer sendRaw(String methodAndPath, SignedDelivery delivery) throws Exception {
        try (RawConnection connection = wire().connect()) {
            return connection
                    .head(methodAndPath, delivery, "Content-Length: " + delivery.body().length)
                    .write(delivery.body())
                    .answer();
        }
    }

    @Test
    void rejectsASignatureOfExtractaThatIsWrittenOtherwise() throws Exception {
        SignedDelivery genuine = extracta(newId());
        String right = signatureOf(genuine);
        for (String malformed : List.of(
                right.replace("=", ""),
                right + "=",
                HexFormat.of().formatHex(Base64.getDecoder().decode(right)),
                "!" + right.substring(1))) {
            assertRejected(
                    401,
                    () -> wire().send(
                                    ContractApplication.EXTRACTA,
                                    genuine.withHeader("x-webhook-signature", malformed)));
        }
    }

    @Test
    void rejectsAnotherSecret() throws Exception {
        assertRejected(
                401,
                () -> wire().send(
                                ContractApplication.FORMFLOW, delivery(newId()).forged(Forgery.WRONG_SECRET)));
        assertRejected(401, () -> wire().send(ContractApplication.STRICT, delivery(newId())));
        // the provider's own library takes the prefix off
        assertRejected(401, () -> wire().send(ContractApplication.EXTRACTA, withPrefixedKey(newId())));
    }

    private SignedDelivery withPrefixedKey(String id) {
        return extractaEvent(id).signedWith("E_AI_K_" + ContractSecrets.EXTRACTA.get(0));
    }

    @Test
    void rejectsTheSecretOfAnotherEvent() throws Exception {
        assertRejected(
                401,
                () -> wire().send(
                                ContractApplication.FORMFLOW,
                                delivery(newId()).forged(Forgery.SECRET_OF_ANOTHER_EVENT)));
    }

    @Test
    void rejectsAnEventThatHasNoSecret() throws Exception {
        FakeFormFlowEvent unknown = event(newId()).withEventType("archived");
        for (String secret : ContractSecrets.all().toList()) {
            assertRejected(401, () -> wire().send(ContractApplication.FORMFLOW, unknown.signedWith(secret)));
        }
    }

    @Test
    void rejectsOneByteChanged() throws Exception {
        SignedDelivery genuine = delivery(newId());
        byte[] body = genuine.body();
        for (int at = 0; at < body.length; at += 7) {
            byte[] changed = body.clone();
            changed[at] ^= 1;
            assertForged(ContractApplication.FORMFLOW, genuine.withBody(changed));
        }
    }

    @Test
    void rejectsOneByteAdded() throws Exception {
        SignedDelivery genuine = delivery(newId());
        byte[] body = genuine.body();
        for (String added : List.of(" ", "\n", "\r\n", "\0", "}")) {
            assertForged(ContractApplication.FORMFLOW, genuine.withBody(joined(body, bytes(added))));
            assertForged(ContractApplication.FORMFLOW, genuine.withBody(joined(bytes(added), body)));
        }
        assertForged(ContractApplication.FORMFLOW, genuine.withBody(joined(bytes("\uFEFF"), body)));
    }

    @Test
    void rejectsOneByteCut() throws Exception {
        SignedDelivery spaced = signed(bytes(" " + text(event(newId())) + "\n"));
        byte[] body = spaced.body();
        assertForged(ContractApplication.FORMFLOW, spaced.withBody(Arrays.copyOf(body, body.length - 1)));
        assertForged(ContractApplication.FORMFLOW, spaced.withBody(Arrays.copyOfRange(body, 1, body.length)));
        assertForged(ContractApplication.FORMFLOW, spaced.forged(Forgery.TRUNCATED));
        assertForged(ContractApplication.FORMFLOW, spaced.withBody(new byte[0]));
    }

    @Test
    void rejectsTheSameJsonInOtherBytes() throws Exception {
        String id = newId();
        String body = text(event(id).withSubmissionId("\u00E9/1"));
        SignedDelivery genuine = signed(bytes(body.replace(",", ",\r\n")));
        for (String other : List.of(
                body,
                body.replace(",", ",\n"),
                body.replace(",", ",\r\n").replace("\u00E9", "\\u00e9"),
                body.replace(",", ",\r\n").replace("/", "\\/"))) {
            assertForged(ContractApplication.FORMFLOW, genuine.withBody(bytes(other)));
        }
        assertForged(
                ContractApplication.FORMFLOW,
                genuine.withBody(body.replace(",", ",\r\n").getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void rejectsAnotherResultOfExtracta() throws Exception {
        SignedDelivery genuine = extracta(newId());
        assertRejected(401, () -> wire().send(ContractApplication.EXTRACTA, genuine.forged(Forgery.TAMPERED_BODY)));
        String body = new String(genuine.body(), StandardCharsets.UTF_8);
        // the last one counts, as in JavaScript
        String second = body.substring(0, body.length() - 1) + ",\"result\":[]}";
        assertRejected(401, () -> wire().send(ContractApplication.EXTRACTA, genuine.withBody(bytes(second))));
    }

    // Whether such a body can still be read decides between the two.
    private void assertForged(String path, SignedDelivery delivery) throws Exception {
        int before = application().callCount();
        Answer answer = wire().send(path, delivery);
        assertTrue(List.of(400, 401).contains(answer.status()), () -> "status 400 or 401; the answer is " + answer);
        assertEquals(before, application().callCount(), "calls of handlers");
    }

    @Test
    void rejectsAnEventThatIsTooOld() throws Exception {
        assertRejected(
                401,
                () -> wire().send(
                                ContractApplication.FORMFLOW, delivery(newId()).forged(Forgery.STALE)));
        Instant justOver =
                application().clock().instant().minusSeconds(72 * 3600).minusMillis(1);
        assertRejected(
                401,
                () -> wire().send(
                                ContractApplication.FORMFLOW,
                                signed(event(newId()).withTimestamp(justOver))));
    }

    @Test
    void rejectsAnEventFromTheFuture() throws Exception {
        assertRejected(
                401,
                () -> wire().send(
                                ContractApplication.FORMFLOW, delivery(newId()).forged(Forgery.FROM_THE_FUTURE)));
    }

    @Test
    void rejectsATimeOutsideTheTolerance() throws Exception {
        Instant now = application().clock().instant();
        for (Instant time : List.of(
                now.minus(ContractSecrets.STRICT_TOLERANCE).minusMillis(1),
                now.plus(ContractSecrets.STRICT_TOLERANCE).plusMillis(1))) {
            assertRejected(
                    401,
                    () -> wire().send(
                                    ContractApplication.STRICT,
                                    strict(event(newId())).withHeader(TIMESTAMP, time.toString())));
        }
    }

    @Test
    void rejectsATimeThatCannotBeToldWhereThereIsATolerance() throws Exception {
        String now = application().clock().instant().toString();
        for (String[] values : List.of(
                new String[] {}, new String[] {"yesterday"}, new String[] {""}, new String[] {now, now}, new String[] {
                    "999999999999999999999"
                })) {
            assertRejected(
                    401,
                    () -> wire().send(
                                    ContractApplication.STRICT,
                                    strict(event(newId())).withHeader(TIMESTAMP, values)));
        }
    }

    @Test
    void rejectsWhatTheProviderDoesNotSendThoughItIsSigned() throws Exception {
        SigningSecret secret = SigningSecret.ofUtf8(ContractSecrets.STRICT);
        for (String body : List.of(
                "",
                "null",
                "[]",
                "{",
                "{}",
                text(event(newId()).without("eventId")),
                text(event(newId()).with("timestamp", "yesterday")),
                text(event(newId())) + "{}",
                "[".repeat(2000))) {
            SignedDelivery delivery = SignedDelivery.of("formflow", bytes(body), secret)
                    .withHeader(TIMESTAMP, application().clock().instant().toString());
            assertRejected(400, () -> wire().send(ContractApplication.STRICT, delivery));
        }
        SignedDelivery twoTypes =
                signed(bytes(text(event(newId())).replaceFirst("\\{", "{\"eventType\":\"extracted\",")));
        assertRejected(400, () -> wire().send(ContractApplication.FORMFLOW, twoTypes));
    }

    @Test
    void answersARequestWithoutASignatureBeforeItsBody() throws Exception {
        for (String framing :
                List.of("Content-Length: 1000", "Content-Length: 1048577", "Transfer-Encoding: chunked")) {
            int before = application().outcomeCount();
            assertRejected(401, () -> {
                try (RawConnection connection = wire().connect()) {
                    // nothing of the body is sent, so that a server that waits for it does not answer
                    return connection
                            .head(
                                    "POST " + ContractApplication.STRICT,
                                    strict(event(newId())).forged(Forgery.UNSIGNED),
                                    framing)
                            .answer();
                }
            });
            assertReasons(List.of(RejectionReason.SIGNATURE_MISSING), before);
        }
    }

    @Test
    void gives408ToABodyThatDoesNotArriveInTime() throws Exception {
        SignedDelivery genuine = delivery(newId());
        byte[] body = genuine.body();
        int before = application().outcomeCount();
        try (RawConnection stalled = wire().connect();
                RawConnection stalledInChunks = wire().connect();
                RawConnection trickling = wire().connect()) {
            byte[] half = Arrays.copyOf(body, body.length / 2);
            String declared = "Content-Length: " + body.length;
            String request = "POST " + ContractApplication.FORMFLOW;
            stalled.head(request, genuine, declared).write(half);
            stalledInChunks
                    .head(request, genuine, "Transfer-Encoding: chunked")
                    .chunk(half)
                    .write(bytes("1"));
            trickling.head(request, genuine, declared).trickle(body, ContractSecrets.BODY_TIMEOUT.dividedBy(8));
            for (RawConnection slow : List.of(stalled, stalledInChunks, trickling)) {
                assertRejected(408, slow::answer);
                assertTrue(slow.isClosed(), "The connection is closed");
            }
        }
        assertReasons(Collections.nCopies(3, RejectionReason.BODY_TIMEOUT), before);
    }

    @Test
    void gives503WhileBodiesThatArriveHoldTooMuch() throws Exception {
        byte[] large = Arrays.copyOf(bytes(text(event(newId()))), LARGE_BODY_BYTES);
        List<RawConnection> arriving = new ArrayList<>();
        try {
            BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
            for (int sent = 0; sent <= ContractSecrets.BODY_BUDGET_BYTES; sent += large.length - 1) {
                RawConnection connection = wire().connect();
                arriving.add(connection);
                connection.head(
                        "POST " + ContractApplication.FORMFLOW, signed(large), "Content-Length: " + large.length);
                connection.exchange(Arrays.copyOf(large, large.length - 1), answers::add);
            }
            Answer first = answers.poll(patience().toMillis(), TimeUnit.MILLISECONDS);
            assertNotNull(first, "an answer, where nothing is left of the budget");
            assertRejected(503, () -> first);
            assertTrue(first.header("retry-after").isPresent(), () -> "Retry-After; the answer is " + first);
            String small = newId();
            assertHandled(small, wire().send(ContractApplication.FORMFLOW, delivery(small)));
        } finally {
            for (RawConnection connection : arriving) {
                connection.close();
            }
        }
        assertLargeIsHandledSoon();
    }

    // what they held is given back as soon as the server sees that they are gone
    private void assertLargeIsHandledSoon() throws Exception {
        String id = newId();
        byte[] body = bytes(text(event(id)) + " ".repeat(LARGE_BODY_BYTES / 2));
        Instant end = Instant.now().plus(patience());
        Answer answer = wire().send(ContractApplication.FORMFLOW, signed(body));
        while (answer.status() == 503 && Instant.now().isBefore(end)) {
            answer = wire().send(ContractApplication.FORMFLOW, signed(body));
        }
        assertHandled(id, answer);
    }

    @Test
    void rejectsMoreThanTheLimitByItsContentLength() throws Exception {
        for (long length : List.of(ContractSecrets.STRICT_MAX_BODY_BYTES + 1L, 1L << 40)) {
            assertRejected(413, () -> {
                try (RawConnection connection = wire().connect()) {
                    // nothing of the body is sent, so that a server that waits for it does not answer
                    return connection
                            .head(
                                    "POST " + ContractApplication.STRICT,
                                    strict(event(newId())),
                                    "Content-Length: " + length)
                            .answer();
                }
            });
        }
    }

    @Test
    void rejectsMoreThanTheLimitInChunks() throws Exception {
        SignedDelivery oversized = strict(event(newId())).oversized(ContractSecrets.STRICT_MAX_BODY_BYTES);
        assertRejected(413, () -> wire().sendChunked(ContractApplication.STRICT, oversized));
    }

    @Test
    void readsNoMoreThanTheLimit() throws Exception {
        SignedDelivery oversized = strict(event(newId())).oversized(ContractSecrets.STRICT_MAX_BODY_BYTES);
        assertRejected(413, () -> {
            try (RawConnection connection = wire().connect()) {
                // the end never comes, so that a server that waits for it does not answer
                return connection
                        .head("POST " + ContractApplication.STRICT, oversized, "Transfer-Encoding: chunked")
                        .chunk(oversized.body())
                        .answer();
            }
        });
    }

    @Test
    void rejectsOtherMethods() throws Exception {
        for (String path : List.of(ContractApplication.FORMFLOW, ContractApplication.ANY_METHOD)) {
            for (String method : List.of("GET", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")) {
                assertMethodRejected(() -> assertRejected(405, () -> sendRaw(method + " " + path, delivery(newId()))));
                // what a framework would take apart before it looks for a handler, and these cannot be
                for (String contentType : List.of("multipart/", "application/x-www-form-urlencoded")) {
                    SignedDelivery parts = delivery(newId())
                            .withHeader("Content-Type", contentType)
                            .withBody(bytes("a=%zz"));
                    assertMethodRejected(() -> assertRejected(405, () -> sendRaw(method + " " + path, parts)));
                }
            }
            assertMethodRejected(() -> {
                try (RawConnection connection = wire().connect()) {
                    return connection.head("HEAD " + path, delivery(newId())).answerWithoutBody();
                }
            });
            String id = newId();
            assertHandled(id, wire().send(path, delivery(id)));
        }
    }

    @Test
    void rejectsTheQuestionOfABrowserWhetherItMayPost() throws Exception {
        assertMethodRejected(() -> assertRejected(405, () -> {
            try (RawConnection connection = wire().connect()) {
                return connection
                        .head(
                                "OPTIONS " + ContractApplication.FORMFLOW,
                                List.of(
                                        "Origin: https://attacker.example",
                                        "Access-Control-Request-Method: POST",
                                        "Access-Control-Request-Headers: x-webhook-signature"))
                        .answer();
            }
        }));
    }

    private void assertMethodRejected(Exchange exchange) throws Exception {
        int calls = application().callCount();
        int before = application().outcomeCount();
        Answer answer = exchange.send();
        assertEquals(405, answer.status(), () -> "status; the answer is " + answer);
        assertEquals("POST", answer.header("allow").orElse(""), () -> "Allow; the answer is " + answer);
        assertEquals(calls, application().callCount(), "calls of handlers");
        assertReasons(List.of(RejectionReason.METHOD_NOT_ALLOWED), before);
    }

    /** Asserts the reasons of rejections after the first {@code before} outcomes. */
    private void assertReasons(List<RejectionReason> reasons, int before) {
        assertEquals(
                reasons,
                application().outcomesSince(before).stream()
                        .filter(DeliveryOutcome.Rejected.class::isInstance)
                        .map(DeliveryOutcome.Rejected.class::cast)
                        .map(DeliveryOutcome.Rejected::reason)
                        .toList(),
                "reasons of the outcomes");
    }

    @Test
    void makesNoEventOfParameters() throws Exception {
        String parameters = "eventId=evil&eventType=extracted&timestamp=2026-03-29T00:59:30Z&submissionId=evil";
        String path = ContractApplication.FORMFLOW;
        assertForged(path + "?" + parameters, delivery(newId()).forged(Forgery.UNSIGNED));
        int before = application().callCount();
        for (String contentType : List.of("application/x-www-form-urlencoded", "text/plain")) {
            Answer answer = wire().post(path + "?" + parameters, contentType, bytes(parameters));
            assertTrue(
                    List.of(400, 401, 415).contains(answer.status()),
                    () -> "status 400, 401 or 415; the answer is " + answer);
        }
        assertEquals(before, application().callCount(), "calls of handlers");
    }

    @Test
    void rejectsMultipart() throws Exception {
        SignedDelivery genuine = delivery(newId());
        byte[] parts = Stream.of(
                        "--b", "Content-Disposition: form-data; name=\"event\"", "", text(event(newId())), "--b--", "")
                .reduce(new byte[0], (sum, line) -> joined(sum, bytes(line + "\r\n")), ForgedDeliveryRules::joined);
        for (String contentType : List.of(
                "multipart/form-data; boundary=b",
                "multipart/form-data; boundary=",
                "multipart/form-data",
                "Multipart/Mixed; boundary=\"b\"",
                "multipart/related; boundary=b; type=x",
                "multipart/")) {
            for (byte[] body : List.of(parts, Arrays.copyOf(parts, parts.length / 2), genuine.body(), new byte[0])) {
                for (SignedDelivery delivery :
                        List.of(signed(body), signed(body).forged(Forgery.UNSIGNED))) {
                    assertMultipartRejected(delivery.withHeader("Content-Type", contentType));
                }
            }
        }
        String id = newId();
        assertHandled(id, wire().send(ContractApplication.FORMFLOW, delivery(id)));
    }

    private void assertMultipartRejected(SignedDelivery delivery) throws Exception {
        int outcomes = application().outcomeCount();
        String logged = log();
        assertRejected(400, () -> wire().send(ContractApplication.FORMFLOW, delivery));
        assertReasons(List.of(RejectionReason.MULTIPART), outcomes);
        String written = log().substring(logged.length());
        assertEquals(
                1,
                written.lines()
                        .filter(line -> line.contains("formflow") && line.contains("multipart"))
                        .count(),
                () -> "lines of the log about the request: " + written);
        assertFalse(written.contains("\tat "), () -> "a stack trace is in the log: " + written);
    }

    @Test
    void rejectsAnEncodedBody() throws Exception {
        byte[] plain = event(newId()).body();
        byte[] zipped = zipped(plain);
        for (String encoding : List.of("gzip", "GZIP", "x-gzip", "deflate", "br", "identity, gzip")) {
            // signed before it was compressed, after it, and not compressed at all
            for (SignedDelivery delivery : List.of(signed(plain).withBody(zipped), signed(zipped), signed(plain))) {
                int outcomes = application().outcomeCount();
                assertRejected(
                        400,
                        () -> sendRaw(
                                "POST " + ContractApplication.FORMFLOW,
                                delivery.withHeader("Content-Encoding", encoding)));
                assertReasons(List.of(RejectionReason.CONTENT_ENCODED), outcomes);
            }
        }
    }

    private static byte[] zipped(byte[] plain) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(plain);
        }
        return zipped.toByteArray();
    }

    @Test
    void endsTheConnectionOfABodyThatCannotBeRead() throws Exception {
        int before = application().callCount();
        for (String chunk : List.of("zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}}}0\r\n\r\n")) {
            try (RawConnection connection = wire().connect()) {
                connection
                        .head("POST " + ContractApplication.FORMFLOW, delivery(newId()), "Transfer-Encoding: chunked")
                        .write(bytes(chunk));
                Optional<Answer> answer = connection.answerIfAny();
                answer.ifPresent(given -> assertEquals(400, given.status(), () -> "status; the answer is " + given));
                assertTrue(connection.isClosed(), "the server closes the connection");
            }
        }
        assertEquals(before, application().callCount(), "calls of handlers");
    }

    @Test
    void rejectsABodyThatEndsEarly() throws Exception {
        SignedDelivery genuine = delivery(newId());
        int before = application().callCount();
        try (RawConnection connection = wire().connect()) {
            connection
                    .head(
                            "POST " + ContractApplication.FORMFLOW,
                            genuine,
                            "Content-Length: " + (genuine.body().length + 1))
                    .write(genuine.body())
                    .end();
            Optional<Answer> answer = connection.answerIfAny();
            answer.ifPresent(given -> assertEquals(400, given.status(), () -> "status; the answer is " + given));
        }
        assertEquals(before, application().callCount(), "calls of handlers");
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
