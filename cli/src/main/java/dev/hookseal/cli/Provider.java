package dev.hookseal.cli;

import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose deliveries they are. */
enum Provider {
    FORMFLOW {
        @Override
        WebhookProvider<?> webhooks() {
            return new FormFlowProvider();
        }

        @Override
        FakeEvent<?> ready(String event, String seed) {
            return FormFlowEvents.of(event).identifiedBy(seed);
        }

        @Override
        SignedDelivery sign(byte[] body, SigningSecret secret) {
            return SignedDelivery.of("formflow", body, secret);
        }
    },
    EXTRACTA {
        @Override
        WebhookProvider<?> webhooks() {
            return new ExtractaProvider();
        }

        @Override
        FakeEvent<?> ready(String event, String seed) {
            return ExtractaEvents.processed().withEvent(event);
        }

        @Override
        SignedDelivery sign(byte[] body, SigningSecret secret) {
            return SignedDelivery.of("extracta", body, secret);
        }
    };

    /** The receiver's side of it. */
    abstract WebhookProvider<?> webhooks();

    /** An example of an event; FormFlow's has ids that are made from the seed. */
    abstract FakeEvent<?> ready(String event, String seed);

    /** A body as a delivery, signed. */
    abstract SignedDelivery sign(byte[] body, SigningSecret secret);

    /** Whose event it is, where that is documented. */
    static Optional<Provider> ofEvent(String event) {
        return Arrays.stream(values())
                .filter(provider -> provider.webhooks().eventNames().contains(event))
                .findFirst();
    }

    static Optional<Provider> named(String name) {
        return Arrays.stream(values())
                .filter(provider -> provider.toString().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
