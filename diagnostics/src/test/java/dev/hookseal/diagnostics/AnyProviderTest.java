package dev.hookseal.diagnostics;

import static dev.hookseal.diagnostics.Arrived.ACME_BODY;
import static dev.hookseal.diagnostics.Arrived.ACME_SECRET;
import static dev.hookseal.diagnostics.Arrived.ACME_TIME;
import static dev.hookseal.diagnostics.Arrived.NOW;
import static dev.hookseal.diagnostics.Arrived.acmeMessage;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookProviders;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignatureAlgorithm;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.signature.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Providers that diagnostics has no line about are explained, too. */
class AnyProviderTest {
    private static final String HEADER = "Acme-Signature";

    static Stream<Arguments> causesOfAProviderWithoutAKit() {
        return Stream.of(
                arguments(Cause.SIGNATURE_MISSING, Arrived.acme().withoutHeader(HEADER)),
                arguments(Cause.SIGNATURE_REPEATED, Arrived.acme().header(HEADER, "t=1", "t=1")),
                arguments(Cause.SIGNATURE_REPEATED, respelled(value -> value + ", " + value)),
                arguments(Cause.SIGNATURE_DECORATED, respelled(value -> '"' + value + '"')),
                arguments(Cause.SIGNATURE_DECORATED, respelled(value -> "sha256=" + value)),
                arguments(Cause.UPPER_CASE, respelled(value -> value.toUpperCase(Locale.ROOT))),
                arguments(Cause.UPPER_CASE, respelledHex(hex -> hex.toUpperCase(Locale.ROOT))),
                arguments(Cause.BASE64_FOR_HEX, respelledHex(AnyProviderTest::base64)),
                arguments(Cause.BASE64_FOR_HEX, respelledHex(hex -> base64(hex).replace("=", ""))),
                arguments(Cause.SECRET_WHITE_SPACE, secret(ACME_SECRET, ACME_SECRET + "\n")),
                arguments(Cause.SECRET_WHITE_SPACE, secret(ACME_SECRET + "\r\n", ACME_SECRET)),
                arguments(Cause.SECRET_QUOTED, secret(ACME_SECRET, '"' + ACME_SECRET + '"')),
                arguments(
                        Cause.SECRET_DECODED,
                        secret("decoded secret 24 bytes.", "sk_live_ZGVjb2RlZCBzZWNyZXQgMjQgYnl0ZXMu")),
                arguments(Cause.SECRET_ENCODED, secret("YWNtZS05YzQxYjdkMDVlNmY=", ACME_SECRET)),
                arguments(Cause.NEWLINE_ADDED, Arrived.acme().bodyChanged(body -> body + "\n")),
                arguments(Cause.NEWLINE_LOST, signed(ACME_BODY + "\n")),
                arguments(Cause.BYTE_ORDER_MARK_ADDED, Arrived.acme().bodyChanged(body -> "\uFEFF" + body)),
                arguments(Cause.CHARSET_CHANGED, Arrived.acme().body(ACME_BODY.getBytes(ISO_8859_1))),
                arguments(Cause.PRETTY_PRINTED, Arrived.acme().bodyChanged(body -> body.replace(":", ": "))),
                arguments(Cause.NUMBERS_REWRITTEN, Arrived.acme().bodyChanged(body -> body.replace("12.5", "12.50"))),
                arguments(Cause.CHARACTERS_ESCAPED, Arrived.acme().bodyChanged(body -> body.replace("/", "\\/"))),
                arguments(
                        Cause.KEYS_REORDERED,
                        Arrived.acme()
                                .bodyChanged(body -> body.replace(
                                        "\"kind\":\"paid\",\"amount\":12.5", "\"amount\":12.5,\"kind\":\"paid\""))),
                arguments(Cause.TRUNCATED, Arrived.acme().bodyChanged(body -> body.substring(0, 20))),
                arguments(Cause.BODY_EMPTY, Arrived.acme().body("")),
                arguments(Cause.BODY_ALONE_SIGNED, Arrived.acme(ACME_BODY)),
                arguments(Cause.TIMESTAMP_OUTSIDE_TOLERANCE, Arrived.acme().at("2023-10-28T12:05:01Z")),
                arguments(Cause.TIMESTAMP_OUTSIDE_TOLERANCE, Arrived.acme().at("2023-10-28T11:54:59Z")),
                arguments(Cause.TIMESTAMP_UNREADABLE, respelled(value -> value.replaceFirst("t=\\d+,", ""))),
                arguments(Cause.TIMESTAMP_UNREADABLE, respelled(value -> value.replaceFirst("t=\\d+", "t=noon"))));
    }

