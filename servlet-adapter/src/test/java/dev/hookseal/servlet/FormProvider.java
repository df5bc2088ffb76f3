package dev.hookseal.servlet;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
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
    public SignatureScheme scheme(EndpointSettings settings) {
        return SignatureScheme.of(SignatureHeader.hex(Delivery.SIGNATURE), request -> SignedMessage.of(request.body()));
    }

    @Override
    public ReadEvent<Form> read(SignedContent content, EndpointSettings settings) {
        return ReadEvent.of(new Form(), "form");
    }
}
