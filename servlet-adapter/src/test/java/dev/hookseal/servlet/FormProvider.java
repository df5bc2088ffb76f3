package dev.hookseal.servlet;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureMatch;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.signature.SigningSecret;

/** A provider that sends forms, as some do: it signs the raw body. */
final class FormProvider implements WebhookProvider<FormProvider.Form> {
    private static final SigningSecret SECRET = SigningSecret.ofUtf8("the secret of forms");

    /** A verified form; a handler reads it from the request's parameters. */
    static final class Form {
        private Form() {}
    }

    /** An endpoint for its forms. */
    static WebhookReceiver<Form> receiver(String endpoint, int maxBodyBytes) {
        return WebhookReceiver.of(
                new FormProvider(),
                EndpointSettings.builder(endpoint)
                        .secret(SECRET)
                        .maxBodyBytes(maxBodyBytes)
                        .build());
    }

    static Delivery delivery(String body) {
        return Delivery.signed(SECRET, body).replace("Content-Type", "application/x-www-form-urlencoded");
    }

    @Override
    public String name() {
        return "forms";
    }

    @Override
    public Class<Form> eventClass() {
        return Form.class;
    }

    @Override
    public String signatureHeader() {
        return Delivery.SIGNATURE;
    }

    @Override
    public WebhookVerifier<Form> verifier(EndpointSettings settings) {
        return request -> {
            SignatureMatch match = HmacSha256.verify(
                    SignatureHeader.hex(request, signatureHeader()),
                    settings.secrets().secretsFor(""),
                    request.body());
            return VerifiedWebhook.of(
                    match, settings.name(), settings.clock().instant(), new Form(), "form", SignedForm.RAW, null);
        };
    }
}
