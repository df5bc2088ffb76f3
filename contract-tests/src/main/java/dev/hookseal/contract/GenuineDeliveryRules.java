package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.hookseal.JsonData;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaEventType;
import dev.hookseal.extracta.ExtractaFile;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowEventType;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.FakeExtractaEvent;
import dev.hookseal.testkit.extracta.FakeExtractaFile;
import dev.hookseal.testkit.extracta.JsonStyle;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules for genuine deliveries: the handler gets them as they were sent. */
abstract class GenuineDeliveryRules extends BuiltInRun {
    private static final Duration REPLAY_WINDOW = Duration.ofDays(3);

    @Test
    void handsOverEachDocumentedEventOfFormFlow() throws Exception {
        int template = 0;
        for (FakeFormFlowEvent documented : FormFlowEvents.documented()) {
            String id = newId();
            template++;
            FakeFormFlowEvent sent = documented
                    .withClock(application().clock())
                    .withEventId(id)
                    .withSubmissionId("submission of " + id)
                    .withTemplateId(template);

            assertHandled(id, wire().send(ContractApplication.FORMFLOW, signed(sent)));

            FormFlowEvent seen = assertInstanceOf(FormFlowEvent.class, seen(id));
            assertEquals(id, seen.eventId());
            assertEquals(documented.name(), seen.typeName());
            assertEquals(FormFlowEventType.of(documented.name()), seen.type());
            assertEquals(application().clock().instant(), seen.timestamp());
            assertEquals("submission of " + id, seen.submissionId());
            assertEquals(String.valueOf(template), seen.templateId());
        }
    }

    @Test
    void handsOverEachDocumentedEventOfExtracta() throws Exception {
        for (FakeExtractaEvent documented : ExtractaEvents.documented()) {
            String id = newId();
            String second = newId();
            FakeExtractaEvent sent = documented.withFiles(fileOf(id, 12.5), fileOf(second, 7));

            assertHandled(id, wire().send(ContractApplication.EXTRACTA, signed(sent)));

            ExtractaEvent seen = assertInstanceOf(ExtractaEvent.class, seen(id));
            assertEquals(documented.name(), seen.unsignedTypeName());
            assertEquals(ExtractaEventType.of(documented.name()), seen.unsignedType());
            assertEquals(2, seen.files().size(), "files");
            assertFile(id, 12.5, seen.files().get(0));
            assertFile(second, 7, seen.files().get(1));
        }
    }

    private static FakeExtractaFile fileOf(String id, Number total) {
        return ExtractaEvents.file()
                .withExtractionId("extraction of " + id)
                .withBatchId("batch of " + id)
                .withFileId(id)
                .withFileName("name of " + id)
                .withStatus("status of " + id)
                .withUrl("https://files.example/" + id)
                .withResult(Map.of("total", total));
    }

    private static void assertFile(String id, Number total, ExtractaFile file) {
        assertEquals("extraction of " + id, file.extractionId());
        assertEquals("batch of " + id, file.batchId());
        assertEquals(id, file.fileId());
        assertEquals("name of " + id, file.fileName());
        assertEquals("status of " + id, file.status());
        assertEquals("https://files.example/" + id, file.url());
        JsonData result = assertInstanceOf(JsonData.class, file.result());
        assertEquals(Map.of("total", total), result.asMap());
    }

