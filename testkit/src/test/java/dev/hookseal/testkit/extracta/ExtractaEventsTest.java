package dev.hookseal.testkit.extracta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hookseal.JsonData;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaEventType;
import dev.hookseal.extracta.ExtractaFile;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.testkit.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExtractaEventsTest {
    private static final String SECRET = "E_AI_K_test";

    record Invoice(String number, double total, List<String> tags) {}

    @Test
    void processedIsTheExampleOfThePage() {
        assertThat(body(ExtractaEvents.processed()))
                .isEqualTo(
                        "{\"event\":\"extraction.processed\",\"result\":[{\"extractionId\":\"extractionId\",\"batchId\":\"batchId\",\"fileId\":\"fileId\",\"fileName\":\"fileName\",\"status\":\"processed\",\"result\":{},\"url\":\"fileUrl\"}]}");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void hasTheBytesThatJavaScriptWritesForEachType(ExtractaEventType type) {
        assertThat(ExtractaEvents.of(type).body())
                .isEqualTo(Vectors.of("extracta")
                        .bodyOf("documented-" + type.wireName().replace('.', '-')));
    }

    @Test
    void namesEachOfTheFourEvents() {
        assertThat(List.of(
                        ExtractaEvents.processed(),
                        ExtractaEvents.edited(),
                        ExtractaEvents.confirmed(),
                        ExtractaEvents.failed()))
                .extracting(FakeExtractaEvent::name)
                .containsExactly(
                        "extraction.processed", "extraction.edited", "extraction.confirmed", "extraction.failed")
                .containsExactlyElementsOf(ExtractaEvents.documented().stream()
                        .map(FakeExtractaEvent::name)
                        .toList());
    }

    @Test
    void changesEveryFieldOfAFile() {
        ExtractaEvent event = ExtractaEvents.processed()
                .withFiles(ExtractaEvents.file()
                        .withExtractionId("e9")
                        .withBatchId("b9")
                        .withFileId("f9")
                        .withFileName("Rechnung Müller.pdf")
                        .withStatus("odd")
                        .withResultJson("{\"total\":12.5}")
                        .withUrl("https://example.org/f9"))
                .event();

        assertThat(event.files()).hasSize(1);
        ExtractaFile file = event.files().get(0);
        assertThat(file.extractionId()).isEqualTo("e9");
        assertThat(file.batchId()).isEqualTo("b9");
        assertThat(file.fileId()).isEqualTo("f9");
        assertThat(file.fileName()).isEqualTo("Rechnung Müller.pdf");
        assertThat(file.status()).isEqualTo("odd");
        assertThat(file.result()).isEqualTo(JsonData.of("{\"total\":12.5}"));
        assertThat(file.url()).isEqualTo("https://example.org/f9");
    }

    @Test
    void takesAFilesResultFromAMap() {
        assertThat(fileResult(ExtractaEvents.file().withResult(Map.of("total", 12.5))))
                .isEqualTo("{\"total\":12.5}");
    }

    @Test
    void takesAFilesResultFromARecord() {
        assertThat(fileResult(ExtractaEvents.file().withResult(new Invoice("INV/7 ž", 21.0, List.of("a")))))
                .isEqualTo("{\"number\":\"INV/7 ž\",\"total\":21,\"tags\":[\"a\"]}");
    }

    @Test
    void takesAFilesResultFromJsonTextAndWritesItAsJavaScript() {
        assertThat(fileResult(ExtractaEvents.file().withResultJson("{ \"b\": 1.0, \"10\": 1E21, \"2\": \"\\u017e\" }")))
                .isEqualTo("{\"2\":\"ž\",\"10\":1e+21,\"b\":1}");
    }

    @Test
    void takesAFilesResultFromTheDataOfAnEvent() {
        assertThat(fileResult(ExtractaEvents.file().withResult(JsonData.of("[1]"))))
                .isEqualTo("[1]");
    }

    @Test
    void writesHalfASurrogatePairAsJavaScriptDoes() {
        assertThat(fileResult(ExtractaEvents.file().withResult(Map.of("half", "\uDC00"))))
                .isEqualTo("{\"half\":\"\\udc00\"}");
    }

    @Test
    void tellsOfSeveralFilesOfOneUpload() {
        List<ExtractaFile> files = ExtractaEvents.processed()
                .withFiles(ExtractaEvents.files(3))
                .event()
                .files();

        assertThat(files).extracting(ExtractaFile::fileId).containsExactly("fileId1", "fileId2", "fileId3");
        assertThat(files).extracting(ExtractaFile::batchId).containsOnly("batchId");
    }

    @Test
    void tellsOfNoFileAtAll() {
        assertThat(ExtractaEvents.processed().withFiles().event().files()).isEmpty();
    }

    @Test
    void addsAndLeavesOutMembersOfAFile() {
        FakeExtractaFile file = ExtractaEvents.file()
                .without("url")
                .without("result")
                .with("status", null)
                .with("pages", 3);

        assertThat(body(ExtractaEvents.failed().withFiles(file)))
                .endsWith("\"fileName\":\"fileName\",\"status\":null,\"pages\":3}]}");
    }

    @Test
    void takesAnyResultForAnUnknownEvent() {
        ExtractaEvent event = ExtractaEvents.of("classification.processed")
                .withWholeResult(Map.of("documents", List.of(1)))
                .event();

        assertThat(event.unsignedTypeName()).isEqualTo("classification.processed");
        assertThat(event.result().json()).isEqualTo("{\"documents\":[1]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"null", "true", "-0.5", "\"done\"", "[]", "{}"})
    void takesAnyJsonForTheWholeResult(String json) {
        assertThat(ExtractaEvents.of("other.happened")
                        .withWholeResultJson(json)
                        .event()
                        .result()
                        .json())
                .isEqualTo(json);
    }

    @Test
    void canHaveNoEventAtAll() {
        assertThat(ExtractaEvents.processed().without("event").event().unsignedTypeName())
                .isNull();
    }

    @Test
    void leavesTheEventThatIsChangedAsItWas() {
        FakeExtractaEvent event = ExtractaEvents.processed();
        String before = body(event);

        event.withEvent("other").withFiles().writtenAs(JsonStyle.PRETTY_PRINTED).with("more", 1);

        assertThat(body(event)).isEqualTo(before);
    }

    @Test
    void printsPrettily() {
        FakeExtractaEvent event = ExtractaEvents.of("a")
                .withWholeResultJson("{\"b\":[1,{\"c\":\"x\\\":{,\"},[]],\"d\":{}}")
                .writtenAs(JsonStyle.PRETTY_PRINTED);

        // as JSON.stringify(value, null, 2) has it
        assertThat(body(event)).isEqualTo("""
                        {
                          "event": "a",
                          "result": {
                            "b": [
                              1,
                              {
                                "c": "x\\":{,"
                              },
                              []
                            ],
                            "d": {}
                          }
                        }""");
    }

    @Test
    void escapesAllButAscii() {
        FakeExtractaEvent event =
                ExtractaEvents.of("a").withWholeResultJson("\"~é😀\"").writtenAs(JsonStyle.ASCII_ONLY);

        assertThat(body(event)).isEqualTo("{\"event\":\"a\",\"result\":\"~\\u00e9\\ud83d\\ude00\"}");
    }

    @Test
    void escapesSlashes() {
        FakeExtractaEvent event =
                ExtractaEvents.of("a").withWholeResultJson("\"</b>\"").writtenAs(JsonStyle.SLASHES_ESCAPED);

        assertThat(body(event)).isEqualTo("{\"event\":\"a\",\"result\":\"<\\/b>\"}");
    }

    @ParameterizedTest
    @EnumSource
    void isSignedTheSameHoweverItIsWritten(JsonStyle style) {
        FakeExtractaEvent event =
                ExtractaEvents.processed().withFiles(ExtractaEvents.file().withResult(Map.of("né/", 1.5)));

        assertThat(event.writtenAs(style).signedWith(SECRET).headers())
                .isEqualTo(event.signedWith(SECRET).headers());
    }

    @ParameterizedTest
    @CsvSource({"JAVASCRIPT, RAW", "PRETTY_PRINTED, ECMASCRIPT", "ASCII_ONLY, ECMASCRIPT", "SLASHES_ESCAPED, ECMASCRIPT"
    })
    void makesAReceiverFindTheSignedForm(JsonStyle style, SignedForm form) {
        FakeExtractaEvent event = ExtractaEvents.processed()
                .withFiles(ExtractaEvents.file().withResult(Map.of("né/", 1.5)))
                .writtenAs(style);

        assertThat(event.verified().signedForm()).isEqualTo(form);
    }

    @Test
    void saysWhereJsonTextIsNone() {
        FakeExtractaFile file = ExtractaEvents.file();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.withResultJson("{\"total\":12,}"))
                .withMessageContaining("Not JSON")
                .withMessageContaining("at byte 12");
    }

    @Test
    void saysHowToGiveJsonText() {
        FakeExtractaFile file = ExtractaEvents.file();
        FakeExtractaEvent event = ExtractaEvents.processed();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.withResult("{}"))
                .withMessageContaining("withResultJson");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.withWholeResult("{}"))
                .withMessageContaining("withWholeResultJson");
    }

    @Test
    void givesAnEventWhoseResultIsNotAList() {
        VerifiedWebhook<ExtractaEvent> webhook =
                ExtractaEvents.processed().withWholeResult(Map.of()).verified();

        assertThat(webhook.event().files()).isEmpty();
        assertThat(webhook.unexpectedMembers()).containsExactly("result");
    }

    @Test
    void saysThatNothingIsSignedWithoutAResult() {
        FakeExtractaEvent event = ExtractaEvents.processed().without("result");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.signedWith(SECRET))
                .withMessageContaining("result");
    }

    @Test
    void rejectsASecretThatIsNothingButItsPrefix() {
        FakeExtractaEvent event = ExtractaEvents.processed();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.signedWith("E_AI_K_"))
                .withMessageContaining("E_AI_K_");
    }

    @Test
    void rejectsUnknownAsATypeWithoutAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExtractaEvents.of(ExtractaEventType.UNKNOWN))
                .withMessageContaining("withEvent(\"classification.processed\")");
    }

    @Test
    void rejectsANegativeNumberOfFiles() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExtractaEvents.files(-1))
                .withMessageContaining("-1");
    }

    private static String fileResult(FakeExtractaFile file) {
        return ExtractaEvents.processed()
                .withFiles(file)
                .event()
                .files()
                .get(0)
                .result()
                .json();
    }

    private static String body(FakeExtractaEvent event) {
        return new String(event.body(), StandardCharsets.UTF_8);
    }
}
