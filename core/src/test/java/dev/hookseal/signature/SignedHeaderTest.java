package dev.hookseal.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedHeaderTest {
    private static final Pattern LETTERS = Pattern.compile("[a-z]+");

    private static WebhookRequest request(String... values) {
        return WebhookRequest.of("POST", Map.of("X-Id", List.of(values)), new byte[0]);
    }

    private static void assertMalformed(ThrowingCallable read) {
        assertThatExceptionOfType(WebhookRejectedException.class)
                .isThrownBy(read)
                .extracting(WebhookRejectedException::reason)
                .isEqualTo(RejectionReason.SIGNATURE_MALFORMED);
    }

    @Test
    void isTheOneValue() throws Exception {
        assertThat(SignedHeader.value(request("abc"), "x-id", ".")).isEqualTo("abc");
        assertThat(SignedHeader.value(request("abc"), "x-id", LETTERS)).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "."})
    void rejectsTheSeparatorOfTheMessage(String value) {
        assertMalformed(() -> SignedHeader.value(request(value), "X-Id", "."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a1", "A", "abc ", " abc", "abc\n"})
    void rejectsAnotherForm(String value) {
        assertMalformed(() -> SignedHeader.value(request(value), "X-Id", LETTERS));
    }

    @Test
    void rejectsNoneAndSeveral() {
        assertMalformed(() -> SignedHeader.value(request(), "X-Id", LETTERS));
        assertMalformed(() -> SignedHeader.value(request("a", "b"), "X-Id", LETTERS));
        assertMalformed(() -> SignedHeader.value(request("a", "b"), "X-Id", "."));
    }
}
