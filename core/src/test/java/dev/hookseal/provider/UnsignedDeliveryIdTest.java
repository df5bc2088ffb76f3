package dev.hookseal.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.signature.SigningSecret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnsignedDeliveryIdTest {
    private static EndpointSettings.Builder settings() {
        return EndpointSettings.builder("hub").secret(SigningSecret.ofUtf8("s"));
    }

    @Test
    void countsWhereAnApplicationSaysSoAlone() {
        EndpointSettings counts =
                settings().set(UnsignedDeliveryId.SETTING, true).build();

        assertThat(UnsignedDeliveryId.ifItCounts("d-1", settings().build())).isNull();
        assertThat(UnsignedDeliveryId.ifItCounts("d-1", counts)).isEqualTo("d-1");
        assertThat(UnsignedDeliveryId.ifItCounts(null, counts)).isNull();
    }

    @Test
    void rejectsARetentionThatDoesNothing() {
        EndpointSettings.Builder settings = settings().set(EndpointSettings.ID_RETENTION, Duration.ofDays(30));

        assertThatThrownBy(() -> UnsignedDeliveryId.check(settings.build()))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("hookseal.endpoints.hub.id-retention is set, and the sender signs no id")
                .hasMessageContaining("hookseal.endpoints.hub.unsigned-delivery-id to true");
        settings.set(UnsignedDeliveryId.SETTING, true);
        assertThatCode(() -> UnsignedDeliveryId.check(settings.build())).doesNotThrowAnyException();
        assertThatCode(() -> UnsignedDeliveryId.check(settings().build())).doesNotThrowAnyException();
    }

    @Test
    void declaresTheTwoSettings() {
        assertThat(UnsignedDeliveryId.settings())
                .extracting(Setting::key)
                .containsExactly("unsigned-delivery-id", "id-retention");
    }
}
