package dev.hookseal.testkit.fake;

import dev.hookseal.testkit.FakeExtractaEvent;
import dev.hookseal.testkit.JsonStyle;
import dev.hookseal.testkit.fake.DeliverySender.Parcel;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
public final class FakeExtracta extends FakeProvider<FakeExtractaEvent> {
    private final String secret;
    private volatile @Nullable URI url;

    private FakeExtracta(Builder builder) {
        super(builder);
        this.secret = "E_AI_K_" + new SeededSecrets(builder.seed).secret("extracta");
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
        return secret;
    }

    /** Where all deliveries go from now on. */
    public void deliverTo(URI url) {
        this.url = url;
    }

    /** Delivers an event whose body a proxy has written again in other bytes, without touching the signature. */
    public DeliveryReport deliverRewritten(FakeExtractaEvent event, JsonStyle style) {
        return deliver(event.writtenAs(style));
    }

    @Override
    public Map<String, String> properties(String endpoint) {
        return Map.of(
                "hookseal.endpoints." + endpoint + ".provider",
                "extracta",
                "hookseal.endpoints." + endpoint + ".secret",
                secret);
    }

    @Override
    List<Parcel> parcels(FakeExtractaEvent event) {
        URI to = url;
        if (to == null) {
            throw new IllegalStateException("Nobody has said where to deliver: call deliverTo(url) first");
        }
        return List.of(new Parcel(event.name(), event.signedWith(secret), to));
    }

    @Override
    Runnable checkpoint() {
        Runnable others = super.checkpoint();
        URI before = url;
        return () -> {
            others.run();
            url = before;
        };
    }

    /** The secret is not shown. */
    @Override
    public String toString() {
        return "FakeExtracta[" + (url == null ? "no URL" : url) + "]";
    }

    /** Collects how a fake Extracta works. */
    public static final class Builder extends FakeProvider.Builder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** The provider. */
        public FakeExtracta build() {
            return new FakeExtracta(this);
        }
    }
}
