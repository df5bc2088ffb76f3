package dev.hookseal.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaFile;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.request.WebhookRejectedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The published vectors, whose signatures and outcomes Node.js made, each through the provider's own verifier. */
class ProviderVectorsTest {

    @Test
    void areAsManyAsWerePublished() {
        assertThat(ProviderVector.read("extracta")).hasSizeGreaterThanOrEqualTo(246);
        assertThat(ProviderVector.read("formflow")).hasSizeGreaterThanOrEqualTo(271);
    }

    @TestFactory
    Stream<DynamicTest> extracta() {
        return ProviderVector.read("extracta").stream()
                .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> checkExtracta(vector)));
    }

    @TestFactory
    Stream<DynamicTest> formFlow() {
        return ProviderVector.read("formflow").stream()
                .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> checkFormFlow(vector)));
    }

    private static void checkExtracta(ProviderVector vector) throws Exception {
        WebhookVerifier<ExtractaEvent> verifier =
                WebhookVerifier.of(new ExtractaProvider(), vector.settings("extracta"));
        if (!vector.isAccepted()) {
            checkRejection(vector, verifier);
            return;
        }
        VerifiedWebhook<ExtractaEvent> webhook = verifier.verify(vector.request());
        JsonNode expected = vector.expected();
        checkProof(vector, webhook, "extracta");
        assertThat(webhook.signedForm().name().toLowerCase(Locale.ROOT)).isEqualTo(text(expected, "signedForm"));
        assertThat(webhook.deliveryKey()).isNull();
        ExtractaEvent event = webhook.event();
        assertThat(event.unsignedTypeName()).isEqualTo(text(expected, "unsignedType"));
        assertThat(event.result().json().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(Base64.getDecoder().decode(text(expected, "signedMessage")));
        checkFiles(expected.required("files"), event.files());
    }

    private static void checkFiles(JsonNode expected, List<ExtractaFile> files) {
        // null stands for an event that is not known to be about files
        assertThat(files).hasSize(expected.isNull() ? 0 : expected.size());
        for (int i = 0; i < files.size(); i++) {
            JsonNode file = expected.get(i);
            assertThat(files.get(i).extractionId()).isEqualTo(text(file, "extractionId"));
            assertThat(files.get(i).batchId()).isEqualTo(text(file, "batchId"));
            assertThat(files.get(i).fileId()).isEqualTo(text(file, "fileId"));
            assertThat(files.get(i).fileName()).isEqualTo(text(file, "fileName"));
            assertThat(files.get(i).status()).isEqualTo(text(file, "status"));
            assertThat(files.get(i).url()).isEqualTo(text(file, "url"));
        }
    }

    private static void checkFormFlow(ProviderVector vector) throws Exception {
        WebhookVerifier<FormFlowEvent> verifier =
                WebhookVerifier.of(new FormFlowProvider(), vector.settings("formflow"));
        if (!vector.isAccepted()) {
            checkRejection(vector, verifier);
            return;
        }
        VerifiedWebhook<FormFlowEvent> webhook = verifier.verify(vector.request());
        JsonNode expected = vector.expected();
        checkProof(vector, webhook, "formflow");
        FormFlowEvent event = webhook.event();
        assertThat(event.eventId()).isEqualTo(text(expected, "eventId"));
        assertThat(event.typeName()).isEqualTo(text(expected, "eventType"));
        assertThat(event.timestamp()).isEqualTo(Instant.parse(text(expected, "timestamp")));
        assertThat(event.submissionId()).isEqualTo(text(expected, "submissionId"));
        assertThat(event.templateId()).isEqualTo(text(expected, "templateId"));
        assertThat(webhook.deliveryKey()).isNotNull();
    }

    private static void checkProof(ProviderVector vector, VerifiedWebhook<?> webhook, String endpoint) {
        assertThat(webhook.endpoint()).isEqualTo(endpoint);
        assertThat(webhook.matchedSecret())
                .isEqualTo(vector.expected().required("matchedSecret").intValue());
        assertThat(webhook.verifiedAt()).isEqualTo(vector.json().required("now").textValue());
    }

    private static void checkRejection(ProviderVector vector, WebhookVerifier<?> verifier) {
        WebhookRejectedException rejection =
                catchThrowableOfType(WebhookRejectedException.class, () -> verifier.verify(vector.request()));
        assertThat(rejection).as("a rejection").isNotNull();
        assertThat(rejection.reason().tag()).isEqualTo(text(vector.expected(), "reason"));
        assertThat(rejection.reason().status())
                .isEqualTo(vector.expected().required("status").intValue());
    }

    private static String text(JsonNode object, String member) {
        return object.required(member).textValue();
    }
}
