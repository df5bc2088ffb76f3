package dev.hookseal.config;

import static dev.hookseal.fixture.Deliveries.CLOCK;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_BODY;
import static dev.hookseal.fixture.Deliveries.NOW;
import static dev.hookseal.fixture.Rejections.assertRejected;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MISMATCH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.fixture.MovedClock;
import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Signer;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.Acceptance;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.provider.AcmeProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.BodyBudget;
import dev.hookseal.request.BodyLimits;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** What a configuration comes to, and that every message about a wrong one names the property to set. */
class EndpointRegistryTest {
    private static final String FORMFLOW = "hookseal.endpoints.formflow";

    @Test
    void allEndpointsShareWhatIsSetForTheirBodies() {
        Map<String, EndpointProperties> values = Map.of(
                "formflow", new Values().secret("s").build(),
                "extracta", new Values().secret("s").build());
        EndpointRegistry endpoints =
                endpoints(values, global(Map.of("hookseal.body-timeout", "3s", "hookseal.body-budget", 2_000_000L)));

        BodyLimits formFlow = endpoints.receivers().get("formflow").bodyLimits();
        BodyLimits extracta = endpoints.receivers().get("extracta").bodyLimits();
        assertThat(formFlow.timeout()).isEqualTo(Duration.ofSeconds(3)).isEqualTo(extracta.timeout());
        assertThat(formFlow.budget()).isSameAs(extracta.budget());
        assertThat(formFlow.budget().maxBytes()).isEqualTo(2_000_000);
        BodyLimits unset = endpoints(values, GlobalProperties.NONE)
                .receivers()
                .get("extracta")
                .bodyLimits();
        assertThat(unset.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(unset.budget()).isSameAs(BodyBudget.ofTheHeap());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hookseal.body-timeout            | 10ms | must be from 1s to 5m, and it is 10ms: set it to 1s or more
            hookseal.body-timeout            | 6m   | must be from 1s to 5m, and it is 6m: set it to 5m or less
            hookseal.body-timeout            | 10   | is not a duration: 10: set it to a number with a unit, such as 30s
            hookseal.body-budget             | 50   | must be at least 1MB, and it is 50 bytes: set it to a number with a unit
            hookseal.store.max-deliveries    | 0    | must be at least 1, and it is 0: set it to 1 or more
            hookseal.store.max-deliveries    | many | is not a whole number: many: set it to a number such as 1000
            hookseal.rejected.max-deliveries | 0    | must be from 1 to 100000, and it is 0
            hookseal.rejected.max-size       | 1KB  | must be at least 64KB, and it is 1KB
            """)
    void boundsWhatNoEndpointHas(String property, String value, String message) {
        assertThatThrownBy(() -> global(Map.of(property, value)))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith(property + " " + message);
    }

    @Test
    void knowsWhereItReceivesItself() {
        EndpointRegistry endpoints = EndpointRegistry.builder(Map.of(
                        "formflow", EndpointProperties.of(Map.of("secret", "s", "path", "/webhooks/form-flow_2.0~x"))))
                .build();

        assertThat(endpoints.paths()).containsExactly(Map.entry("formflow", "/webhooks/form-flow_2.0~x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhooks", "/", "/webhooks/", "//x", "/a b", "/{id}", "/*", "/a?b", "/a#b", "/a%2e", ""})
    void rejectsAPathThatIsNotPlain(String path) {
        assertThatThrownBy(() -> EndpointRegistry.builder(
                                Map.of("formflow", EndpointProperties.of(Map.of("secret", "s", "path", path))))
                        .build())
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("hookseal.endpoints.formflow.path is \"" + path
                        + "\", which is not a path: set it to" + " one such as /webhooks/formflow");
    }

    @Test
    void rejectsAPathThatTwoEndpointsHave() {
        Map<String, EndpointProperties> same = new LinkedHashMap<>();
        same.put("formflow", EndpointProperties.of(Map.of("secret", "s", "path", "/hooks")));
        same.put("extracta", EndpointProperties.of(Map.of("secret", "s", "path", "/hooks")));

        assertThatThrownBy(() -> EndpointRegistry.builder(same).build())
                .hasMessage("hookseal.endpoints.extracta.path is /hooks, and so is that of endpoint formflow: give each"
                        + " endpoint a different one");
    }

    @Test
    void givesTheInboxTheEventsOfItsListeners() {
        List<String> accepted = new ArrayList<>();
        InboxListeners listeners = new InboxListeners(delivery -> {
            accepted.add(delivery.endpoint() + " " + delivery.eventName());
            return Acceptance.ACCEPTED;
        });
        listeners.add("FormFlow", Set.of("extracted"));
        listeners.add("form-flow", Set.of("export"));
        EndpointRegistry endpoints = EndpointRegistry.builder(
                        Map.of("formflow", EndpointProperties.of(Map.of("secret", Deliveries.FORMFLOW_SECRET))))
                .clock(CLOCK)
                .inbox(listeners)
                .build();

        for (String event : List.of("extracted", "export", "error-export")) {
            endpoints
                    .receivers()
                    .get("formflow")
                    .receive(Deliveries.formFlow(Deliveries.formFlowBody(event, NOW.toString())));
        }

        assertThat(accepted).containsExactly("formflow extracted", "formflow export");
    }

    private static GlobalProperties global(Map<String, ?> values) {
        return GlobalProperties.of(values);
    }

    private static EndpointRegistry endpoints(Map<String, EndpointProperties> values, GlobalProperties global) {
        return EndpointRegistry.builder(values)
                .properties(global)
                .store(new InMemoryDeliveryStore(CLOCK))
                .clock(CLOCK)
                .build();
    }

    @Test
    void makesAReceiverForEachEndpointInOrder() {
        Map<String, EndpointProperties> values = new LinkedHashMap<>();
        values.put("formflow", secret("one"));
        values.put("extracta", secret("two"));
        values.put("billing", new Values().provider("formflow").secret("three").build());

        EndpointRegistry endpoints = endpoints(values);

        assertThat(endpoints.receivers().keySet()).containsExactly("formflow", "extracta", "billing");
        assertThat(endpoints.receivers().get("billing").provider().name()).isEqualTo("formflow");
        assertThat(endpoints.receivers().get("billing").settings().name()).isEqualTo("billing");
        assertThat(endpoints.receivers()).isUnmodifiable();
    }

    @Test
    void appliesWhatIsSet() {
        WebhookReceiver<?> receiver = receiver(new Values()
                .secret("s")
                .maxBodyBytes(256_000L)
                .tolerance(Duration.ofMinutes(5))
                .replayWindow(Duration.ofHours(7)));

        assertThat(receiver.bodyLimits().maxBytes()).isEqualTo(256_000);
        assertThat(receiver.settings().value(EndpointSettings.TOLERANCE)).contains(Duration.ofMinutes(5));
        assertThat(receiver.settings().value(EndpointSettings.REPLAY_WINDOW)).contains(Duration.ofHours(7));
        assertThat(receiver.settings().clock()).isSameAs(CLOCK);
    }

    @Test
    void appliesTheLease() {
        List<DeliveryOutcome> outcomes = new ArrayList<>();
        MovedClock clock = new MovedClock(NOW);
        EndpointRegistry endpoints = EndpointRegistry.builder(Map.of(
                        "formflow",
                        new Values().secret("s").lease(Duration.ofSeconds(10)).build()))
                .store(new InMemoryDeliveryStore(clock))
                .clock(clock)
                .observers(List.of(outcomes::add))
                .build();
        WebhookReceiver<?> receiver = endpoints.receivers().get("formflow");

        receiver.receive(signed("s"));
        receiver.receive(signed("s"));
        clock.advance(Duration.ofSeconds(11));

        assertThat(receiver.receive(signed("s"))).isInstanceOf(Decision.Admitted.class);
        assertThat(outcomes).extracting(DeliveryOutcome::kind).containsExactly(DeliveryOutcome.Kind.IN_PROGRESS);
    }

    @Test
    void takesTheSecretsThatTheApplicationGives() {
        SecretSource source = SecretSource.of(SigningSecret.ofUtf8("own"));
        EndpointProperties values =
                new Values().maxBodyBytes(5000L).provider("formflow").build();

        EndpointRegistry endpoints = endpoints(
                Map.of("orders", values, "extracta", secret("s")),
                new EndpointSecrets("orders", source),
                new EndpointSecrets("formflow", source));

        assertThat(endpoints.receivers()).containsOnlyKeys("orders", "extracta", "formflow");
        assertThat(endpoints.receivers().get("orders").bodyLimits().maxBytes()).isEqualTo(5000);
        assertThat(endpoints.receivers().get("orders").settings().secrets()).isSameAs(source);
        assertThat(endpoints.receivers().get("formflow").settings().secrets()).isSameAs(source);
    }

    @Test
    void rejectsSecretsThatAreGivenTwice() {
        EndpointSecrets own = new EndpointSecrets("formflow", SecretSource.of(SigningSecret.ofUtf8("hush")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoints(Map.of("formflow", secret("hush")), own))
                .withMessageContaining("properties below " + FORMFLOW)
                .withMessageNotContaining("hush");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoints(Map.of(), own, own))
                .withMessageContaining("two EndpointSecrets for endpoint formflow");
    }

    private static EndpointRegistry endpoints(Map<String, EndpointProperties> values, EndpointSecrets... own) {
        return EndpointRegistry.builder(values)
                .secrets(List.of(own))
                .store(new InMemoryDeliveryStore(CLOCK))
                .clock(CLOCK)
                .build();
    }

    @Test
    void rejectsAnUnknownProvider() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoints(Map.of("orders", secret("s"))))
                .withMessageContaining("hookseal.endpoints.orders.provider")
                .withMessageContaining("[extracta, formflow, standard-webhooks]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoints(Map.of(
                        "formflow", new Values().provider("acme").secret("s").build())))
                .withMessageContaining(FORMFLOW + ".provider");
    }

    @Test
    void rejectsValuesOutOfRange() {
        assertRejectedProperty(new Values().secret("s").maxBodyBytes(0L), FORMFLOW + ".max-body-size");
        assertRejectedProperty(new Values().secret("s").maxBodyBytes(Long.MAX_VALUE), FORMFLOW + ".max-body-size");
        // whose lower half would be 1
        assertRejectedProperty(new Values().secret("s").maxBodyBytes(-4_294_967_295L), FORMFLOW + ".max-body-size");
        assertRejectedProperty(new Values().secret("s").tolerance(Duration.ZERO), FORMFLOW + ".tolerance");
        assertRejectedProperty(new Values().secret("s").replayWindow(Duration.ZERO), FORMFLOW + ".replay-window");
        assertRejectedProperty(new Values().secret("s").lease(Duration.ofSeconds(-1)), FORMFLOW + ".lease");
    }

    @Test
    void rejectsSettingsThatTheProviderRejects() {
        assertRejectedProperty(
                new Values().secret("s").repeatWindow(Duration.ofMinutes(1)), FORMFLOW + ".repeat-window");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoints(Map.of(
                        "extracta",
                        new Values()
                                .secrets(Map.of("extraction.processed", "s"))
                                .build())))
                .withMessageContaining("hookseal.endpoints.extracta.secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoints(Map.of("extracta", secret("E_AI_K_"))))
                .withMessageContaining("hookseal.endpoints.extracta.secret");
    }

    @Test
    void rejectsAnEndpointWithoutASecret() {
        assertRejectedProperty(new Values(), FORMFLOW + ".secret");
    }

    @Test
    void rejectsSecretAndSecretsTogether() {
        assertRejectedProperty(
                new Values().secret("s").secrets(Map.of("extracted", "t")),
                FORMFLOW + ".secret",
                FORMFLOW + ".secrets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void rejectsAnEmptySecret(String empty) {
        assertRejectedProperty(new Values().secret(empty), FORMFLOW + ".secret");
        assertRejectedProperty(new Values().secrets(Map.of("extracted", empty)), FORMFLOW + ".secrets.extracted");
        assertRejectedProperty(
                new Values().secrets(Map.of("extracted", List.of("s", empty))), FORMFLOW + ".secrets.extracted[1]");
        assertRejectedProperty(new Values().secrets(Map.of("0", empty)), FORMFLOW + ".secrets[0]");
    }

    @Test
    void rejectsAnEmptyList() {
        assertRejectedProperty(new Values().secrets(Map.of("extracted", List.of())), FORMFLOW + ".secrets.extracted");
        assertRejectedProperty(new Values().secrets(Map.of("extracted", Map.of())), FORMFLOW + ".secrets.extracted");
    }

    @Test
    void rejectsAPlaceholderThatNothingResolves() {
        assertRejectedProperty(new Values().secret("${FF_SECRET}"), FORMFLOW + ".secret", "${FF_SECRET}");
        assertRejectedProperty(
                new Values().secrets(Map.of("export", List.of("${FF_NEW}"))), FORMFLOW + ".secrets.export[0]");
    }

    @Test
    void rejectsASecretThatUtf8CannotEncodeWithoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoints(Map.of("formflow", secret("s3cr3t\ud83d"))))
                .withMessageContaining(FORMFLOW + ".secret")
                .withMessageNotContaining("s3cr3t");
    }

    // as a framework binds the environment variable ..._SECRETS_ERROR_PRE_PROCESSING
    @Test
    void takesAnEventNameThatIsSpreadOverLevels() {
        WebhookReceiver<?> receiver = receiver(new Values()
                .secrets(Map.of("error", Map.of("export", "a", "pre", Map.of("processing", List.of("b", "c"))))));

        assertThat(receiver.settings().secrets().secretsFor("error-export")).hasSize(1);
        assertThat(receiver.settings().secrets().secretsFor("error-pre-processing"))
                .hasSize(2);
    }

    @Test
    void namesTheWholePropertyOfAnEventThatIsSpreadOverLevels() {
        assertRejectedProperty(
                new Values().secrets(Map.of("error", Map.of("export", " "))), FORMFLOW + ".secrets.error.export");
    }

    @Test
    void warnsOfWhiteSpaceAroundASecretWithoutShowingIt() {
        try (CapturedLog log = CapturedLog.of(WebhookReceiver.class)) {
            receiver(new Values().secret("s3cr3t "));

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains(FORMFLOW + ".secret")
                    .doesNotContain("s3cr3t");
        }
    }

    @Test
    void takesSecretsByEvent() {
        WebhookReceiver<?> receiver = receiver(new Values().secrets(Map.of("extracted", "a", "export", "b")));

        assertMatches(receiver, "a", 0);
        assertMismatch(receiver, "b");
    }

    @Test
    void takesSecretsByEventInARotation() {
        WebhookReceiver<?> receiver = receiver(new Values().secrets(Map.of("extracted", List.of("new", "old"))));

        assertMatches(receiver, "new", 0);
        assertMatches(receiver, "old", 1);
    }

    // as a framework binds a list where it expects a map, in any order of its keys
    @Test
    void takesListsThatAreBoundAsMaps() {
        Map<String, String> list = new LinkedHashMap<>();
        list.put("10", "oldest");
        list.put("2", "older");
        list.put("0", "new");

        for (WebhookReceiver<?> receiver : List.of(
                receiver(new Values().secrets(list)), receiver(new Values().secrets(Map.of("extracted", list))))) {
            assertMatches(receiver, "new", 0);
            assertMatches(receiver, "older", 1);
            assertMatches(receiver, "oldest", 2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "validation-success",
                "validationsuccess",
                "VALIDATIONSUCCESS",
                "validation_success",
                "validationSuccess",
                "VALIDATION_SUCCESS",
                "validation.success"
            })
    void takesEverySpellingOfAnEvent(String spelling) {
        WebhookReceiver<?> receiver = receiver(new Values().secrets(Map.of(spelling, "s")));

        assertThat(receiver.settings().secrets().secretsFor("validation-success"))
                .hasSize(1);
    }

    @Test
    void rejectsOneEventInTwoSpellingsWithDifferentSecrets() {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("validation-success", "one");
        secrets.put("validationsuccess", "two");

        assertRejectedProperty(new Values().secrets(secrets), FORMFLOW + ".secrets.validationsuccess");
    }

    @Test
    void takesOneEventInTwoSpellingsWithTheSameSecret() {
        WebhookReceiver<?> receiver = receiver(
                new Values().secrets(Map.of("validation-success", "one", "validationsuccess", List.of("one"))));

        assertThat(receiver.settings().secrets().secretsFor("validation-success"))
                .hasSize(1);
    }

    @Test
    void takesTheSecretOfAnEventThatIsNewAndWarns() {
        try (CapturedLog log = CapturedLog.of("dev.hookseal.config")) {
            WebhookReceiver<?> receiver = receiver(new Values().secrets(Map.of("archived", "s")));

            assertThat(receiver.settings().secrets().secretsFor("archived")).hasSize(1);
            assertThat(log.messages(Level.WARN)).singleElement().asString().contains(FORMFLOW + ".secrets.archived");
        }
    }

    @Test
    void namesTheEventThatWasMostLikelyMeant() {
        try (CapturedLog log = CapturedLog.of("dev.hookseal.config")) {
            receiver(new Values().secrets(Map.of("extractd", "s")));

            assertThat(log.messages(Level.WARN)).singleElement().asString().endsWith("Did you mean extracted?");
        }
    }

    @Test
    void saysThatTheSecretOfAnEventMayBeLeftOut() {
        assertRejectedProperty(
                new Values().secrets(Map.of("export", "${FF_EXPORT}")),
                FORMFLOW + ".secrets.export",
                "or remove the line if you do not subscribe to that event");
    }

    @Test
    void showsNoSecretWhenPrinted() {
        assertThat(new Values()
                        .secret("s3cr3t")
                        .secrets(Map.of("a", "s3cr3t"))
                        .build()
                        .toString())
                .doesNotContain("s3cr3t");
    }

    @Test
    void routesAnAnnotatedHandler() {
        EndpointBinding<?> binding = endpoints(Map.of("formflow", secret("s")))
                .bind(annotation("all"), "Handlers.all", List.of(FormFlowEvent.class, Object.class));

        assertThat(binding.endpoint()).isEqualTo("formflow");
        assertThat(binding.events()).isEmpty();
        assertThat(binding.receive(signed("s"))).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void routesTheEventsThatAreAskedFor() {
        EndpointBinding<?> binding =
                endpoints(Map.of("formflow", secret("s"))).bind(annotation("exports"), "Handlers.exports", List.of());

        assertThat(binding.events()).containsExactlyInAnyOrder("export", "error-export");
        assertThat(binding.receive(signed("s"))).isInstanceOf(Decision.Answered.class);
    }

    @Test
    void takesAnEventThatIsNamedTwice() {
        EndpointBinding<?> binding =
                endpoints(Map.of("formflow", secret("s"))).bind(annotation("twice"), "Handlers.twice", List.of());

        assertThat(binding.events()).containsExactly("export");
    }

    @Test
    void rejectsAnEndpointThatIsNotConfigured() {
        assertRejectedRoute(
                () -> endpoints(Map.of("extracta", secret("s"))).bind(annotation("all"), "Handlers.all", List.of()),
                "Handlers.all",
                FORMFLOW + ".secrets.<event>",
                FORMFLOW + ".secrets.error-export",
                FORMFLOW + ".secret if",
                "[extracta]");
    }

    @Test
    void rejectsAnEventThatTheProviderDoesNotSend() {
        assertRejectedRoute(
                () -> endpoints(Map.of("formflow", secret("s")))
                        .bind(annotation("misspelt"), "Handlers.misspelt", List.of()),
                "Handlers.misspelt",
                "extract",
                "extracted");
    }

    @Test
    void rejectsAnEventWithoutASecret() {
        assertRejectedRoute(
                () -> endpoints(Map.of(
                                "formflow",
                                new Values().secrets(Map.of("export", "s")).build()))
                        .bind(annotation("exports"), "Handlers.exports", List.of()),
                FORMFLOW + ".secrets.error-export");
    }

    @Test
    void rejectsAParameterForEventsOfAnotherProvider() {
        assertRejectedRoute(
                () -> endpoints(Map.of("formflow", secret("s")))
                        .bind(annotation("all"), "Handlers.all", List.of(ExtractaEvent.class)),
                "Handlers.all",
                ExtractaEvent.class.getName(),
                FormFlowEvent.class.getName());
    }

    @Test
    void knowsWhatOnlyAVerifiedDeliveryGives() {
        EndpointRegistry endpoints = endpoints(Map.of());

        assertThat(List.of(VerifiedWebhook.class, FormFlowEvent.class, ExtractaEvent.class))
                .allMatch(endpoints::needsVerification);
        assertThat(List.of(String.class, Object.class, WebhookRequest.class, Map.class))
                .noneMatch(endpoints::needsVerification);
        assertThat(EndpointRegistry.notAnnotated("Handlers.bare", FormFlowEvent.class))
                .hasMessageContaining("Handlers.bare")
                .hasMessageContaining("@WebhookEndpoint");
    }

    @Test
    void takesAProviderOfOnesOwn() {
        EndpointRegistry endpoints = endpoints(Map.of("acme", secret("s")), List.of(new AcmeProvider()));

        assertThat(endpoints.receivers().get("acme").provider()).isInstanceOf(AcmeProvider.class);
        assertThat(endpoints.needsVerification(AcmeProvider.AcmeEvent.class)).isTrue();
    }

    @Test
    void prefersAProviderOfOnesOwnToTheBuiltInOneOfItsName() {
        WebhookProvider<FormFlowEvent> own = new OwnFormFlow();

        EndpointRegistry endpoints = endpoints(Map.of("formflow", secret("s")), List.of(own));

        assertThat(endpoints.receivers().get("formflow").provider()).isSameAs(own);
    }

    /** A provider with a setting that core does not know. */
    private static final class SkewedProvider implements WebhookProvider<String> {
        static final Setting<Duration> CLOCK_SKEW = Setting.of(
                        "clock-skew", SettingType.DURATION, "How far the signed time may be ahead.")
                .between(Duration.ofSeconds(1), Duration.ofMinutes(10))
                .withDefault(Duration.ofMinutes(5));
        static final Setting<String> REGION = Setting.of("region", SettingType.TEXT, "Where the account is.");

        @Override
        public String name() {
            return "skewed";
        }

        @Override
        public Class<String> eventClass() {
            return String.class;
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of(CLOCK_SKEW, REGION);
        }

        @Override
        public SignatureScheme scheme(EndpointSettings settings) {
            return SignatureScheme.of(
                    SignatureHeader.hex("Skewed-Signature"), request -> SignedMessage.of(request.body()));
        }

        @Override
        public ReadEvent<String> read(SignedContent content, EndpointSettings settings) {
            throw new AssertionError();
        }
    }

    @Test
    void aProviderReadsItsOwnSettings() {
        EndpointSettings settings = skewed(Map.of("secret", "s", "clock-skew", "90s", "region", "eu"));

        assertThat(settings.value(SkewedProvider.CLOCK_SKEW)).contains(Duration.ofSeconds(90));
        assertThat(settings.value(SkewedProvider.REGION)).contains("eu");
    }

    @Test
    void aProvidersOwnSettingsHaveDefaults() {
        EndpointSettings settings = skewed(Map.of("secret", "s"));

        assertThat(settings.value(SkewedProvider.CLOCK_SKEW)).contains(Duration.ofMinutes(5));
        assertThat(settings.value(SkewedProvider.REGION)).isEmpty();
    }

    @Test
    void aProvidersOwnSettingsHaveBounds() {
        assertThatThrownBy(() -> skewed(Map.of("secret", "s", "clock-skew", "11m")))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage(
                        "hookseal.endpoints.skewed.clock-skew must be from 1s to 10m, and it is 11m: set it to 10m or"
                                + " less");
    }

    @Test
    void aSettingOfAnotherProviderFailsAndNamesThoseThatThereAre() {
        assertThatThrownBy(() -> skewed(Map.of("secret", "s", "tolerance", "5m")))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage(
                        "hookseal.endpoints.skewed.tolerance is not a setting of the provider skewed: remove it; this"
                                + " provider has [clock-skew, lease, max-body-size, region]");
    }

    private static EndpointSettings skewed(Map<String, ?> values) {
        return endpoints(Map.of("skewed", EndpointProperties.of(values)), List.of(new SkewedProvider()))
                .receivers()
                .get("skewed")
                .settings();
    }

    @Test
    void aDisabledEndpointAnswers404AndNeedsNoSecret() {
        List<DeliveryOutcome> outcomes = new ArrayList<>();
        EndpointRegistry endpoints = EndpointRegistry.builder(
                        Map.of("formflow", EndpointProperties.of(Map.of("enabled", "false"))))
                .store(new InMemoryDeliveryStore(CLOCK))
                .clock(CLOCK)
                .observers(List.of(outcomes::add))
                .build();

        for (String handler : List.of("all", "exports")) {
            Decision<?> decision =
                    endpoints.bind(annotation(handler), handler, List.of()).receive(signed("s"));

            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Decision.Answered.class,
                            answered -> assertThat(answered.response().status()).isEqualTo(404));
        }
        assertThat(endpoints.receivers().get("formflow").isEnabled()).isFalse();
        assertThat(outcomes).isEmpty();
    }

    @Test
    void aDisabledEndpointLooksAtNoSecret() {
        SecretSource down = type -> {
            throw new AssertionError();
        };

        EndpointRegistry endpoints = endpoints(
                Map.of(
                        "formflow",
                        EndpointProperties.of(Map.of("enabled", false)),
                        "extracta",
                        EndpointProperties.of(Map.of("enabled", false, "secret", "${UNSET}"))),
                new EndpointSecrets("formflow", down));

        assertThat(endpoints.receivers().values()).noneMatch(WebhookReceiver::isEnabled);
    }

    @Test
    void saysAtTheStartThatAnEndpointIsDisabled() {
        try (CapturedLog log = CapturedLog.of(EndpointRegistry.class)) {
            endpoints(Map.of("formflow", EndpointProperties.of(Map.of("enabled", "false"))));

            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Endpoint formflow is disabled by hookseal.endpoints.formflow.enabled: it answers 404");
        }
    }

    @Test
    void checksWhatElseIsSetForADisabledEndpoint() {
        assertThatThrownBy(() ->
                        endpoints(Map.of("formflow", EndpointProperties.of(Map.of("enabled", "false", "lease", "2d")))))
                .hasMessageContaining("hookseal.endpoints.formflow.lease must be from 1s to 24h, and it is 48h");
        assertThatThrownBy(() -> endpoints(
                        Map.of("formflow", EndpointProperties.of(Map.of("enabled", "false", "repeat-window", "1m")))))
                .hasMessageContaining("repeat-window is not a setting of the provider formflow");
        assertThatThrownBy(() -> endpoints(Map.of("formflow", EndpointProperties.of(Map.of("enabled", "no")))))
                .hasMessage("hookseal.endpoints.formflow.enabled is not true or false: no: set it to true or false");
        assertRejectedRoute(
                () -> endpoints(Map.of("formflow", EndpointProperties.of(Map.of("enabled", "false"))))
                        .bind(annotation("all"), "Handlers.all", List.of(ExtractaEvent.class)),
                ExtractaEvent.class.getName());
    }

    private static final class OwnFormFlow implements WebhookProvider<FormFlowEvent> {
        private final FormFlowProvider builtIn = new FormFlowProvider();

        @Override
        public String name() {
            return "formflow";
        }

        @Override
        public Class<FormFlowEvent> eventClass() {
            return FormFlowEvent.class;
        }

        @Override
        public List<Setting<?>> settings() {
            return builtIn.settings();
        }

        @Override
        public SignatureScheme scheme(EndpointSettings settings) {
            return builtIn.scheme(settings);
        }

        @Override
        public ReadEvent<FormFlowEvent> read(SignedContent content, EndpointSettings settings)
                throws WebhookRejectedException {
            return builtIn.read(content, settings);
        }
    }

    interface Handlers {
        @WebhookEndpoint("formflow")
        void all();

        @WebhookEndpoint(
                value = "formflow",
                events = {"export", "error-export"})
        void exports();

        @WebhookEndpoint(
                value = "formflow",
                events = {"export", "export"})
        void twice();

        @WebhookEndpoint(value = "formflow", events = "extract")
        void misspelt();
    }

    private static WebhookEndpoint annotation(String method) {
        try {
            return Handlers.class.getDeclaredMethod(method).getAnnotation(WebhookEndpoint.class);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRejectedProperty(Values values, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoints(Map.of("formflow", values.build())))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    private static void assertRejectedRoute(ThrowingCallable call, String... parts) {
        assertThatExceptionOfType(WebhookConfigurationException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    private static void assertMatches(WebhookReceiver<?> receiver, String secret, int position) {
        WebhookVerifier<?> verifier = verifier(receiver);
        assertThat(verifier)
                .satisfies(v ->
                        assertThat(v.verify(signed(secret)).matchedSecret()).isEqualTo(position));
    }

    private static void assertMismatch(WebhookReceiver<?> receiver, String secret) {
        assertRejected(verifier(receiver), signed(secret), SIGNATURE_MISMATCH);
    }

    private static WebhookVerifier<?> verifier(WebhookReceiver<?> receiver) {
        return WebhookVerifier.of(new FormFlowProvider(), receiver.settings());
    }

    private static WebhookRequest signed(String secret) {
        byte[] body = FORMFLOW_BODY.getBytes(UTF_8);
        return Requests.post(FormFlowProvider.SIGNATURE_HEADER, Signer.formFlow(secret, body), body);
    }

    private static WebhookReceiver<?> receiver(Values values) {
        return endpoints(Map.of("formflow", values.build())).receivers().get("formflow");
    }

    private static EndpointProperties secret(String secret) {
        return new Values().secret(secret).build();
    }

    private static EndpointRegistry endpoints(
            Map<String, EndpointProperties> values, List<WebhookProvider<?>> ownProviders) {
        return EndpointRegistry.builder(values)
                .providers(ownProviders)
                .store(new InMemoryDeliveryStore(CLOCK))
                .clock(CLOCK)
                .build();
    }

    private static final class Values {
        private final Map<String, Object> values = new LinkedHashMap<>();

        private Values set(String key, Object value) {
            values.put(key, value);
            return this;
        }

        Values provider(String value) {
            return set("provider", value);
        }

        Values secret(String value) {
            return set("secret", value);
        }

        Values secrets(Map<String, ?> value) {
            return set("secrets", value);
        }

        Values maxBodyBytes(Long value) {
            return set("max-body-size", value);
        }

        Values tolerance(Duration value) {
            return set("tolerance", value);
        }

        Values replayWindow(Duration value) {
            return set("replay-window", value);
        }

        Values repeatWindow(Duration value) {
            return set("repeat-window", value);
        }

        Values lease(Duration value) {
            return set("lease", value);
        }

        EndpointProperties build() {
            return EndpointProperties.of(values);
        }
    }
}