    @Test
    void readsAVerifiedPayloadOfAnotherShape() throws Exception {
        String submission = newId();
        assertHandled(
                submission,
                wire().send(
                                ContractApplication.FORMFLOW,
                                signed(event(submission).with("submissionId", Map.of()))));
        assertNull(assertInstanceOf(FormFlowEvent.class, seen(submission)).submissionId());

        String id = newId();
        FakeExtractaEvent oddMember = ExtractaEvents.processed()
                .withFiles(ExtractaEvents.file().withFileId(id).with("fileName", true));
        assertHandled(id, wire().send(ContractApplication.EXTRACTA, signed(oddMember)));
        ExtractaFile file =
                assertInstanceOf(ExtractaEvent.class, seen(id)).files().get(0);
        assertNull(file.fileName());
        assertEquals(true, file.toJson().asMap().get("fileName"));

        for (String result : List.of("{}", "{\"files\":1}", "[1]", "\"text\"", "null", "[]", "12.5")) {
            int calls = application().callCount();
            SignedDelivery odd =
                    ExtractaEvents.processed().withWholeResultJson(result).signedWith(ContractSecrets.EXTRACTA.get(0));
            Answer answer = wire().send(ContractApplication.EXTRACTA, odd);
            assertEquals(200, answer.status(), () -> "status for the result " + result + "; the answer is " + answer);
            assertEquals(calls + 1, application().callCount(), "calls of handlers");
        }
    }

    @Test
    void whateverIsVerifiedCanBeRead() throws Exception {
        for (String name : List.of("\\ud800", "\\udc00\\ud800", "\\u0000", "__proto__", "")) {
            String id = newId();
            String result = "[{\"fileId\":\"" + id + "\",\"result\":{\"" + name + "\":\"\\udfff\"}}]";
            SignedDelivery delivery =
                    ExtractaEvents.processed().withWholeResultJson(result).signedWith(ContractSecrets.EXTRACTA.get(0));

            assertHandled(id, wire().send(ContractApplication.EXTRACTA, delivery));

            ExtractaFile file =
                    assertInstanceOf(ExtractaEvent.class, seen(id)).files().get(0);
            JsonData data = assertInstanceOf(JsonData.class, file.result());
            assertEquals(List.of("\udfff"), List.copyOf(data.asMap().values()), "values of the data");
            assertEquals(data.asMap(), data.as(Map.class), "the data as a class of the application");
        }
    }

    @Test
    void handsOverTheProofWithAllThatIsSigned() throws Exception {
        String id = newId();
        String now = application().clock().instant().toString();
        SignedDelivery delivery = strict(event(id).with("region", "eu")).withHeader("X-Webhook-Timestamp", now);

        assertHandled(id, wire().send(ContractApplication.STRICT, delivery));

        VerifiedWebhook<?> proof = application().calls(id).get(0).proof();
        assertNotNull(proof, "the proof");
        assertEquals("strict", proof.endpoint());
        assertArrayEquals(delivery.body(), proof.signedBytes());
        assertEquals("eu", proof.payload().asMap().get("region"));
        assertEquals(Map.of("X-Webhook-Timestamp", List.of(now)), proof.unsignedHeaders());
    }

    @Test
    void handsOverAnEventThatIsNotDocumentedYet() throws Exception {
        String id = newId();

        assertHandled(
                id, wire().send(ContractApplication.STRICT, strict(event(id).withEventType("archived"))));

        assertEquals("archived", assertInstanceOf(FormFlowEvent.class, seen(id)).typeName());
    }

    @Test
    void acceptsCarriageReturns() throws Exception {
        String id = newId();
        String body = text(event(id)).replace(",", ",\r\n\t");

        assertHandled(id, wire().send(ContractApplication.FORMFLOW, signed(bytes(body))));
    }

    @Test
    void acceptsATrailingNewline() throws Exception {
        String id = newId();

        assertHandled(id, wire().send(ContractApplication.FORMFLOW, signed(bytes(text(event(id)) + "\n"))));
    }

    @Test
    void acceptsAByteOrderMarkFromExtracta() throws Exception {
        String id = newId();
        SignedDelivery delivery = extracta(id);

        assertHandled(
                id,
                wire().send(
                                ContractApplication.EXTRACTA,
                                delivery.withBody(
                                        bytes("\uFEFF" + new String(delivery.body(), StandardCharsets.UTF_8)))));
    }

