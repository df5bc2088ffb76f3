package dev.hookseal.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretSourceTest {
    private static final SigningSecret NEW = SigningSecret.ofUtf8("new");
    private static final SigningSecret OLD = SigningSecret.ofUtf8("old");

    @Test
    void givesTheSameSecretsForEveryEvent() {
        SecretSource source = SecretSource.of(NEW, OLD);

        assertThat(source.secretsFor("")).containsExactly(NEW, OLD);
        assertThat(source.secretsFor("extracted")).containsExactly(NEW, OLD);
        assertThat(source.differsByEventType()).isFalse();
    }

    @Test
    void givesTheSecretsOfAnEventByItsExactName() {
        SecretSource source = SecretSource.byEventType(Map.of("extracted", List.of(NEW), "export", List.of(OLD)));

        assertThat(source.secretsFor("extracted")).containsExactly(NEW);
        assertThat(source.secretsFor("export")).containsExactly(OLD);
        assertThat(source.secretsFor("Extracted")).isEmpty();
        assertThat(source.secretsFor("")).isEmpty();
        assertThat(source.differsByEventType()).isTrue();
    }

    @Test
    void copiesWhatItIsGiven() {
        List<SigningSecret> secrets = new ArrayList<>(List.of(NEW));
        SecretSource source = SecretSource.byEventType(Map.of("extracted", secrets));

        secrets.add(OLD);

        assertThat(source.secretsFor("extracted")).containsExactly(NEW);
    }

    @Test
    void rejectsToBeWithoutSecrets() {
        assertThatIllegalArgumentException().isThrownBy(SecretSource::of);
        assertThatIllegalArgumentException().isThrownBy(() -> SecretSource.byEventType(Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretSource.byEventType(Map.of("extracted", List.of())))
                .withMessageContaining("extracted");
    }

    @Test
    void differsByEventUnlessItSaysOtherwise() {
        SecretSource own = eventType -> List.of(NEW);

        assertThat(own.differsByEventType()).isTrue();
    }
}
