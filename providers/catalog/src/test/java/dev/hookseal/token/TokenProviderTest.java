package dev.hookseal.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.Coverage;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.Forgeries;
import dev.hookseal.testkit.Forgery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenProviderTest {
    private static final TokenProvider PROVIDER = new TokenProvider();

    private static EndpointSettings endpoint(Map<Setting<String>, String> values) {
        EndpointSettings.Builder settings = EndpointSettings.builder("gitlab").secret(SigningSecret.ofUtf8("t0ken"));
        values.forEach(settings::set);
        return settings.build();
    }

    private static VerifiedWebhook<TokenEvent> verified(EndpointSettings settings, Map<String, String> headers)
            throws Exception {
        Map<String, List<String>> all = new LinkedHashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return WebhookVerifier.of(PROVIDER, settings)
                .verify(WebhookRequest.of("POST", all, "{\"object_kind\":\"push\"}".getBytes(UTF_8)));
    }

    @Test
    void provesTheSenderAndNothingOfTheBody() throws Exception {
        EndpointSettings settings = endpoint(
                Map.of(TokenProvider.TOKEN_HEADER, "X-Gitlab-Token", TokenProvider.EVENT_HEADER, "X-Gitlab-Event"));

        VerifiedWebhook<TokenEvent> webhook =
                verified(settings, Map.of("X-Gitlab-Token", "t0ken", "X-Gitlab-Event", "Push Hook"));

        assertThat(webhook.coverage()).isEqualTo(Coverage.NOTHING);
        assertThat(webhook.deliveryKey()).isNull();
        assertThat(webhook.eventName()).isEqualTo("Push Hook");
        assertThat(webhook.event().unsignedEventName()).isEqualTo("Push Hook");
        assertThat(webhook.event().toJson().text("/object_kind")).contains("push");
        VerifiedWebhook<TokenEvent> restored = WebhookVerifier.of(PROVIDER, settings)
                .read(SignedContent.ofStored(webhook.signedContent().toStored()));
        assertThat(restored.event()).isEqualTo(webhook.event());
        assertThat(restored.deliveryKey()).isNull();
    }

    @Test
    void needsNoEvent() throws Exception {
        VerifiedWebhook<TokenEvent> webhook = verified(
                endpoint(Map.of(TokenProvider.TOKEN_HEADER, "Authorization", TokenProvider.TOKEN_PREFIX, "Bearer ")),
                Map.of("Authorization", "Bearer t0ken"));

        assertThat(webhook.eventName()).isEmpty();
        assertThat(webhook.event().unsignedEventName()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t0kem", "t0ken ", "T0KEN", "t0ke", "t0kent0ken", "Bearer t0ken"})
    void rejectsAnyOtherToken(String token) {
        EndpointSettings settings = endpoint(Map.of(TokenProvider.TOKEN_HEADER, "X-Token"));

        assertThatExceptionOfType(WebhookRejectedException.class)
                .isThrownBy(() -> verified(settings, Map.of("X-Token", token)))
                .extracting(WebhookRejectedException::reason)
                .isEqualTo(RejectionReason.SIGNATURE_MISMATCH);
    }

    @Test
    void rejectsATokenWithoutItsPrefix() {
        EndpointSettings settings =
                endpoint(Map.of(TokenProvider.TOKEN_HEADER, "Authorization", TokenProvider.TOKEN_PREFIX, "Bearer "));

        assertThatExceptionOfType(WebhookRejectedException.class)
                .isThrownBy(() -> verified(settings, Map.of("Authorization", "t0ken")))
                .extracting(WebhookRejectedException::reason)
                .isEqualTo(RejectionReason.SIGNATURE_MALFORMED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "'' ->  -> token-header is not set: set it to the header with the sender's token",
                "X Token ->  -> token-header is not the name of a header: set it to the header",
                "X-Token -> x-token -> event-header is not the name of a header without the token: set it to the header",
                "X-Token -> a b -> event-header is not the name of a header without the token: set it to the header",
            })
    void failsTheStart(String tokenHeader, String eventHeader, String message) {
        Map<Setting<String>, String> values = new LinkedHashMap<>();
        values.put(TokenProvider.TOKEN_HEADER, tokenHeader);
        if (eventHeader != null) {
            values.put(TokenProvider.EVENT_HEADER, eventHeader);
        }

        assertThatThrownBy(() -> WebhookVerifier.of(PROVIDER, endpoint(values)))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith("hookseal.endpoints.gitlab." + message);
    }

    @Test
    void isNamedAsATokenToCore() {
        EndpointSettings settings = endpoint(Map.of(TokenProvider.TOKEN_HEADER, "X-Token"));

        assertThat(WebhookVerifier.of(PROVIDER, settings).provesSenderAlone()).isTrue();
    }

    @Test
    void theKitSignsAsTheSettingsSayAndForgesOnlyTheToken() {
        TokenKit kit = new TokenKit();
        EndpointSettings settings =
                endpoint(Map.of(TokenProvider.TOKEN_HEADER, "Authorization", TokenProvider.TOKEN_PREFIX, "Bearer "));

        assertThat(FakeEvent.samples(kit.withSettings(settings))
                        .get(0)
                        .signedWith("t0ken")
                        .headers())
                .containsEntry("Authorization", List.of("Bearer t0ken"));
        assertThat(FakeEvent.sample("token", "token-example")
                        .as(TokenEvent.class)
                        .event()
                        .unsignedEventName())
                .isEqualTo("token-example");
        assertThat(Forgeries.of(FakeEvent.sample(kit, "token-example").signedWith("t0ken"))
                        .byForgery())
                .containsOnlyKeys(Forgery.UNSIGNED, Forgery.WRONG_SECRET, Forgery.DOUBLED_SIGNATURE, Forgery.OVERSIZED);
    }
}
