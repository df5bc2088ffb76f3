package dev.hookseal.diagnostics;

import static dev.hookseal.diagnostics.Arrived.ACME_BODY;
import static dev.hookseal.diagnostics.Arrived.EXTRACTA_BODY;
import static dev.hookseal.diagnostics.Arrived.EXTRACTA_KEY;
import static dev.hookseal.diagnostics.Arrived.EXTRACTA_RESULT;
import static dev.hookseal.diagnostics.Arrived.EXTRACTA_SECRET;
import static dev.hookseal.diagnostics.Arrived.FORMFLOW_BODY;
import static dev.hookseal.diagnostics.Arrived.FORMFLOW_SECRET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.JsonStyle;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureExplainerTest {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final String PRETTY_BODY = FORMFLOW_BODY
            .replace("{\"", "{\n  \"")
            .replace(",\"", ",\n  \"")
            .replace("\":", "\": ")
            .replace("}", "\n}");

    /** Deliveries in which that cause is present, and no other. */
    private static List<Arrived> arrivedWith(String cause) {
        return switch (cause) {
            case "signature-missing" ->
                List.of(
                        Arrived.formFlow().withoutHeader("X-Webhook-Signature"),
                        Arrived.extracta().signature(" "));
            case "signature-repeated" ->
                List.of(
                        Arrived.formFlow().signature("0".repeat(64), "0".repeat(64)),
                        Arrived.extracta().signatureChanged(value -> value + ", " + value));
            case "signature-decorated" ->
                List.of(
                        Arrived.formFlow().signatureChanged(value -> "sha256=" + value),
                        Arrived.formFlow().signatureChanged(value -> " " + value),
                        Arrived.extracta().signatureChanged(value -> '"' + value + '"'));
            case "hex-for-base64" ->
                List.of(
                        Arrived.extracta().signatureChanged(SignatureExplainerTest::hexOfBase64),
                        Arrived.extracta()
                                .signatureChanged(value -> hexOfBase64(value).toUpperCase(Locale.ROOT)));
            case "base64-for-hex" -> List.of(Arrived.formFlow().signatureChanged(SignatureExplainerTest::base64OfHex));
            case "base64url" ->
                List.of(
                        Arrived.extracta(signedWithUrlCharacters())
                                .body(bodyOf(signedWithUrlCharacters()))
                                .signatureChanged(
                                        value -> value.replace('+', '-').replace('/', '_')),
                        Arrived.extracta().signatureChanged(value -> value.replace("=", "")));
            case "upper-case" ->
                List.of(
                        Arrived.formFlow().signatureChanged(value -> value.toUpperCase(Locale.ROOT)),
                        Arrived.extracta().signatureChanged(value -> value.toLowerCase(Locale.ROOT)));
            case "prefix-left-in" ->
                List.of(Arrived.extractaSignedBy(EXTRACTA_SECRET).secret(EXTRACTA_SECRET));
            case "prefix-removed-twice" ->
                List.of(
                        Arrived.extractaSignedBy(EXTRACTA_KEY).secret("E_AI_K_" + EXTRACTA_SECRET),
                        Arrived.extractaSignedBy("ab").secret("E_AI_K_aE_AI_K_b"));
            case "secret-white-space" ->
                List.of(
                        Arrived.formFlow(FORMFLOW_BODY.getBytes(UTF_8), FORMFLOW_SECRET)
                                .secret(FORMFLOW_SECRET + "\n"),
                        Arrived.formFlow(FORMFLOW_BODY.getBytes(UTF_8), FORMFLOW_SECRET)
                                .secret("  " + FORMFLOW_SECRET),
                        Arrived.formFlow(FORMFLOW_BODY.getBytes(UTF_8), FORMFLOW_SECRET + "\n")
                                .secret(FORMFLOW_SECRET),
                        Arrived.extractaSignedBy(EXTRACTA_KEY).secret(EXTRACTA_SECRET + "\r\n"));
            case "secret-quoted" ->
                List.of(
                        Arrived.formFlow(FORMFLOW_BODY.getBytes(UTF_8), FORMFLOW_SECRET)
                                .secret('"' + FORMFLOW_SECRET + '"'),
                        Arrived.formFlow(FORMFLOW_BODY.getBytes(UTF_8), "'" + FORMFLOW_SECRET + "'")
                                .secret(FORMFLOW_SECRET),
                        Arrived.extractaSignedBy(EXTRACTA_KEY).secret("'" + EXTRACTA_SECRET + "'"));
            case "secret-decoded" ->
                List.of(
                        Arrived.extracta(
                                        EXTRACTA_RESULT.getBytes(UTF_8),
                                        HexFormat.of().parseHex(EXTRACTA_KEY))
                                .secret(EXTRACTA_SECRET),
                        Arrived.formFlow(FORMFLOW_BODY.getBytes(UTF_8), "a key of 24 characters..")
                                .secret("whsec_"
                                        + Base64.getEncoder()
                                                .encodeToString("a key of 24 characters..".getBytes(UTF_8))));
            case "secret-of-another-event" ->
                List.of(
                        Arrived.formFlow(FORMFLOW_BODY.getBytes(UTF_8), "of-export")
                                .secretFor("extracted", FORMFLOW_SECRET)
                                .secretFor("export", "of-export"),
                        Arrived.formFlow(FORMFLOW_BODY.getBytes(UTF_8), "of-export")
                                .secretFor("export", "of-export"));
            case "secret-not-given" ->
                List.of(Arrived.formFlow(FORMFLOW_BODY.getBytes(UTF_8), FORMFLOW_SECRET)
                        .secretFor("export", "of-export"));
            case "newline-added" ->
                List.of(
                        Arrived.formFlow().bodyChanged(body -> body + "\n"),
                        Arrived.formFlow().bodyChanged(body -> body + "\r\n"));
            case "newline-lost" ->
                List.of(
                        Arrived.formFlow(FORMFLOW_BODY + "\n"),
                        Arrived.formFlow(FORMFLOW_BODY + "\r\n"),
                        Arrived.extracta(EXTRACTA_RESULT + "\n"));
            case "line-breaks-changed" ->
                List.of(
                        Arrived.formFlow(PRETTY_BODY.replace("\n", "\r\n")).body(PRETTY_BODY),
                        Arrived.formFlow(PRETTY_BODY).body(PRETTY_BODY.replace("\n", "\r\n")),
                        Arrived.formFlow(FORMFLOW_BODY + "\r\n").body(FORMFLOW_BODY + "\n"));
            case "byte-order-mark-added" -> List.of(Arrived.formFlow().bodyChanged(body -> "\uFEFF" + body));
            case "byte-order-mark-lost" -> List.of(Arrived.formFlow("\uFEFF" + FORMFLOW_BODY));
            case "charset-changed" ->
                List.of(
                        // UTF-8 read as something else
                        Arrived.formFlow().bodyChanged(body -> new String(body.getBytes(UTF_8), WINDOWS_1252)),
                        Arrived.formFlow().bodyChanged(body -> new String(body.getBytes(UTF_8), ISO_8859_1)),
                        Arrived.extracta().bodyChanged(body -> new String(body.getBytes(UTF_8), ISO_8859_1)),
                        // written as something else
                        Arrived.formFlow().body(FORMFLOW_BODY.getBytes(WINDOWS_1252)),
                        Arrived.formFlow().body(FORMFLOW_BODY.getBytes(UTF_16)),
                        Arrived.extracta().body(EXTRACTA_BODY.getBytes(ISO_8859_1)));
            case "still-compressed" ->
                List.of(
                        Arrived.formFlow().body(gzip(FORMFLOW_BODY)),
                        Arrived.formFlow().body(zlib(FORMFLOW_BODY)),
                        Arrived.extracta().body(gzip(EXTRACTA_BODY)));
            case "decompressed" ->
                List.of(
                        Arrived.formFlow(gzip(FORMFLOW_BODY), FORMFLOW_SECRET).secret(FORMFLOW_SECRET),
                        Arrived.formFlow(zlib(FORMFLOW_BODY), FORMFLOW_SECRET).secret(FORMFLOW_SECRET),
                        // Node's zlib.gzipSync on Linux
                        Arrived.formFlow(HexFormat.of().parseHex(GZIPPED_BY_NODE), FORMFLOW_SECRET)
                                .secret(FORMFLOW_SECRET)
                                .body("{\"eventType\":\"extracted\"}"));
            case "whole-body-signed" ->
                List.of(
                        Arrived.extracta(EXTRACTA_BODY),
                        Arrived.extracta(EXTRACTA_BODY)
                                .body(EXTRACTA_BODY.replace(":", ": ").replace("https: ", "https:")));
            case "result-alone" -> List.of(Arrived.extracta().body(EXTRACTA_RESULT));
            case "other-provider" ->
                List.of(
                        Arrived.extracta().signature(hex(EXTRACTA_SECRET, EXTRACTA_BODY)),
                        Arrived.formFlow().body(EXTRACTA_BODY).signature(base64(FORMFLOW_SECRET, EXTRACTA_RESULT)));
            case "pretty-printed" ->
                List.of(
                        Arrived.formFlow().body(PRETTY_BODY),
                        Arrived.formFlow(PRETTY_BODY),
                        Arrived.formFlow(FORMFLOW_BODY.replace(",\"", ", \"").replace("\":", "\": ")),
                        Arrived.extracta(EXTRACTA_RESULT.replace(",\"", ", \"").replace("\":", "\": ")));
            case "keys-reordered" ->
                List.of(
                        Arrived.formFlow().body(sorted(FORMFLOW_BODY)),
                        Arrived.formFlow(reversed(FORMFLOW_BODY)),
                        Arrived.extracta()
                                .body(EXTRACTA_BODY.replace(
                                        "{\"total\":12.5,\"count\":3}", "{\"count\":3,\"total\":12.5}")),
                        Arrived.extracta()
                                .body(bodyOf("["
                                        + sorted(
                                                        "{\"extractionId\":\"extractionId\",\"batchId\":\"batchId\",\"fileId\":\"fileId\",\"fileName\":\"caf\u00e9.pdf\",\"status\":\"processed\",\"result\":{\"total\":12.5;\"count\":3},\"url\":\"https://x/y\"}")
                                                .replace(';', ',')
                                        + "]")));
            case "numbers-rewritten" ->
                List.of(
                        Arrived.formFlow().bodyChanged(body -> body.replace(":1}", ":1.0}")),
                        Arrived.formFlow(FORMFLOW_BODY.replace(":1}", ":1.0}")),
                        Arrived.formFlow().bodyChanged(body -> body.replace(":1}", ":\"1\"}")),
                        Arrived.formFlow(FORMFLOW_BODY.replace(":1}", ":1e21}"))
                                .body(FORMFLOW_BODY.replace(":1}", ":1.0E21}")),
                        Arrived.extracta().bodyChanged(body -> body.replace("12.5", "\"12.5\"")),
                        Arrived.extracta(EXTRACTA_RESULT.replace("12.5", "12.50")));
            case "characters-escaped" ->
                List.of(
                        Arrived.formFlow()
                                .bodyChanged(body ->
                                        body.replace("\u00e9", "\\u00e9").replace("\u20ac", "\\u20ac")),
                        Arrived.formFlow(
                                FORMFLOW_BODY.replace("\u00e9", "\\u00e9").replace("\u20ac", "\\u20ac")),
                        Arrived.formFlow(
                                FORMFLOW_BODY.replace("\u00e9", "\\u00E9").replace("\u20ac", "\\u20AC")),
                        Arrived.formFlow().bodyChanged(body -> body.replace("/", "\\/")),
                        Arrived.extracta(EXTRACTA_RESULT.replace("/", "\\/")));
            case "re-serialised" ->
                List.of(
                        // Python's defaults, against JavaScript's
                        Arrived.formFlow(FORMFLOW_BODY
                                .replace("\u00e9", "\\u00e9")
                                .replace("\u20ac", "\\u20ac")
                                .replace(",\"", ", \"")
                                .replace("\":", "\": ")),
                        Arrived.formFlow()
                                .body(sorted(PRETTY_BODY.replace("\n  ", "").replace("\n", ""))
                                        .replace(",", ", ")));
            case "body-empty" ->
                List.of(Arrived.formFlow().body(""), Arrived.extracta().body(""));
            case "truncated" ->
                List.of(
                        Arrived.formFlow()
                                .bodyChanged(body -> body.substring(0, 100))
                                .header("Content-Length", "230"),
                        Arrived.formFlow(longBody()).body(longBody().substring(0, 1024)),
                        Arrived.extracta().bodyChanged(body -> body.substring(0, body.length() - 1)));
            case "timestamp-outside-tolerance" ->
                List.of(
                        Arrived.formFlow().at("2023-10-28T11:00:00Z"),
                        Arrived.formFlow().tolerance(Duration.ofMinutes(5)).at("2023-10-28T12:06:00Z"),
                        Arrived.formFlow().tolerance(Duration.ofSeconds(5)).at("2023-10-28T11:59:00Z"));
            case "event-outside-replay-window" ->
                List.of(
                        Arrived.formFlow().at("2023-11-28T12:00:00Z"),
                        Arrived.formFlow().at("2026-01-01T00:00:00Z"));
            case "timestamp-unreadable" ->
                List.of(
                        Arrived.formFlow().tolerance(Duration.ofMinutes(5)).withoutHeader("X-Webhook-Timestamp"),
                        Arrived.formFlow().tolerance(Duration.ofMinutes(5)).header("X-Webhook-Timestamp", "noon"));
            case "payload-unexpected" ->
                List.of(
                        Arrived.formFlow("{\"eventType\":\"extracted\"}").body("{\"eventType\":\"extracted\"}"),
                        Arrived.formFlow("hello").body("hello"));
            case "secret-encoded" ->
                List.of(Arrived.formFlow(
                                FORMFLOW_BODY.getBytes(UTF_8),
                                Base64.getEncoder().encodeToString(FORMFLOW_SECRET.getBytes(UTF_8)))
                        .secret(FORMFLOW_SECRET));
            case "body-alone-signed" -> List.of(Arrived.acme(ACME_BODY));
            case "signature-prefix" ->
                List.of(
                        Arrived.acme().headerChanged("Acme-Signature", value -> value.replace("v1=", "")),
                        Arrived.acme().headerChanged("Acme-Signature", value -> value.replace("v1=", "v2=")));
            case "signature-truncated" ->
                List.of(
                        Arrived.formFlow().signatureChanged(value -> value.substring(0, 60)),
                        Arrived.extracta().signatureChanged(value -> value.substring(0, 30)),
                        Arrived.acme().headerChanged("Acme-Signature", value -> value.substring(0, 70)));
            case "secret-prefix" ->
                List.of(
                        Arrived.formFlow(FORMFLOW_BODY.getBytes(UTF_8), "whsec_" + FORMFLOW_SECRET)
                                .secret("sk_" + "whsec_" + FORMFLOW_SECRET),
                        Arrived.formFlow(FORMFLOW_BODY.getBytes(UTF_8), FORMFLOW_SECRET)
                                .secret("whsec_" + FORMFLOW_SECRET));
            case "secret-of-another-endpoint" ->
                List.of(Arrived.formFlow(FORMFLOW_BODY.getBytes(UTF_8), "of-staging")
                        .secret(FORMFLOW_SECRET)
                        .otherSecret("staging", "of-staging"));
            case "form-rewritten" ->
                List.of(Arrived.formFlow().bodyChanged(body -> URLEncoder.encode(body, UTF_8) + "="));
            case "body-wrapped" ->
                List.of(
                        Arrived.formFlow().body(Base64.getEncoder().encode(FORMFLOW_BODY.getBytes(UTF_8))),
                        Arrived.formFlow().bodyChanged(body -> "b'" + body + "'"),
                        Arrived.formFlow().bodyChanged(body -> "{\"body\":\"" + body.replace("\"", "\\\"") + "\"}"));
            case "html-escaped" ->
                List.of(
                        Arrived.formFlow().bodyChanged(body -> body.replace("\"", "&quot;")),
                        Arrived.formFlow().bodyChanged(body -> body.replace("\"", "&#34;")),
                        Arrived.extracta().bodyChanged(body -> body.replace("/", "&#x2F;")));
            default -> throw new AssertionError("no delivery has the cause " + cause);
        };
    }

    // of providers that sign headers, the URL or the method; CausesOfEveryKitTest has these
    private static final Set<Cause> OF_OTHERS =
            Set.of(Cause.SIGNED_HEADER_MISSING, Cause.SIGNED_HEADER_CHANGED, Cause.URL_CHANGED, Cause.METHOD_CHANGED);

    static Stream<String> causes() {
        return Stream.concat(
                Cause.general().stream()
                        .filter(cause -> !OF_OTHERS.contains(cause))
                        .map(Cause::label),
                Stream.of("prefix-left-in", "prefix-removed-twice", "whole-body-signed", "result-alone"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void namesTheOneCauseThatIsPresent(String cause) {
        List<Arrived> all = arrivedWith(cause);

        assertThat(all).isNotEmpty().allSatisfy(arrived -> {
            Explanation explanation = arrived.explanation();
            assertThat(explanation.isGenuine()).isFalse();
            assertThat(explanation.cause().map(Cause::label))
                    .as(explanation.toString())
                    .contains(cause);
        });
    }

    @ParameterizedTest
    @MethodSource("causes")
    void tellsNeitherASecretNorASignature(String cause) {
        assertThat(arrivedWith(cause))
                .allSatisfy(arrived -> assertThat(arrived.explanation().toString())
                        .doesNotContain(arrived.mustNotBeTold().toArray(String[]::new)));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void saysWhatHappenedAndHowToFixIt(String label) {
        Explanation explanation = arrivedWith(label).get(0).explanation();
        Cause cause = explanation.cause().orElseThrow();

        assertThat(explanation.toString()).startsWith(label + ": ").contains(cause.happened(), "\nFix: " + cause.fix());
        assertThat(cause.happened()).endsWith(".").doesNotEndWith("..");
        assertThat(cause.fix()).endsWith(".");
    }

    @Test
    void saysOfTheProvidersExamplePayloadThatTheWindowIsARuleOfHookseal() {
        Explanation explanation = Arrived.formFlow().at("2026-01-01T00:00:00Z").explanation();

        assertThat(explanation.cause()).contains(Cause.EVENT_OUTSIDE_REPLAY_WINDOW);
        assertThat(explanation.toString())
                .contains("The window is Hookseal's rule, not the provider's.")
                .contains("--at", "--replay-window 3650d", "withReplayWindow", "hookseal send");
    }

    @Test
    void tellsOfHeadersAloneWhetherTheSignatureIsMissingOrRepeated() {
        SignatureExplainer explainer = SignatureExplainer.of("formflow");

        assertThat(explainer.explainWithoutBody(Map.of()).cause()).contains(Cause.SIGNATURE_MISSING);
        assertThat(explainer
                        .explainWithoutBody(Map.of("x-webhook-signature", List.of("0".repeat(64), "0".repeat(64))))
                        .cause())
                .contains(Cause.SIGNATURE_REPEATED);
    }

    @Test
    void saysNothingOfTheSignatureOfABodyThatIsNotWhole() {
        Explanation explanation = SignatureExplainer.of("formflow")
                .explainWithoutBody(Map.of("X-Webhook-Signature", List.of("a".repeat(40))));

        assertThat(explanation.isGenuine()).isFalse();
        assertThat(explanation.cause()).isEmpty();
        assertThat(explanation.ruledOut()).isEmpty();
        assertThat(explanation.toString())
                .startsWith("No cause found: the body is not whole, so nothing can be said of its signature.")
                .contains("SHA-1");
    }

    /** The example of docs/cli.md. */
    @Test
    void isUsedFromATest() {
        String secret = FORMFLOW_SECRET;
        Map<String, List<String>> headers = Map.of("X-Webhook-Signature", List.of(hex(secret, FORMFLOW_BODY)));
        byte[] body = (FORMFLOW_BODY + "\n").getBytes(UTF_8);

        Explanation why = SignatureExplainer.of("formflow").withSecret(secret).explain(headers, body);

        assertThat(why.cause()).contains(Cause.NEWLINE_ADDED);
    }

    static Stream<FakeEvent<?>> documented() {
        return Stream.concat(FormFlowEvents.documented().stream(), ExtractaEvents.documented().stream());
    }

    @ParameterizedTest
    @MethodSource("documented")
    void findsNothingInAGenuineDelivery(FakeEvent<?> event) {
        var delivery = event.signedWith(EXTRACTA_SECRET);

        Explanation explanation = SignatureExplainer.of(delivery.provider())
                .withSecret(EXTRACTA_SECRET)
                .explain(delivery);

        assertThat(explanation.isGenuine()).as(explanation.toString()).isTrue();
        assertThat(explanation.cause()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(JsonStyle.class)
    void findsNothingInAGenuineDeliveryThatAProxyWroteAnew(JsonStyle style) {
        var delivery = ExtractaEvents.processed().writtenAs(style).signedWith(EXTRACTA_SECRET);

        assertThat(SignatureExplainer.of("extracta")
                        .withSecret(EXTRACTA_SECRET)
                        .explain(delivery)
                        .isGenuine())
                .isTrue();
    }

    @Test
    void takesTheSecretOfTheEventAmongSeveral() {
        Arrived arrived = Arrived.formFlow(FORMFLOW_BODY.getBytes(UTF_8), FORMFLOW_SECRET)
                .secretFor("export", "of-export")
                .secretFor("extracted", "newer")
                .secretFor("extracted", FORMFLOW_SECRET);

        assertThat(arrived.explanation().isGenuine()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"extracted", "2023", "123e"})
    void findsNoCauseForATamperedBody(String tampered) {
        Explanation explanation = Arrived.formFlow()
                .bodyChanged(body -> body.replaceFirst(tampered, "0000"))
                .explanation();

        assertThat(explanation.isGenuine()).isFalse();
        assertThat(explanation.cause()).isEmpty();
        assertThat(explanation.ruledOut())
                .contains(Cause.NEWLINE_LOST, Cause.SECRET_QUOTED, Cause.KEYS_REORDERED, Cause.NUMBERS_REWRITTEN)
                .doesNotContain(Cause.SECRET_OF_ANOTHER_EVENT, Cause.BASE64_FOR_HEX)
                .extracting(Cause::label)
                .doesNotContain("prefix-left-in", "whole-body-signed");
        assertThat(explanation.toString()).startsWith("No cause found").contains("newline-lost", "other-provider");
    }

    @Test
    void findsNoCauseForAWrongSecret() {
        Explanation explanation =
                Arrived.extractaSignedBy("nobody's").secret(EXTRACTA_SECRET).explanation();

        assertThat(explanation.cause()).isEmpty();
        assertThat(explanation.ruledOut())
                .extracting(Cause::label)
                .contains("prefix-left-in", "whole-body-signed")
                .doesNotContain("prefix-removed-twice", "base64-for-hex", "result-alone");
    }

    @Test
    void givesWhatIsOddAsAHint() {
        assertThat(Arrived.formFlow()
                        .bodyChanged(body -> body.replace("\u00e9", "\uFFFD"))
                        .explanation()
                        .hints())
                .singleElement()
                .asString()
                .contains("decoded in a wrong charset");
        assertThat(Arrived.formFlow().signature("a".repeat(40)).explanation().hints())
                .singleElement()
                .asString()
                .contains("SHA-1");
        assertThat(Arrived.formFlow().signature("none of yours").explanation().hints())
                .singleElement()
                .asString()
                .contains("neither hex nor base64");
        assertThat(Arrived.formFlow()
                        .bodyChanged(body -> body.replace("123e", "000e"))
                        .header("Content-Length", "1")
                        .explanation()
                        .hints())
                .singleElement()
                .asString()
                .contains("Content-Length says 1 bytes");
        assertThat(Arrived.formFlow()
                        .body(sorted(FORMFLOW_BODY.replace("123e", "000e")))
                        .explanation()
                        .hints())
                .singleElement()
                .asString()
                .contains("alphabetical order");
        assertThat(Arrived.formFlow().body("<html>").explanation().hints())
                .singleElement()
                .asString()
                .contains("not JSON");
        assertThat(Arrived.formFlow()
                        .bodyChanged(body -> body.replace("123e", "000e"))
                        .header("Content-Encoding", "br")
                        .explanation()
                        .hints())
                .singleElement()
                .asString()
                .contains("br or zstd");
    }

    @Test
    void tellsWhichEventsSecretItWas() {
        assertThat(arrivedWith("secret-of-another-event").get(0).explanation().detail())
                .contains("\"export\"");
    }

    @Test
    void tellsWhatShowsThatABodyIsCut() {
        assertThat(arrivedWith("truncated"))
                .extracting(arrived -> arrived.explanation().detail())
                .satisfiesExactly(
                        declared -> assertThat(declared).contains("Content-Length says 230 bytes"),
                        round -> assertThat(round).contains("1024 bytes, which looks like a limit"),
                        other -> assertThat(other).doesNotContain("limit"));
    }

    @Test
    @Tag("full")
    void givesUpOnABodyOfMoreFormsThanCanBeTried() {
        String members = IntStream.range(0, 300)
                .mapToObj(i -> "\"m" + i + "\":" + i + ".5")
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(Arrived.formFlow("").body(members).explanation().cause()).isEmpty();
    }

    @Test
    void findsTheWriterOfABodyThatIsNestedAsDeepAsAReceiverTakes() {
        String deep = "{\"a\":[".repeat(499) + "1" + "]}".repeat(499);

        assertThat(Arrived.formFlow(deep)
                        .body(deep.replace(":", ": "))
                        .explanation()
                        .cause())
                .contains(Cause.PRETTY_PRINTED);
    }

    /** Whatever comes: an explanation, and no exception. */
    @Tag("full")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void explainsWhateverComes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            StringBuilder body = new StringBuilder(i % 2 == 0 ? FORMFLOW_BODY : EXTRACTA_BODY);
            for (int change = random.nextInt(6); change > 0; change--) {
                String snippet = SNIPPETS.get(random.nextInt(SNIPPETS.size()));
                int at = random.nextInt(body.length());
                body.replace(at, Math.min(body.length(), at + random.nextInt(4)), snippet);
            }
            byte[] bytes = body.toString().getBytes(random.nextInt(4) == 0 ? ISO_8859_1 : UTF_8);
            String signature = random.nextBoolean() ? "0".repeat(64) : SNIPPETS.get(random.nextInt(SNIPPETS.size()));

            assertThat(Arrived.formFlow()
                            .body(bytes)
                            .signature(signature)
                            .explanation()
                            .isGenuine())
                    .isFalse();
            assertThat(Arrived.extracta()
                            .body(bytes)
                            .signature(signature)
                            .explanation()
                            .isGenuine())
                    .isFalse();
        }
    }

    private static final List<String> SNIPPETS = List.of(
            "1e21",
            "8.395791335402691",
            "-0",
            "1E400",
            "-0.0e-7",
            "123456789012345678901234567890",
            "\"1e5\"",
            "\"\\ud800\"",
            "\\u00e9",
            "\uFFFD",
            "\u00e9",
            "\r\n",
            "\"",
            "}",
            "{\"a\":1,\"a\":2}",
            "[]",
            "{ }",
            "null",
            "\u0000",
            "=",
            ",",
            "\uD83D\uDE00",
            "E_AI_K_",
            " ",
            "\"sha256=\"",
            "\u001f\u008b\u0008",
            "x\u009c",
            ":1.50,",
            "\\/");

    @Test
    void rejectsToExplainWithoutASecret() {
        SignatureExplainer without = SignatureExplainer.of("formflow");

        assertThatIllegalStateException()
                .isThrownBy(() -> without.explain(FormFlowEvents.export().signedWith("any")))
                .withMessageContaining("withSecret");
    }

    @Test
    void rejectsSecretsForEveryEventBesideThoseForOne() {
        SignatureExplainer every = SignatureExplainer.of("formflow").withSecret("any");
        SigningSecret one = SigningSecret.ofUtf8("one");

        assertThatIllegalArgumentException().isThrownBy(() -> every.withSecret("export", one));
    }

    @Test
    void rejectsASecretForOneEventOfExtracta() {
        SignatureExplainer extracta = SignatureExplainer.of("extracta")
                .withSecret("extraction.edited", SigningSecret.ofUtf8(EXTRACTA_SECRET));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> extracta.explain(Map.of(), EXTRACTA_BODY.getBytes(UTF_8)))
                .withMessageContaining("one secret for every event");
    }

    @Test
    void namesTheProvidersThatThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureExplainer.of("nobody"))
                .withMessageContainingAll("nobody", "acme", "extracta", "formflow");
    }

    /** Of zlib.gzipSync('{"eventType":"extracted"}') in Node.js 20. */
    private static final String GZIPPED_BY_NODE =
            "1f8b0800000000000003ab564a2d4bcd2b09a92c4855b2524aad28294a4c2e494d51aa050083cfdefb19000000";

    private static String longBody() {
        return FORMFLOW_BODY.replace("caf\u00e9", "c".repeat(2000));
    }

    private static String bodyOf(String result) {
        return "{\"event\":\"extraction.processed\",\"result\":" + result + "}";
    }

    /** A result whose signature has characters that the URL's alphabet writes otherwise. */
    private static String signedWithUrlCharacters() {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "[{\"fileId\":\"" + i + "\"}]")
                .filter(result -> base64(EXTRACTA_KEY, result).matches(".*[+/].*"))
                .findFirst()
                .orElseThrow();
    }

    private static String sorted(String object) {
        return Arrays.stream(object.substring(1, object.length() - 1).split(",(?=\")"))
                .sorted()
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String reversed(String object) {
        List<String> members =
                Arrays.asList(object.substring(1, object.length() - 1).split(",(?=\")"));
        Collections.reverse(members);
        return "{" + String.join(",", members) + "}";
    }

    private static String hexOfBase64(String value) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(value));
    }

    private static String base64OfHex(String value) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(value));
    }

    private static String hex(String key, String message) {
        return HexFormat.of().formatHex(Arrived.hmac(key.getBytes(UTF_8), message.getBytes(UTF_8)));
    }

    private static String base64(String key, String message) {
        return Base64.getEncoder().encodeToString(Arrived.hmac(key.getBytes(UTF_8), message.getBytes(UTF_8)));
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] zlib(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(out)) {
            zlib.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
