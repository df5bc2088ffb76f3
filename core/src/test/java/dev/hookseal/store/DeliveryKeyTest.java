package dev.hookseal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryKeyTest {
    private static final Duration RETENTION = Duration.ofDays(3);

    @Test
    void showsAnOrdinaryIdAsItIs() {
        assertThat(DeliveryKey.of("formflow", "evt_1", RETENTION)).hasToString("formflow:evt_1");
    }

    @Test
    void keepsEndpointsApart() {
        assertThat(DeliveryKey.of("a", "1", RETENTION)).isNotEqualTo(DeliveryKey.of("b", "1", RETENTION));
    }

    @Test
    void keepsLongIdsApart() {
        DeliveryKey one = DeliveryKey.of("formflow", "x".repeat(5_000), RETENTION);
        DeliveryKey two = DeliveryKey.of("formflow", "x".repeat(4_999) + "y", RETENTION);

        assertThat(one.value()).hasSizeLessThanOrEqualTo(DeliveryKey.MAX_LENGTH);
        assertThat(one).isNotEqualTo(two).isEqualTo(DeliveryKey.of("formflow", "x".repeat(5_000), RETENTION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb", "a\r\nINFO forged", "\u0000", "\u001b[31m", "\u00e9", "a b", "\ud83d", "\u2028", "\u007f"
            })
    void showsAnIdThatIsNotPlainAsItsDigest(String id) {
        assertThat(DeliveryKey.of("formflow", id, RETENTION).value()).matches("formflow:sha256:[0-9a-f]{64}");
    }

    @Test
    void keepsHalvesOfSurrogatePairsApart() {
        assertThat(DeliveryKey.of("formflow", "\ud83d", RETENTION))
                .isNotEqualTo(DeliveryKey.of("formflow", "\ud83e", RETENTION));
    }

    @Test
    void isTheDigestOfSignedContent() {
        byte[] bytes = "xabcx".getBytes(UTF_8);

        // FIPS 180-4's example "abc"
        assertThat(DeliveryKey.ofContent("extracta", bytes, 1, 4, RETENTION).value())
                .isEqualTo("extracta:sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"formflow:a\nINFO forged", "a b", "\u00e9", "\u0000"})
    void rejectsWhatALogOrADatabaseWouldTrip(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliveryKey(value, RETENTION))
                .withMessageContaining("DeliveryKey.of");
    }

    @Test
    void rejectsMoreCharactersThanAStoreHasToKeep() {
        assertThat(new DeliveryKey("k".repeat(250), RETENTION).value()).hasSize(250);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliveryKey("k".repeat(251), RETENTION))
                .withMessageContaining("250");
    }
}
