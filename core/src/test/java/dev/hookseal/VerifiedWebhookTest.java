package dev.hookseal;

import static dev.hookseal.fixture.Deliveries.EXTRACTA_RESULT;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_BODY;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Requests.Header;
import dev.hookseal.fixture.Signer;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.AcmeProvider;
import dev.hookseal.provider.AcmeProvider.AcmeEvent;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.signature.SigningSecret;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a handler can learn beyond the event's own methods. */
class VerifiedWebhookTest {
    private final WebhookReceiver<FormFlowEvent> formFlow = WebhookReceiver.of(
            new FormFlowProvider(), Deliveries.formFlowSettings().build());
    private final WebhookVerifier<ExtractaEvent> extracta = WebhookVerifier.of(
            new ExtractaProvider(), Deliveries.extractaSettings().build());

    @Test
    void givesTheBodyThatFormFlowSigned() {
        String body = " " + FORMFLOW_BODY.replace("}", ",\"more\":{\"a\":[1]}} \n");
        byte[] sent = body.getBytes(UTF_8);

        VerifiedWebhook<FormFlowEvent> webhook = received(sent);

        assertThat(webhook.signedBytes()).isEqualTo(sent);
        assertThat(webhook.payload().json()).isEqualTo(body.strip());
        assertThat(webhook.payload().asMap()).containsEntry("more", Map.of("a", List.of(1)));
        assertThat(webhook.event().toJson().asMap()).containsEntry("more", Map.of("a", List.of(1)));
    }

    @Test
    void givesTheResultThatExtractaSignedAsItCame() throws Exception {
        VerifiedWebhook<ExtractaEvent> webhook = extracta.verify(
                Deliveries.extracta(Deliveries.extractaBody("extraction.processed", EXTRACTA_RESULT), EXTRACTA_RESULT));

        assertThat(webhook.signedForm()).isEqualTo(SignedForm.RAW);
        assertThat(webhook.signedBytes()).isEqualTo(EXTRACTA_RESULT.getBytes(UTF_8));
        assertThat(webhook.payload()).isEqualTo(JsonData.of(EXTRACTA_RESULT));
    }

    @Test
    void givesTheResultThatExtractaSignedAsJavaScriptWritesIt() throws Exception {
        VerifiedWebhook<ExtractaEvent> webhook = extracta.verify(Deliveries.extracta(
                Deliveries.extractaBody("extraction.processed", "[ { \"b\" : 1.0, \"1\" : 2 } ]"),
                "[{\"1\":2,\"b\":1}]"));

        assertThat(webhook.signedForm()).isEqualTo(SignedForm.ECMASCRIPT);
        assertThat(webhook.signedBytes()).isEqualTo("[{\"1\":2,\"b\":1}]".getBytes(UTF_8));
        assertThat(webhook.payload().json()).isEqualTo("[{\"1\":2,\"b\":1}]");
    }

    @Test
    void givesACopyOfTheSignedBytes() {
        VerifiedWebhook<FormFlowEvent> webhook = received(FORMFLOW_BODY.getBytes(UTF_8));

        webhook.signedBytes()[0] = 'x';

        assertThat(webhook.signedBytes()).isEqualTo(FORMFLOW_BODY.getBytes(UTF_8));
        assertThat(webhook.payload().json()).isEqualTo(FORMFLOW_BODY);
    }

    @Test
    void givesTheUnsignedHeadersThatTheProviderDeclares() {
        VerifiedWebhook<FormFlowEvent> webhook = received(
                FORMFLOW_BODY.getBytes(UTF_8),
                new Header("x-webhook-TIMESTAMP", "one"),
                new Header("X-Webhook-Timestamp", "two"),
                new Header("X-Other", "three"));

        assertThat(webhook.unsignedHeaders())
                .isUnmodifiable()
                .containsOnlyKeys("X-Webhook-Timestamp")
                .containsEntry("x-webhook-timestamp", List.of("one", "two"));
    }

    @Test
    void givesAReaderTheOneValueOfAnUnsignedHeader() {
        SignedContent content = received(
                        FORMFLOW_BODY.getBytes(UTF_8),
                        new Header("x-webhook-TIMESTAMP", "one"),
                        new Header("X-Other", "two"))
                .signedContent();

        assertThat(content.unsignedHeader("X-Webhook-Timestamp")).isEqualTo("one");
        assertThat(content.unsignedHeader("X-Other")).isNull();
    }

    @Test
    void givesAReaderNoneOfSeveralValues() {
        Header one = new Header("X-Webhook-Timestamp", "one");

        assertThat(received(FORMFLOW_BODY.getBytes(UTF_8), one, one)
                        .signedContent()
                        .unsignedHeader("X-Webhook-Timestamp"))
                .isNull();
    }

    @Test
    void givesNoUnsignedHeaderThatDidNotCome() {
        assertThat(received(FORMFLOW_BODY.getBytes(UTF_8)).unsignedHeaders()).isEmpty();
    }

    @Test
    void givesACustomProvidersBytesThatAreNotJson() throws Exception {
        byte[] body = "order.paid".getBytes(UTF_8);
        VerifiedWebhook<AcmeEvent> webhook = acme(body);

        assertThat(webhook.signedBytes()).isEqualTo(body);
        assertThat(webhook.unsignedHeaders()).isEmpty();
        assertThat(webhook.unexpectedMembers()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(webhook::payload)
                .withMessageContaining("not JSON")
                .withMessageNotContaining("order");
    }

    @Test
    void givesACustomProvidersJson() throws Exception {
        assertThat(acme("{\"a\":1}".getBytes(UTF_8)).payload().asMap()).containsEntry("a", 1);
    }

    private static VerifiedWebhook<AcmeEvent> acme(byte[] body) throws WebhookRejectedException {
        EndpointSettings settings = EndpointSettings.builder("shop")
                .secret(SigningSecret.ofUtf8("s"))
                .build();
        return WebhookVerifier.of(new AcmeProvider(), settings)
                .verify(Requests.post("Acme-Signature", HexFormat.of().formatHex(Signer.hmac("s", body)), body));
    }

    private VerifiedWebhook<FormFlowEvent> received(byte[] body, Header... others) {
        List<Header> headers = new ArrayList<>(List.of(others));
        headers.add(new Header(FormFlowProvider.SIGNATURE_HEADER, Signer.formFlow(FORMFLOW_SECRET, body)));
        Decision<FormFlowEvent> decision = formFlow.receive(Requests.post(headers, body));
        return ((Decision.Admitted<FormFlowEvent>) decision).delivery().webhook();
    }
}