    @ParameterizedTest
    @MethodSource("causesOfAProviderWithoutAKit")
    void namesTheCauseForAProviderWithoutAKit(Cause cause, Arrived arrived) {
        Explanation explanation = arrived.explanation();

        assertThat(explanation.isGenuine()).isFalse();
        assertThat(explanation.cause()).as(explanation.toString()).contains(cause);
        assertThat(explanation.toString())
                .doesNotContain(arrived.mustNotBeTold().toArray(String[]::new));
    }

    @Test
    void findsNothingInAGenuineDelivery() {
        assertThat(Arrived.acme().explanation().isGenuine()).isTrue();
        assertThat(Arrived.acme().at("2023-10-28T12:05:00Z").explanation().isGenuine())
                .isTrue();
    }

    @Test
    void findsNoCauseForATamperedBody() {
        Explanation explanation =
                Arrived.acme().bodyChanged(body -> body.replace("12.5", "99")).explanation();

        assertThat(explanation.cause()).isEmpty();
        assertThat(explanation.ruledOut())
                .contains(Cause.NEWLINE_LOST, Cause.SECRET_QUOTED, Cause.KEYS_REORDERED, Cause.BODY_ALONE_SIGNED)
                .doesNotContain(Cause.SECRET_OF_ANOTHER_EVENT, Cause.BASE64_FOR_HEX, Cause.HEX_FOR_BASE64);
    }

