package dev.hookseal.testkit.extracta;

import dev.hookseal.extracta.ExtractaKit;
import dev.hookseal.testkit.fake.DeliveryReport;
import dev.hookseal.testkit.fake.FakeProvider;

/**
 * Extracta as a receiver meets it: it delivers to one URL, signed with one secret.
 *
 * <pre>{@code
 * FakeExtracta extracta = FakeExtracta.create();
 * extracta.deliverTo(endpoint);
 * extracta.deliver(ExtractaEvents.confirmed()).assertAcknowledged();
 * }</pre>
 *
 * <p>Bodies are written as JavaScript writes them. Neither redeliveries nor the time for an answer are documented by the
 * provider: that there are some here, and when, is this class's own.
 */
public final class FakeExtracta extends FakeProvider {
    private FakeExtracta(Builder builder) {
        super(new ExtractaKit(), builder);
    }

    /** One with the defaults. */
    public static FakeExtracta create() {
        return builder().build();
    }

    /** Begins one. */
    public static Builder builder() {
        return new Builder();
    }

    /** The signing secret, as the dashboard would show it. */
    public String secret() {
        return configuredSecret();
    }

    /** Delivers an event whose body a proxy has written again in other bytes, without touching the signature. */
    public DeliveryReport deliverRewritten(FakeExtractaEvent event, JsonStyle style) {
        return deliver(event.writtenAs(style));
    }

    /** Collects how a fake Extracta works. */
    public static final class Builder extends FakeProvider.Builder<Builder> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** The provider. */
        public FakeExtracta build() {
            return new FakeExtracta(this);
        }
    }
}
