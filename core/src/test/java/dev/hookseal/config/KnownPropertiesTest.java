package dev.hookseal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a property that there is not. */
class KnownPropertiesTest {
    private final KnownProperties known = KnownProperties.of(List.of());

    @ParameterizedTest
    @CsvSource({
        "hookseal.endpoints.formflow.tolerence, use hookseal.endpoints.formflow.tolerance",
        "hookseal.endpoints.formflow.replaywindow, use hookseal.endpoints.formflow.replay-window",
        "hookseal.endpoints.formflow.max-body, use hookseal.endpoints.formflow.max-body-size",
        "hookseal.endpoints.formflow.secert, use hookseal.endpoints.formflow.secret",
        "hookseal.endpoints.formflow.secrest.export, use hookseal.endpoints.formflow.secrets.export",
        "hookseal.endpoints.formflow.secret.extracted, 'set hookseal.endpoints.formflow.secrets.extracted, or hookseal.endpoints.formflow.secret for every event'",
        "hookseal.endpoints.formflow.secret[0], 'set hookseal.endpoints.formflow.secrets[0], or hookseal.endpoints.formflow.secret for every event'",
        "hookseal.endpoints.formflow.lease.max, set hookseal.endpoints.formflow.lease",
        "hookseal.store.max-delivery, use hookseal.store.max-deliveries",
        "hookseal.rejected.keeps, use hookseal.rejected.keep",
    })
    void namesTheNearestRightOne(String wrong, String action) {
        WebhookConfigurationException problem = known.unknown(wrong);

        assertThat(problem.action()).isEqualTo(action);
        assertThat(problem.description()).startsWith(wrong);
    }

    @Test
    void saysThatOneSecretIsNotAListOfThem() {
        assertThat(known.unknown("hookseal.endpoints.formflow.secrets").action())
                .contains("hookseal.endpoints.formflow.secret ", "hookseal.endpoints.formflow.secrets[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hookseal.endpoints.formflow.colour", "hookseal.banana"})
    void listsThemAllWhereNoneIsNear(String wrong) {
        assertThat(known.unknown(wrong).action()).startsWith("use ").contains("[");
    }

    @Test
    void saysWhatIsBelowEndpoints() {
        assertThat(known.unknown("hookseal.endpoints.formflow").action())
                .contains("hookseal.endpoints.formflow.secret");
    }

    @ParameterizedTest
    @CsvSource({
        "hookseal.endpoints.formflow.secret, true",
        "hookseal.endpoints.formflow.secrets.error.export, true",
        "hookseal.endpoints.formflow.secrets[0], true",
        "hookseal.endpoints.formflow.secrets, false",
        "hookseal.endpoints.formflow.secret.extracted, false",
        "hookseal.endpoints.formflow.max-body-size, true",
        "hookseal.endpoints.formflow.max-body-bytes, false",
        "hookseal.endpoints.formflow, false",
        "hookseal.endpoints.formflow.enabled, true",
        "hookseal.rejected.max-size, true",
        "hookseal.rejected, false",
    })
    void knowsWhichThereAre(String property, boolean expected) {
        assertThat(known.isKnown(property)).isEqualTo(expected);
    }
}
