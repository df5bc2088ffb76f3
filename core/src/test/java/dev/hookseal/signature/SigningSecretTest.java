package dev.hookseal.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretTest {

    @Test
    void isTheUtf8FormOfItsText() {
        String text = " s\u00e9cret \ud83d\udd11\n";

        assertThat(SigningSecret.ofUtf8(text).exposeSecretBytes()).isEqualTo(text.getBytes(UTF_8));
    }

    @Test
    void copiesItsBytesIn() {
        byte[] bytes = {1, 2, 3};
        SigningSecret secret = SigningSecret.ofBytes(bytes);

        bytes[0] = 9;

        assertThat(secret.exposeSecretBytes()).containsExactly(1, 2, 3);
        assertThat(secret).isEqualTo(SigningSecret.ofBytes(new byte[] {1, 2, 3}));
    }

    @Test
    void copiesItsBytesOut() {
        SigningSecret secret = SigningSecret.ofBytes(new byte[] {1, 2, 3});

        secret.exposeSecretBytes()[0] = 9;

        assertThat(secret.exposeSecretBytes()).containsExactly(1, 2, 3);
    }

    @Test
    void isEqualByItsBytes() {
        assertThat(SigningSecret.ofUtf8("one")).isEqualTo(SigningSecret.ofUtf8("one"));
        assertThat(SigningSecret.ofUtf8("one")).hasSameHashCodeAs(SigningSecret.ofUtf8("one"));
        assertThat(SigningSecret.ofUtf8("one"))
                .isNotEqualTo(SigningSecret.ofUtf8("two"))
                .isNotEqualTo(SigningSecret.ofUtf8("one "))
                .isNotEqualTo(null)
                .isNotEqualTo("one");
    }

    @Test
    void tellsNothingWhenPrinted() {
        SigningSecret secret = SigningSecret.ofUtf8("s3cr3t-text");

        assertThat(secret).hasToString("SigningSecret[hidden]");
        assertThat(String.format("%s", secret)).doesNotContain("s3cr3t");
    }

    @Test
    void tellsNothingByItsHashCode() {
        assertThat(SigningSecret.ofUtf8("one").hashCode())
                .isEqualTo(SigningSecret.ofUtf8("two").hashCode());
    }

    @Test
    void cannotBeSerialised() throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            assertThatExceptionOfType(NotSerializableException.class)
                    .isThrownBy(() -> out.writeObject(SigningSecret.ofUtf8("one")));
        }
    }

    @Test
    void rejectsToBeEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningSecret.ofUtf8(""))
                .withMessageContaining("empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningSecret.ofBytes(new byte[0]))
                .withMessageContaining("empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\udd11", "key\ud83d", "\udd11key", "\udd11\ud83d"})
    void rejectsHalfASurrogatePair(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningSecret.ofUtf8(text))
                .withMessageContaining("UTF-8")
                .withMessageNotContaining("key");
    }
}
