package dev.hookseal.diagnostics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProviders;
import dev.hookseal.signature.SigningSecret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each cause with each provider that it can occur with: a test of a module extends it, and names the kits. It is on the test
 * path of every module that has kits.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CausesOfEveryKit {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32,}");
    private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/_-]{20,}={0,2}");
    private static final String GENUINE = "genuine";
    private static final String NONE = "none";

    /** Returns the kits to try. */
    protected abstract List<ProviderKit> kits();

    /** Returns the kits on the class path that are in the same directory or jar as one of them. */
    protected static List<ProviderKit> kitsBeside(Class<? extends ProviderKit> one) {
        return WebhookProviders.kits().stream()
                .filter(kit -> origin(kit.getClass()).equals(origin(one)))
                .toList();
    }

    private static URL origin(Class<?> kit) {
        return kit.getProtectionDomain().getCodeSource().getLocation();
    }

    /**
     * Something that happens to a delivery.
     *
     * @param outcomes what may be said of it, most often one cause
     * @param can whether it can happen to a delivery
     */
    record Mishap(String name, Function<Sent, Set<String>> outcomes, Predicate<Sent> can, UnaryOperator<Sent> happens) {

        Mishap(String name, Cause cause, Predicate<Sent> can, UnaryOperator<Sent> happens) {
            this(name, sent -> Set.of(cause.label()), can, happens);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Mishap ofBody(String name, Cause cause, UnaryOperator<Sent> happens) {
        return new Mishap(
                name,
                sent -> sent.coversLess() ? Set.of(cause.label(), GENUINE) : Set.of(cause.label()),
                Sent::coversBody,
                happens);
    }

    @SuppressWarnings("UnusedVariable") // a predicate
    private static boolean always(Sent sent) {
        return true;
    }

    private static List<Mishap> mishaps() {
        List<Mishap> all = new ArrayList<>();
        all.addAll(mishapsOfBytes());
        all.addAll(mishapsOfJson());
        all.addAll(mishapsOfSecrets());
        all.addAll(mishapsOfSignatures());
        all.addAll(mishapsOfUrls());
        return all;
    }

    private static List<Mishap> mishapsOfBytes() {
        return List.of(
                ofBody("a line feed at its end", Cause.NEWLINE_ADDED, sent -> sent.body(text -> text + "\n")),
                ofBody("CRLF at its end", Cause.NEWLINE_ADDED, sent -> sent.body(text -> text + "\r\n")),
                ofBody("without its line feed", Cause.NEWLINE_LOST, sent -> sent.signedOver(text -> text + "\n")),
                ofBody("without its CRLF", Cause.NEWLINE_LOST, sent -> sent.signedOver(text -> text + "\r\n")),
                ofBody("a BOM", Cause.BYTE_ORDER_MARK_ADDED, sent -> sent.body(text -> "\uFEFF" + text)),
                ofBody("without its BOM", Cause.BYTE_ORDER_MARK_LOST, sent -> sent.signedOver(text -> "\uFEFF" + text)),
                ofBody(
                        "read as ISO 8859-1",
                        Cause.CHARSET_CHANGED,
                        sent -> sent.body(text -> new String(text.getBytes(UTF_8), ISO_8859_1))),
                ofBody(
                        "written as UTF-16",
                        Cause.CHARSET_CHANGED,
                        sent -> sent.body(sent.text().getBytes(UTF_16))),
                ofBody("still compressed", Cause.STILL_COMPRESSED, sent -> sent.body(gzip(sent.body()))),
                new Mishap(
                        "decompressed",
                        Cause.DECOMPRESSED,
                        sent -> sent.coversBody() && !sent.coversLess(),
                        sent -> sent.signedOver(gzip(sent.body()))),
                ofBody(
                        "in base64",
                        Cause.BODY_WRAPPED,
                        sent -> sent.body(Base64.getEncoder().encode(sent.body()))),
                ofBody("a string in JSON", Cause.BODY_WRAPPED, sent -> sent.body(CausesOfEveryKit::quoted)),
                ofBody(
                        "in the envelope of a gateway",
                        Cause.BODY_WRAPPED,
                        sent -> sent.body(text ->
                                "{\"version\":\"2.0\",\"body\":" + quoted(text) + ",\"isBase64Encoded\":false}")),
                ofBody(
                        "in base64 in the envelope of a gateway",
                        Cause.BODY_WRAPPED,
                        sent -> sent.body(text -> "{\"body\":\""
                                + Base64.getEncoder().encodeToString(text.getBytes(UTF_8))
                                + "\",\"isBase64Encoded\":true}")),
                ofBody(
                        "taken for a form",
                        Cause.FORM_REWRITTEN,
                        sent -> sent.body(text -> URLEncoder.encode(text, UTF_8) + "=")),
                new Mishap(
                        "the parameter of a form",
                        Cause.FORM_REWRITTEN,
                        sent -> sent.coversBody() && !sent.coversLess(),
                        sent -> sent.signedOver(text -> "payload=" + URLEncoder.encode(text, UTF_8))),
                new Mishap(
                        "a form that was encoded again",
                        Cause.FORM_REWRITTEN,
                        sent -> sent.coversBody() && !sent.coversLess(),
                        sent -> sent.signedOver("payload=a%2Fb%2A+c~&team=%C3%A9".getBytes(UTF_8))
                                // Java's URLEncoder leaves the asterisk and not the tilde
                                .body("payload=a%2Fb*+c%7E&team=%C3%A9".getBytes(UTF_8))),
                ofBody(
                        "with entities of HTML",
                        Cause.HTML_ESCAPED,
                        sent -> sent.body(text -> text.replace("&", "&amp;")
                                .replace("<", "&lt;")
                                .replace(">", "&gt;")
                                .replace("\"", "&quot;"))),
                ofBody("cut", Cause.TRUNCATED, sent -> sent.body(text -> text.substring(0, text.length() - 10))),
                new Mishap("empty", Cause.BODY_EMPTY, Sent::coversBody, sent -> sent.body(new byte[0])));
    }

    private static List<Mishap> mishapsOfJson() {
        return List.of(
                ofBody(
                        "with a space after colons",
                        Cause.PRETTY_PRINTED,
                        sent -> sent.body(text -> text.replace("\":", "\": "))),
                ofBody(
                        "with its first members swapped",
                        Cause.KEYS_REORDERED,
                        sent -> sent.body(text -> text.replace(
                                "\"zip\":\"Zürich €\",\"amount\":12.50", "\"amount\":12.50,\"zip\":\"Zürich €\""))),
                ofBody(
                        "without a zero",
                        Cause.NUMBERS_REWRITTEN,
                        sent -> sent.body(text -> text.replace("12.50", "12.5"))),
                ofBody(
                        "without the exponent",
                        Cause.NUMBERS_REWRITTEN,
                        sent -> sent.body(text -> text.replace("1e2", "100"))),
                ofBody("with ASCII alone", Cause.CHARACTERS_ESCAPED, sent -> sent.body(CausesOfEveryKit::ascii)),
                ofBody(
                        "with escaped slashes",
                        Cause.CHARACTERS_ESCAPED,
                        sent -> sent.body(text -> text.replace("/", "\\/"))),
                ofBody(
                        "with what HTML reads escaped",
                        Cause.CHARACTERS_ESCAPED,
                        sent -> sent.body(text -> text.replace("<", "\\u003c")
                                .replace(">", "\\u003e")
                                .replace("&", "\\u0026"))),
                // json.dumps(json.loads(body)) of Python 3, as far as this body goes
                new Mishap(
                        "as Python writes it",
                        sent -> {
                            if (sent.coversLess()) {
                                return Set.of(Cause.RE_SERIALISED.label(), GENUINE);
                            }
                            // as many tries as that take too long with a public key
                            return Set.of(sent.algorithm().isAsymmetric() ? NONE : Cause.RE_SERIALISED.label());
                        },
                        Sent::coversBody,
                        sent -> sent.body(
                                text -> ascii(text.replace("12.50", "12.5").replace("1e2", "100.0"))
                                        .replace("\":", "\": ")
                                        .replace(",\"", ", \"")
                                        .replace("},{", "}, {"))));
    }

    private static List<Mishap> mishapsOfSecrets() {
        return List.of(
                new Mishap(
                        "white space behind the secret",
                        // a public key may have it
                        sent -> Set.of(sent.algorithm().isAsymmetric() ? GENUINE : Cause.SECRET_WHITE_SPACE.label()),
                        CausesOfEveryKit::always,
                        sent -> sent.configured(sent.configured() + " \n")),
                new Mishap(
                        "quotation marks around the secret",
                        Cause.SECRET_QUOTED,
                        CausesOfEveryKit::always,
                        sent -> sent.configured('"' + sent.configured() + '"')),
                new Mishap(
                        "a secret that the sender has decoded",
                        Cause.SECRET_DECODED,
                        sent -> sent.takesAnyText() && sent.coversBody(),
                        sent -> sent.signed(sent.signed(), SigningSecret.ofUtf8("a key of 24 characters.."))
                                .configured(Base64.getEncoder()
                                        .encodeToString("a key of 24 characters..".getBytes(UTF_8)))),
                new Mishap(
                        "a secret without its prefix",
                        Cause.SECRET_PREFIX,
                        sent -> sent.takesAnyText() && sent.coversBody() && !sent.coversLess(),
                        sent -> sent.signed(sent.signed(), SigningSecret.ofUtf8("abcdef"))
                                .configured("whsec_abcdef")),
                new Mishap(
                        "a secret that is not known",
                        sent -> Set.of(NONE),
                        CausesOfEveryKit::always,
                        sent -> sent.configured(sent.kit().newSecret("another").configured())));
    }

    private static List<Mishap> mishapsOfSignatures() {
        return List.of(
                new Mishap("no signature", Cause.SIGNATURE_MISSING, CausesOfEveryKit::always, sent -> {
                    Sent without = sent;
                    for (String name : sent.signatureHeaders()) {
                        without = without.header(name);
                    }
                    return without;
                }),
                new Mishap("the signature in two lines", Cause.SIGNATURE_REPEATED, CausesOfEveryKit::always, sent -> {
                    String name = sent.signatureHeaders().get(0);
                    return sent.header(name, sent.value(name), sent.value(name));
                }),
                new Mishap(
                        "two signatures in one line",
                        // of signatures with a space between them, the second one stays readable
                        sent -> Set.of(Cause.SIGNATURE_REPEATED.label(), GENUINE),
                        CausesOfEveryKit::always,
                        sent -> sent.signature(value -> value + ", " + value)),
                new Mishap(
                        "the signature in quotation marks",
                        Cause.SIGNATURE_DECORATED,
                        CausesOfEveryKit::always,
                        sent -> sent.signature(value -> '"' + value + '"')),
                new Mishap(
                        "the signature without its prefix",
                        Cause.SIGNATURE_PREFIX,
                        sent -> sent.coversBody() && !prefixOf(sent).isEmpty(),
                        sent -> sent.signature(value -> value.replace(prefixOf(sent), ""))),
                new Mishap(
                        "the signature in upper case",
                        Cause.UPPER_CASE,
                        sent -> HEX.matcher(signatureOf(sent)).find(),
                        sent -> sent.signature(value ->
                                HEX.matcher(value).replaceAll(hex -> hex.group().toUpperCase(Locale.ROOT)))),
                new Mishap(
                        "the signature in lower case",
                        // which base64 cannot be undone, and a public key cannot sign
                        sent -> Set.of(sent.algorithm().isAsymmetric() ? NONE : Cause.UPPER_CASE.label()),
                        sent -> !signatureOf(sent).equals(signatureOf(sent).toLowerCase(Locale.ROOT)),
                        sent -> sent.signature(value -> value.toLowerCase(Locale.ROOT))),
                new Mishap(
                        "the signature cut",
                        sent -> Set.of(sent.algorithm().isAsymmetric() ? NONE : Cause.SIGNATURE_TRUNCATED.label()),
                        CausesOfEveryKit::always,
                        sent -> sent.signature(value -> value.substring(0, value.length() - 6))),
                new Mishap(
                        "later",
                        sent -> Set.of(GENUINE, Cause.TIMESTAMP_OUTSIDE_TOLERANCE.label()),
                        CausesOfEveryKit::always,
                        sent -> sent.arrivedAt(Sent.NOW.plus(Duration.ofHours(1)))),
                new Mishap(
                        "before it was sent",
                        sent -> Set.of(GENUINE, Cause.TIMESTAMP_OUTSIDE_TOLERANCE.label()),
                        CausesOfEveryKit::always,
                        sent -> sent.arrivedAt(Sent.NOW.minus(Duration.ofHours(1)))));
    }

    private static List<Mishap> mishapsOfUrls() {
        Predicate<Sent> can = Sent::signsUrl;
        String host = "hooks.example.org";
        return List.of(
                atUrl("at HTTP", "http://" + host + "/in"),
                atUrl("at another port", "https://" + host + ":443/in"),
                atUrl("with a slash at its end", Sent.PUBLIC_URL + "/"),
                atUrl("with the application's scheme and a slash", "http://" + host + "/in/"),
                new Mishap(
                        "at the host behind the proxy",
                        Cause.URL_CHANGED,
                        can,
                        sent -> sent.at("http://10.0.0.7:8080/in", sent.query())
                                .header("X-Forwarded-Host", host)
                                .header("X-Forwarded-Proto", "https")),
                new Mishap(
                        "at the host of Forwarded",
                        Cause.URL_CHANGED,
                        can,
                        sent -> sent.at("http://10.0.0.7:8080/in", sent.query())
                                .header("Forwarded", "for=192.0.2.1;host=\"" + host + "\";proto=https")),
                new Mishap(
                        "at the path behind the proxy",
                        Cause.URL_CHANGED,
                        can,
                        sent -> sent.signedFor("POST", "https://" + host + "/api/in?" + sent.query())
                                .header("X-Forwarded-Prefix", "/api")),
                new Mishap(
                        "without its query",
                        Cause.URL_CHANGED,
                        can,
                        sent -> sent.at(Sent.PUBLIC_URL, null).header("X-Original-URI", "/in?" + sent.query())),
                new Mishap(
                        "with a query that was not there",
                        Cause.URL_CHANGED,
                        can,
                        sent -> sent.at(Sent.PUBLIC_URL, sent.query() + "&utm=1")),
                new Mishap(
                        "with its query in another order",
                        Cause.URL_CHANGED,
                        can,
                        sent -> sent.at(Sent.PUBLIC_URL, "c=1+2&tenant=a%2Fb")),
                new Mishap(
                        "with its query decoded",
                        Cause.URL_CHANGED,
                        can,
                        sent -> sent.signedFor("POST", Sent.PUBLIC_URL + "?tenant=a/b&c=1+2")),
                new Mishap(
                        "by another method",
                        Cause.METHOD_CHANGED,
                        Sent::signsMethod,
                        sent -> sent.signedFor("PUT", sent.signed().url())));
    }

    private static Mishap atUrl(String name, String url) {
        return new Mishap(name, Cause.URL_CHANGED, Sent::signsUrl, sent -> sent.at(url, sent.query()));
    }

    Stream<Arguments> everyMishapOfEveryKit() {
        return kits().stream()
                .flatMap(kit -> mishaps().stream()
                        .filter(mishap -> mishap.can().test(Sent.by(kit)))
                        .map(mishap -> arguments(kit.provider().name(), mishap, kit)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyMishapOfEveryKit")
    void namesTheCause(String provider, Mishap mishap, ProviderKit kit) {
        Sent genuine = Sent.by(kit);
        Sent arrived = mishap.happens().apply(genuine);
        Explanation explanation = arrived.explanation();
        Set<String> outcomes = new HashSet<>(mishap.outcomes().apply(genuine));
        // a kit may have its own words for it
        kit.suspicions(arrived.request(), SigningSecret.ofUtf8(arrived.configured()))
                .forEach(suspicion -> outcomes.add(suspicion.label()));

        assertThat(outcome(explanation)).as(explanation.toString()).isIn(outcomes);
        assertThat(explanation.toString())
                .doesNotContain(genuine.configured())
                .doesNotContain(encodedSignature(genuine).orElse("\0"));
    }

    private static String outcome(Explanation explanation) {
        return explanation.isGenuine()
                ? GENUINE
                : explanation.cause().map(Cause::label).orElse(NONE);
    }

    @ParameterizedTest
    @MethodSource("kits")
    void findsNothingInAGenuineDelivery(ProviderKit kit) {
        Explanation explanation = Sent.by(kit).explanation();

        assertThat(explanation.isGenuine()).as(explanation.toString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kits")
    void namesTheEndpointWhoseSecretItWas(ProviderKit kit) {
        Sent sent = Sent.by(kit);
        Explanation explanation = sent.configured(kit.newSecret("another").configured())
                .explainer()
                .withOtherSecret(
                        "unrelated", SigningSecret.ofUtf8(kit.newSecret("third").configured()))
                .withOtherSecret("test mode", SigningSecret.ofUtf8(sent.configured()))
                .explain(sent.request());

        assertThat(explanation.cause()).as(explanation.toString()).contains(Cause.SECRET_OF_ANOTHER_ENDPOINT);
        assertThat(explanation.detail()).isEqualTo("it is the one given as \"test mode\"");
    }

    @ParameterizedTest
    @MethodSource("kits")
    void triesAUrlThatIsGiven(ProviderKit kit) {
        Sent sent = Sent.by(kit);
        if (sent.signsUrl()) {
            Explanation explanation = sent.at("https://staging.example.net/hooks", sent.query())
                    .explainer()
                    .withOtherUrl(URI.create(Sent.PUBLIC_URL))
                    .explain(sent.request());

            assertThat(explanation.cause()).as(explanation.toString()).contains(Cause.URL_CHANGED);
            assertThat(explanation.detail()).isEqualTo("it was signed for " + Sent.PUBLIC_URL);
        } else {
            assertThat(sent.explainer()
                            .withOtherUrl(URI.create("https://staging.example.net/hooks"))
                            .explain(sent.request())
                            .isGenuine())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("kits")
    void knowsADeliveryAtTheEndpointOfAnotherProvider(ProviderKit kit) {
        String name = kit.provider().name();
        ProviderKit other = name.equals("hub") ? CustomKits.payments() : CustomKits.hub();
        Sent sent = Sent.by(kit);
        Explanation explanation = SignatureExplainer.of(other)
                .withClock(Clock.fixed(Sent.NOW, ZoneOffset.UTC))
                .withSecret(sent.configured())
                .withOtherProvider(kit)
                .withOtherUrl(URI.create(Sent.PUBLIC_URL))
                .explain(sent.request());

        assertThat(explanation.cause()).as(explanation.toString()).contains(Cause.OTHER_PROVIDER);
        assertThat(explanation.detail()).isEqualTo("it is one of " + name);
    }

    @ParameterizedTest
    @MethodSource("kits")
    void saysWhoseSignatureHeaderADeliveryWithoutOneHas(ProviderKit kit) {
        String name = kit.provider().name();
        ProviderKit other = name.equals("hub") ? CustomKits.payments() : CustomKits.hub();
        Sent sent = Sent.by(kit);
        Explanation explanation = SignatureExplainer.of(other)
                .withSecret("not the sender's")
                .withOtherProvider(kit)
                .explain(sent.request());

        assertThat(explanation.cause()).contains(Cause.SIGNATURE_MISSING);
        // two providers may have the same header
        assertThat(explanation.detail())
                .isIn(SignatureExplainer.recognise(sent.headers(), List.of(kit)).stream()
                        .filter(one -> one.fit() == RecognisedProvider.Fit.SIGNATURE_READABLE)
                        .map(one -> "it has " + sent.signatureHeaders().get(0) + ", which is a signature header of "
                                + one.name())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("kits")
    void namesAHeaderThatIsMissingOrChanged(ProviderKit kit) {
        Sent sent = Sent.by(kit);
        for (String name : sent.otherHeaders()) {
            Explanation missing = sent.header(name).explanation();
            Explanation quoted = sent.header(name, '"' + sent.value(name) + '"').explanation();

            assertThat(outcome(missing))
                    .as(missing.toString())
                    .isIn(GENUINE, Cause.TIMESTAMP_UNREADABLE.label(), Cause.SIGNED_HEADER_MISSING.label());
            assertThat(outcome(quoted)).as(quoted.toString()).isIn(GENUINE, Cause.SIGNED_HEADER_CHANGED.label());
            // it is signed, or it is not
            assertThat(missing.isGenuine()).isEqualTo(quoted.isGenuine());
            if (quoted.cause().isPresent()) {
                assertThat(quoted.detail()).isEqualTo("it is " + name);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kits")
    void recognisesWhoseDeliveryItIs(ProviderKit kit) {
        Sent sent = Sent.by(kit);
        String name = kit.provider().name();

        List<RecognisedProvider> whole = SignatureExplainer.recognise(sent.headers(), kits());
        // two providers may have the same header
        assertThat(whole.stream().takeWhile(one -> one.headers().equals(sent.signatureHeaders())))
                .contains(new RecognisedProvider(
                        name, sent.signatureHeaders(), RecognisedProvider.Fit.SIGNATURE_READABLE));

        Sent unsigned = sent;
        for (String header : sent.signatureHeaders()) {
            unsigned = unsigned.header(header);
        }
        List<RecognisedProvider> byOtherHeaders = SignatureExplainer.recognise(unsigned.headers(), kits());
        if (sent.otherHeaders().isEmpty()) {
            assertThat(byOtherHeaders).isEmpty();
        } else {
            assertThat(byOtherHeaders)
                    .contains(new RecognisedProvider(name, sent.otherHeaders(), RecognisedProvider.Fit.OTHER_HEADERS));
        }
    }

    private static String signatureOf(Sent sent) {
        return sent.value(sent.signatureHeaders().get(0));
    }

    private static Optional<String> encodedSignature(Sent sent) {
        return sent.coversBody()
                ? ENCODED.matcher(signatureOf(sent))
                        .results()
                        .map(found -> found.group())
                        .findFirst()
                : Optional.empty();
    }

    /** Returns the name before the signature, if the provider writes one. */
    private static String prefixOf(Sent sent) {
        String value = signatureOf(sent);
        String before = value.substring(0, value.indexOf(encodedSignature(sent).orElse("")));
        return before.substring(before.lastIndexOf(',', Math.max(0, before.length() - 2)) + 1);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String ascii(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c < 0x80 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return out.toString();
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
