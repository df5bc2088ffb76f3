package dev.hookseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.signature.SigningSecret;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignaturesAsNodeMakesThemTest {
    static List<Vectors.Vector> formFlow() {
        return Vectors.of("formflow").accepted();
    }

    static List<Vectors.Vector> extracta() {
        return Vectors.of("extracta").accepted();
    }

    @ParameterizedTest
    @MethodSource("formFlow")
    void signsABodyOfFormFlow(Vectors.Vector vector) {
        SignedDelivery signed = SignedDelivery.of("formflow", vector.body(), SigningSecret.ofUtf8(vector.secret()));

        assertThat(signed.headers().get("X-Webhook-Signature")).containsExactly(vector.signature());
    }

    @ParameterizedTest
    @MethodSource("extracta")
    void signsABodyOfExtracta(Vectors.Vector vector) {
        SignedDelivery signed = SignedDelivery.of("extracta", vector.body(), SigningSecret.ofUtf8(vector.secret()));

        assertThat(signed.headers().get("x-webhook-signature")).containsExactly(vector.signature());
    }
}