    @Test
    void takesTheSettingsOfTheProvider() {
        Arrived hourOld = Arrived.acme().at("2023-10-28T12:30:00Z");

        assertThat(hourOld.explanation().isGenuine()).isFalse();
        assertThat(hourOld.tolerance(Duration.ofHours(1)).explanation().isGenuine())
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureExplainer.of("acme").withReplayWindow(Duration.ofHours(1)))
                .withMessageContaining("hookseal.endpoints.acme.replay-window");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureExplainer.of("acme").withSetting("tolerance", "soon"))
                .withMessageContaining("hookseal.endpoints.acme.tolerance is not a duration");
    }

    @Test
    void knowsADeliveryOfAnotherProvider() {
        Explanation atFormFlow =
                Arrived.acme().explanationOf(SignatureExplainer.of("formflow").withSecret(ACME_SECRET));
        Explanation atAcme =
                Arrived.formFlow().explanationOf(SignatureExplainer.of("acme").withSecret(Arrived.FORMFLOW_SECRET));

        assertThat(atFormFlow.cause()).contains(Cause.OTHER_PROVIDER);
        assertThat(atFormFlow.detail()).isEqualTo("it is one of acme");
        assertThat(atAcme.cause()).contains(Cause.OTHER_PROVIDER);
        assertThat(atAcme.detail()).isEqualTo("it is one of formflow");
    }

    @Test
    void recognisesProvidersByTheirHeaders() {
        String hex = "0".repeat(64);

        assertThat(recognised("acme-signature", "t=1,v1=" + hex)).containsExactly("acme SIGNATURE_READABLE");
        assertThat(recognised("X-Webhook-Signature", hex))
                .containsExactly("formflow SIGNATURE_READABLE", "extracta SIGNATURE_UNREADABLE");
        assertThat(recognised("X-Webhook-Signature", base64(hex)))
                .containsExactly("extracta SIGNATURE_READABLE", "formflow SIGNATURE_UNREADABLE");
        assertThat(recognised("X-Webhook-Signature", "sha256=" + hex))
                .containsExactly("extracta SIGNATURE_UNREADABLE", "formflow SIGNATURE_UNREADABLE");
        assertThat(recognised("X-Webhook-Timestamp", "2023-10-28T12:00:00Z")).containsExactly("formflow OTHER_HEADERS");
        assertThat(recognised("X-Other", hex)).isEmpty();
        assertThat(recognised("Content-Type", "application/json")).isEmpty();
    }

    private static List<String> recognised(String header, String value) {
        return SignatureExplainer.recognise(Map.of(header, List.of(value))).stream()
                .peek(provider -> assertThat(provider.headers())
                        .singleElement()
                        .asString()
                        .isEqualToIgnoringCase(header))
                .map(provider -> provider.name() + " " + provider.fit())
                .toList();
    }

    static Stream<ProviderKit> kits() {
        return WebhookProviders.kits().stream();
    }

    @ParameterizedTest
    @MethodSource("kits")
    void findsNothingInWhatAKitSigns(ProviderKit kit) {
        TestSecret secret = kit.newSecret("any");
        SignatureExplainer explainer = SignatureExplainer.of(kit.provider().name())
                .withSecret(secret.configured())
                .withClock(Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(kit.samples()).isNotEmpty().allSatisfy(sample -> {
            byte[] body = kit.withEventTime(sample.body().getBytes(UTF_8), NOW);
            Map<String, List<String>> headers = new HashMap<>();
            kit.sign(
                            new UnsignedDelivery("POST", "https://x.example/", sample.name(), "msg_1", NOW, body),
                            secret.signing())
                    .forEach((name, value) -> headers.put(name, List.of(value)));

            Explanation explanation = explainer.explain(headers, body);

            assertThat(explanation.isGenuine()).as(explanation.toString()).isTrue();
            assertThat(SignatureExplainer.recognise(headers).get(0).name())
                    .isEqualTo(kit.provider().name());
        });
    }

    @Test
    void givesWhatIsUnusualAboutASpellingAsAHint() {
        Arrived sha1 = Arrived.acme().header(HEADER, "t=" + ACME_TIME + ",v1=" + "a".repeat(40));

        assertThat(sha1.explanation().hints())
                .containsExactly(
                        "the signature is lower-case hex of 20 bytes (SHA-1 has as many), which is not how acme writes it");
        assertThat(sha1.explanationOf(SignatureExplainer.of(new AcmeKit()).withSecret(ACME_SECRET))
                        .hints())
                .containsExactly("the signature is lower-case hex of 20 bytes (SHA-1 has as many), where acme writes"
                        + " lower-case hex of 32 bytes (SHA-256 has as many)");
        assertThat(Arrived.formFlow()
                        .signature("{" + "0".repeat(64))
                        .explanation()
                        .hints())
                .containsExactly(
                        "the signature is lower-case hex of the right length, but its header is not as formflow"
                                + " writes it");
    }

    @Test
    void namesNoProviderInItsOwnCode() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            List<Path> sources = files.filter(Files::isRegularFile).toList();

            assertThat(sources)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(source -> assertThat(Files.readAllLines(source))
                            .filteredOn(line -> !line.strip().startsWith("*"))
                            .noneMatch(line -> line.toLowerCase(Locale.ROOT).matches(".*(extracta|formflow).*")));
        }
    }

    @Test
    void listsEveryGeneralCause() {
        assertThat(Arrays.stream(Cause.class.getFields())
                        .map(field -> field.getName().toLowerCase(Locale.ROOT).replace('_', '-')))
                .containsExactlyElementsOf(
                        Cause.general().stream().map(Cause::label).toList());
    }

    @Test
    void namesTheCausesThatAKitAdds() {
        Arrived arrived = Arrived.acmeSignedBy("test_" + ACME_SECRET);

        Explanation explanation =
                arrived.explanationOf(SignatureExplainer.of(new AcmeKit()).withSecret(ACME_SECRET));

        assertThat(explanation.cause().map(Cause::label)).contains("test-mode");
        assertThat(explanation.toString())
                .isEqualTo("test-mode: It was signed with the secret of the test mode.\nFix: Use the live secret.");
        assertThat(arrived.explanationOf(SignatureExplainer.of("acme").withSecret(ACME_SECRET))
                        .cause())
                .isEmpty();
    }

    @Test
    void explainsAProviderThatIsNotRegistered() {
        byte[] body = "a=1".getBytes(UTF_8);
        String signature =
                Base64.getUrlEncoder().withoutPadding().encodeToString(Arrived.hmac("k".getBytes(UTF_8), body));
        String standard = signature.replace('-', '+').replace('_', '/') + "=";
        SignatureExplainer explainer = SignatureExplainer.of(new UnregisteredProvider(AnyProviderTest::plain))
                .withSecret("k");

        assertThat(explainer.explain(Map.of("Sig", List.of(signature)), body).isGenuine())
                .isTrue();
        assertThat(explainer.explain(Map.of("Sig", List.of(standard)), body).cause())
                .contains(Cause.BASE64URL);
        assertThat(explainer
                        .explain(Map.of("Sig", List.of(hexOfBase64(standard))), body)
                        .cause())
                .contains(Cause.HEX_FOR_BASE64);
    }

    @Test
    void tellsThatASenderDidNotDecodeTheSecret() {
        String secret = "wk_" + Base64.getEncoder().encodeToString("sixteen bytes...".getBytes(UTF_8));
        byte[] body = "a=1".getBytes(UTF_8);
        SignatureExplainer explainer = SignatureExplainer.of(new UnregisteredProvider(AnyProviderTest::withDecodedKey))
                .withSecret(secret);

        assertThat(explainer.explain(signedAs("sixteen bytes..."), body).isGenuine())
                .isTrue();
        assertThat(explainer.explain(signedAs(secret), body).cause()).contains(Cause.SECRET_ENCODED);
        assertThat(explainer.explain(signedAs(secret.substring(3)), body).cause())
                .contains(Cause.SECRET_ENCODED);
    }

    private static Map<String, List<String>> signedAs(String key) {
        byte[] signature = Arrived.hmac(key.getBytes(UTF_8), "a=1".getBytes(UTF_8));
        return Map.of("Sig", List.of(Base64.getUrlEncoder().withoutPadding().encodeToString(signature)));
    }

    @Test
    void takesTheQueryOfARequestIntoAccount() {
        byte[] body = "a=1".getBytes(UTF_8);
        String signature = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrived.hmac("k".getBytes(UTF_8), "https://x.example/h?q=1 a=1".getBytes(UTF_8)));
        SignatureExplainer explainer = SignatureExplainer.of(new UnregisteredProvider(AnyProviderTest::withUrl))
                .withSecret("k")
                .withSetting("public-url", "https://x.example/h");

        assertThat(explainer.explain(withQuery("q=1", signature, body)).isGenuine())
                .isTrue();
        assertThat(explainer
                        .explain(withQuery("q=1", signature, "a=1\n".getBytes(UTF_8)))
                        .cause())
                .contains(Cause.NEWLINE_ADDED);
        assertThat(explainer.explain(withQuery("q=2", signature, body)).cause()).isEmpty();
    }

    @Test
    void knowsADeliveryOfAProviderWithASettingThatItCannotDoWithout() {
        ProviderKit regional = new RegionalKit();
        byte[] body = "{\"a\":1}".getBytes(UTF_8);
        UnsignedDelivery delivery = new UnsignedDelivery("POST", "https://x.example/", "", "", NOW, body);
        Map<String, List<String>> headers = Map.of(
                "Region-Signature",
                List.of(regional.sign(delivery, SigningSecret.ofUtf8("k")).getOrDefault("Region-Signature", "")));

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SignatureExplainer.of(regional).withSecret("k").explain(headers, body))
                .withMessageContaining("hookseal.endpoints.regional.region is not set");
        assertThat(SignatureExplainer.of(regional)
                        .withSecret("k")
                        .withSetting("region", "eu")
                        .explain(headers, body)
                        .isGenuine())
                .isTrue();
        assertThat(SignatureExplainer.recognise(headers, List.of(regional)))
                .containsExactly(new RecognisedProvider(
                        "regional", List.of("Region-Signature"), RecognisedProvider.Fit.SIGNATURE_READABLE));

        SignatureExplainer atAcme =
                SignatureExplainer.of("acme").withSecret("k").withOtherProvider(regional);
        SignatureExplainer withItsSecret = SignatureExplainer.of("acme")
                .withSecret("another")
                .withOtherSecret("regional test", SigningSecret.ofUtf8("k"))
                .withOtherProvider(regional);

        assertThat(atAcme.explain(headers, body).toString())
                .startsWith("other-provider: ")
                .contains("Here: it is one of regional\n");
        assertThat(withItsSecret.explain(headers, body).detail())
                .isEqualTo("it is one of regional, with the secret given as \"regional test\"");
    }

    /** Signs the region, without which there cannot be an endpoint. */
    private static final class RegionalKit implements ProviderKit {
        private static final SignatureHeader SIGNATURE = SignatureHeader.hex("Region-Signature");
        private static final Setting<String> REGION =
                Setting.of("region", SettingType.TEXT, "The region of the account, which is signed.");

        @Override
        public WebhookProvider<?> provider() {
            return new WebhookProvider<AnyEvent>() {
                @Override
                public String name() {
                    return "regional";
                }

                @Override
                public Class<AnyEvent> eventClass() {
                    return AnyEvent.class;
                }

                @Override
                public List<Setting<?>> settings() {
                    return List.of(REGION);
                }

                @Override
                public SignatureScheme scheme(EndpointSettings settings) {
                    String region = settings.value(REGION)
                            .orElseThrow(() -> new WebhookConfigurationException(
                                    settings.property("region") + " is not set", "set it to the account's region"));
                    return SignatureScheme.of(
                            SIGNATURE,
                            request -> SignedMessage.of(request.body()).after(region));
                }

                @Override
                public ReadEvent<AnyEvent> read(SignedContent content, EndpointSettings settings) {
                    return ReadEvent.of(new AnyEvent(new String(content.bytes(), UTF_8)), "");
                }
            };
        }

        @Override
        public void configure(EndpointSettings.Builder settings) {
            settings.set(REGION, "eu");
        }

        @Override
        public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
            byte[] message = ("eu" + new String(delivery.body(), UTF_8)).getBytes(UTF_8);
            return Map.of(
                    "Region-Signature", HexFormat.of().formatHex(Arrived.hmac(secret.exposeSecretBytes(), message)));
        }

        @Override
        public List<SampleEvent> samples() {
            return List.of(new SampleEvent("", "{}"));
        }
    }

    @Test
    void takesAHandshakeThatIsSignedForGenuine() {
        byte[] ping = "{\"type\":\"ping\"}".getBytes(UTF_8);
        ProviderKit chat = CustomKits.chat();
        Map<String, List<String>> headers = new HashMap<>();
        chat.sign(
                        new UnsignedDelivery("POST", "https://x.example/", "", "", NOW, ping),
                        chat.newSecret("any").signing())
                .forEach((name, value) -> headers.put(name, List.of(value)));

        Explanation explanation = SignatureExplainer.of(chat)
                .withSecret(chat.newSecret("any").configured())
                .explain(headers, ping);

        assertThat(explanation.isGenuine()).as(explanation.toString()).isTrue();
    }

    private static WebhookRequest withQuery(String query, String signature, byte[] body) {
        WebhookRequest request = WebhookRequest.of("POST", Map.of("Sig", List.of(signature)), body);
        return new WebhookRequest() {
            @Override
            public String method() {
                return request.method();
            }

            @Override
            public List<String> headers(String name) {
                return request.headers(name);
            }

            @Override
            public @Nullable String rawQuery() {
                return query;
            }

            @Override
            public byte[] body() {
                return body;
            }
        };
    }

    private static Arrived respelled(UnaryOperator<String> change) {
        return Arrived.acme().headerChanged(HEADER, change);
    }

    private static Arrived respelledHex(UnaryOperator<String> change) {
        return respelled(value -> {
            int at = value.indexOf("v1=") + 3;
            return value.substring(0, at) + change.apply(value.substring(at));
        });
    }

    private static Arrived secret(String signing, String given) {
        return Arrived.acmeSignedBy(signing).secret(given);
    }

    private static Arrived signed(String body) {
        return Arrived.acme(acmeMessage(body), ACME_SECRET.getBytes(UTF_8)).secret(ACME_SECRET);
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private static String hexOfBase64(String value) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(value));
    }

    /** Has one cause that no other provider has. */
    private static final class AcmeKit implements ProviderKit {
        @Override
        public WebhookProvider<?> provider() {
            return new AcmeProvider();
        }

        @Override
        public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
            byte[] message = acmeMessage(new String(delivery.body(), UTF_8));
            return Map.of(
                    HEADER,
                    "t=" + ACME_TIME + ",v1="
                            + HexFormat.of().formatHex(Arrived.hmac(secret.exposeSecretBytes(), message)));
        }

        @Override
        public List<SampleEvent> samples() {
            return List.of(new SampleEvent("", ACME_BODY));
        }

        @Override
        public List<Suspicion> suspicions(WebhookRequest request, SigningSecret secret) {
            String text = new String(secret.exposeSecretBytes(), UTF_8);
            return List.of(new Suspicion(
                    "test-mode",
                    "It was signed with the secret of the test mode",
                    "Use the live secret.",
                    request,
                    SigningSecret.ofUtf8("test_" + text)));
        }
    }

    private record AnyEvent(String text) {}

    private static final SignatureHeader SIG = SignatureHeader.base64Url("Sig");

    private static SignatureScheme plain(EndpointSettings settings) {
        return SignatureScheme.of(SIG, request -> SignedMessage.of(request.body()));
    }

    /** The key is what the secret decodes to after {@code wk_}. */
    private static SignatureScheme withDecodedKey(EndpointSettings settings) {
        return new SignatureScheme() {
            @Override
            public List<String> headers() {
                return List.of(SIG.name());
            }

            @Override
            public SignatureClaim claim(WebhookRequest request) throws WebhookRejectedException {
                return SignatureClaim.of(SIG.read(request), SignedMessage.of(request.body()));
            }

            @Override
            public VerificationKey key(SigningSecret secret) {
                String text = new String(secret.exposeSecretBytes(), UTF_8);
                return VerificationKey.hmac(
                        SignatureAlgorithm.HMAC_SHA256,
                        Base64.getDecoder().decode(text.startsWith("wk_") ? text.substring(3) : text));
            }
        };
    }

    private static SignatureScheme withUrl(EndpointSettings settings) {
        return SignatureScheme.of(
                SIG, request -> SignedMessage.of(request.body()).after(settings.publicUrl(request) + " "));
    }

    /** Is on no list of providers. */
    private record UnregisteredProvider(Function<EndpointSettings, SignatureScheme> schemes)
            implements WebhookProvider<AnyEvent> {
        @Override
        public String name() {
            return "unregistered";
        }

        @Override
        public Class<AnyEvent> eventClass() {
            return AnyEvent.class;
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of(EndpointSettings.PUBLIC_URL);
        }

        @Override
        public SignatureScheme scheme(EndpointSettings settings) {
            return schemes.apply(settings);
        }

        @Override
        public ReadEvent<AnyEvent> read(SignedContent content, EndpointSettings settings) {
            return ReadEvent.of(new AnyEvent(new String(content.bytes(), UTF_8)), "");
        }
    }
}