    @Test
    void keepsBytesBeyondAsciiAsTheyAre() throws Exception {
        String id = newId();
        String name = "H\u00E4felstra\u00DFe \u2028 \u65E5\u672C \uD83E\uDD80";

        assertHandled(
                id, wire().send(ContractApplication.FORMFLOW, signed(event(id).withSubmissionId(name))));

        assertEquals(name, assertInstanceOf(FormFlowEvent.class, seen(id)).submissionId());
    }

    @Test
    void acceptsExtractasResultHoweverItWasWrittenAgain() throws Exception {
        for (JsonStyle style : JsonStyle.values()) {
            String id = newId();
            FakeExtractaEvent event = ExtractaEvents.processed()
                    .withFiles(ExtractaEvents.file()
                            .withFileId(id)
                            .withUrl("https://files.example/\u00FCbersicht/1")
                            .withResult(Map.of("total", 1e21)));

            assertHandled(id, wire().send(ContractApplication.EXTRACTA, signed(event.writtenAs(style))));
        }
    }

    @Test
    void acceptsChunks() throws Exception {
        String id = newId();

        assertHandled(id, wire().sendChunked(ContractApplication.FORMFLOW, delivery(id)));
    }

    @Test
    void acceptsChunksOfOneByte() throws Exception {
        String id = newId();
        SignedDelivery delivery = delivery(id);
        try (RawConnection connection = wire().connect()) {
            connection.head("POST " + ContractApplication.FORMFLOW, delivery, "Transfer-Encoding: chunked");
            for (byte b : delivery.body()) {
                connection.chunk(new byte[] {b});
            }
            connection.chunk(new byte[0]);

            assertHandled(id, connection.answer());
        }
    }

    @Test
    void acceptsABodyOfExactlyTheLimit() throws Exception {
        String id = newId();

        assertHandled(id, wire().send(ContractApplication.STRICT, ofSize(id, ContractSecrets.STRICT_MAX_BODY_BYTES)));
    }

    @Test
    void acceptsChunksOfExactlyTheLimit() throws Exception {
        String id = newId();

        assertHandled(
                id, wire().sendChunked(ContractApplication.STRICT, ofSize(id, ContractSecrets.STRICT_MAX_BODY_BYTES)));
    }

