package dev.hookseal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.github.GitHubProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignatureCheck;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.slack.SlackProvider;
import dev.hookseal.square.SquareProvider;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The vectors that the providers' own pages and SDKs publish. */
class CatalogVectorsTest {
    private static void check(
            WebhookProvider<?> provider, EndpointSettings settings, String header, String signature, String body)
            throws WebhookRejectedException {
        SignatureScheme scheme = provider.scheme(settings);
        WebhookRequest request = WebhookRequest.of("POST", Map.of(header, List.of(signature)), body.getBytes(UTF_8));
        new SignatureCheck(scheme, settings.name())
                .verify(scheme.claim(request), settings.secrets().secretsFor(""), Instant.EPOCH, Map.of());
    }

    private static EndpointSettings.Builder settings(String secret) {
        return EndpointSettings.builder("vector").secret(SigningSecret.ofUtf8(secret));
    }

    // "Validating webhook deliveries"
    @Test
    void gitHub() throws Exception {
        EndpointSettings settings = settings("It's a Secret to Everybody").build();
        String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        check(new GitHubProvider(), settings, "X-Hub-Signature-256", signature, "Hello, World!");
        assertThatThrownBy(
                        () -> check(new GitHubProvider(), settings, "X-Hub-Signature-256", signature, "Hello, World"))
                .isInstanceOf(WebhookRejectedException.class);
    }

    // "Verify and validate an event notification", and the test of Square's Java SDK
    @Test
    void square() throws Exception {
        check(
                new SquareProvider(),
                settings("asdf1234")
                        .set(EndpointSettings.PUBLIC_URL, URI.create("https://example.com/webhook"))
                        .build(),
                "x-square-hmacsha256-signature",
                "2kRE5qRU2tR+tBGlDwMEw2avJ7QM4ikPYD/PJ3bd9Og=",
                "{\"hello\":\"world\"}");
        check(
                new SquareProvider(),
                settings("signature-key")
                        .set(EndpointSettings.PUBLIC_URL, URI.create("https://webhook.site/webhooks"))
                        .build(),
                "x-square-hmacsha256-signature",
                "Cxt7+aTi4rKgcA0bC4g9EHdVtLSDWdqccmL5MvihU4U=",
                "{\"data\":{\"type\":\"webhooks\",\"id\":\">id<\"}}");
        assertThat(new SquareProvider().settings()).contains(EndpointSettings.PUBLIC_URL);
    }

    // "Verifying requests from Slack"
    @Test
    void slack() throws Exception {
        String body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
                + "%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        EndpointSettings settings = settings("8f742231b10e8888abcd99yyyzzz85a5").build();
        SignatureScheme scheme = new SlackProvider().scheme(settings);
        WebhookRequest request = WebhookRequest.of(
                "POST",
                Map.of(
                        "X-Slack-Signature",
                        List.of("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"),
                        "X-Slack-Request-Timestamp",
                        List.of("1531420618")),
                body.getBytes(UTF_8));
        SignedContent content = new SignatureCheck(scheme, "vector")
                .verify(scheme.claim(request), settings.secrets().secretsFor(""), Instant.EPOCH, Map.of());

        assertThat(new SlackProvider().read(content, settings).name()).isEqualTo("/webhook-collect");
        assertThat(new SlackProvider().read(content, settings).event().toJson().text("/user_name"))
                .contains("roadrunner");
    }
}