    @Test
    void acceptsHeaderNamesInAnyCase() throws Exception {
        for (boolean upper : List.of(true, false)) {
            String id = newId();
            SignedDelivery delivery = delivery(id);
            List<String> lines = new ArrayList<>();
            delivery.headers()
                    .forEach((name, values) ->
                            lines.add((upper ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT)) + ": "
                                    + values.get(0)));
            lines.add("Content-Length: " + delivery.body().length);
            try (RawConnection connection = wire().connect()) {
                connection.head("POST " + ContractApplication.FORMFLOW, lines).write(delivery.body());

                assertHandled(id, connection.answer());
            }
        }
    }

    @Test
    void acceptsAnyContentType() throws Exception {
        for (String contentType : List.of(
                "application/json; charset=utf-8",
                "application/json;charset=UTF-8",
                "application/cloudevents+json",
                "application/vnd.acme.v2+json",
                "application/octet-stream",
                "application/x-www-form-urlencoded",
                "application/xml",
                "text/plain",
                "text/plain; charset=utf-16",
                "no type",
                "/",
                "")) {
            for (String path : List.of(ContractApplication.FORMFLOW, ContractApplication.ASYNC)) {
                String id = newId();

                assertHandled(id, wire().send(path, delivery(id).withHeader("Content-Type", contentType)));
            }
            String file = newId();
            assertHandled(
                    file,
                    wire().send(ContractApplication.EXTRACTA, extracta(file).withHeader("Content-Type", contentType)));
        }
        String none = newId();
        assertHandled(
                none, wire().send(ContractApplication.FORMFLOW, delivery(none).withHeader("Content-Type")));
    }

    @Test
    void acceptsTheSecondSecretOfARotation() throws Exception {
        String id = newId();
        String old = ContractSecrets.EXTRACTED_BEFORE;

        assertHandled(id, wire().send(ContractApplication.FORMFLOW, event(id).signedWith(old)));

        String file = newId();
        assertHandled(
                file,
                wire().send(
                                ContractApplication.EXTRACTA,
                                extractaEvent(file).signedWith(ContractSecrets.EXTRACTA.get(1))));
    }

    @Test
    void acceptsATimeExactlyAtTheTolerance() throws Exception {
        Instant now = application().clock().instant();
        for (Instant time :
                List.of(now.minus(ContractSecrets.STRICT_TOLERANCE), now, now.plus(ContractSecrets.STRICT_TOLERANCE))) {
            String id = newId();

            assertHandled(
                    id,
                    wire().send(
                                    ContractApplication.STRICT,
                                    strict(event(id)).withHeader("X-Webhook-Timestamp", time.toString())));
        }
    }

    @Test
    void acceptsAnEventExactlyAsOldAsTheReplayWindow() throws Exception {
        String id = newId();
        Instant time = application().clock().instant().minus(REPLAY_WINDOW);

        assertHandled(
                id, wire().send(ContractApplication.FORMFLOW, signed(event(id).withTimestamp(time))));
    }

    @Test
    void aHandlerMayAnswerAsynchronously() throws Exception {
        String id = newId();

        assertHandled(id, wire().send(ContractApplication.ASYNC, delivery(id)));
    }

    @Test
    void aHandlerMayReadTheBodyToo() throws Exception {
        String id = newId();
        SignedDelivery delivery =
                signed(bytes(text(event(id).withSubmissionId("\u00E9")).replace("\":", "\" :\r\n")));

        assertHandled(id, wire().send(ContractApplication.BODY, delivery));

        assertEquals(
                new String(delivery.body(), StandardCharsets.ISO_8859_1),
                application().calls(id).get(0).body(),
                "the body as the handler read it");
    }

    @Test
    void theSenderGetsTheHandlersOwnAnswer() throws Exception {
        for (int status : List.of(200, 202)) {
            String id = newId();
            application().script(id, () -> new ContractReply(status, "said by the handler"));

            Answer answer = wire().send(ContractApplication.FORMFLOW, delivery(id));

            assertEquals(status, answer.status());
            assertEquals("said by the handler", answer.body());
        }
        String id = newId();
        application().script(id, () -> new ContractReply(204, ""));

        assertEquals(
                204, wire().send(ContractApplication.FORMFLOW, delivery(id)).status());
    }

    @Test
    void acknowledgesAnEventThatIsNotAskedFor() throws Exception {
        SignedDelivery export =
                signed(FormFlowEvents.export().withClock(application().clock()).withEventId(newId()));

        assertNotHandled(200, () -> wire().send(ContractApplication.SELECTED, export));

        String asked = newId();
        assertHandled(asked, wire().send(ContractApplication.SELECTED, delivery(asked)));
    }

    @Test
    void acknowledgesARedeliveryOfWhatWasHandled() throws Exception {
        String id = newId();
        SignedDelivery delivery = delivery(id);
        assertHandled(id, wire().send(ContractApplication.FORMFLOW, delivery));

        // with the first attempt's time header, as the provider may send it
        assertNotHandled(200, () -> wire().send(ContractApplication.FORMFLOW, delivery));
        assertNotHandled(200, () -> wire().sendChunked(ContractApplication.FORMFLOW, delivery));
    }

    @Test
    void acknowledgesARedeliveryToAnAsynchronousHandler() throws Exception {
        String id = newId();
        assertHandled(id, wire().send(ContractApplication.ASYNC, delivery(id)));

        assertNotHandled(200, () -> wire().send(ContractApplication.ASYNC, delivery(id)));
    }

    Object seen(String id) {
        return application().calls(id).get(0).event();
    }

    private SignedDelivery ofSize(String id, int bytes) {
        int padding = bytes - event(id).withSubmissionId("").body().length;
        return strict(event(id).withSubmissionId("s".repeat(padding)));
    }
}
