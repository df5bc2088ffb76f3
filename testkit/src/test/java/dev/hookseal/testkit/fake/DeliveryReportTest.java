package dev.hookseal.testkit.fake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryReportTest {
    private static final DeliveryReport NONE = new DeliveryReport(List.of());

    /** Each attempt took a second; 0 stands for no answer. */
    private static SentDelivery sent(int... statuses) {
        List<DeliveryAttempt> attempts = new ArrayList<>();
        for (int status : statuses) {
            attempts.add(new DeliveryAttempt(
                    attempts.size() + 1,
                    Duration.ZERO,
                    status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                    Duration.ofSeconds(1),
                    status == 0 ? "rejected" : "",
                    false));
        }
        return new SentDelivery(
                "extracted",
                FormFlowEvents.extracted().signedWith("secret"),
                URI.create("http://127.0.0.1/webhooks"),
                attempts);
    }

    private static DeliveryReport of(SentDelivery... sent) {
        return new DeliveryReport(List.of(sent));
    }

    private static void assertFails(DeliveryReport deliveries, Consumer<DeliveryReport> assertion, String message) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertion.accept(deliveries))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 199, 300, 304, 401, 409, 500, 503})
    void takesOnly2xxForAnAcknowledgement(int status) {
        assertFails(
                of(sent(status)),
                DeliveryReport::assertAcknowledged,
                "Expected each delivery to be acknowledged with 2xx");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 299})
    void takes2xxForAnAcknowledgement(int status) {
        assertThatCode(() -> of(sent(status)).assertAcknowledged()).doesNotThrowAnyException();
    }

    @Test
    void takesAnAcknowledgedRedelivery() {
        assertThatCode(() -> of(sent(0, 500, 204)).assertAcknowledged()).doesNotThrowAnyException();
    }

    @Test
    void wantsEachDeliveryAcknowledged() {
        assertFails(
                of(sent(204), sent(500)),
                DeliveryReport::assertAcknowledged,
                "Expected each delivery to be acknowledged with 2xx, but 1 of 2 were not");
    }

    @Test
    void wantsNoRedeliveryWhereItIsToBeAcknowledgedAtOnce() {
        assertThatCode(() -> of(sent(204)).assertAcknowledgedAtOnce()).doesNotThrowAnyException();
        assertFails(of(sent(500, 204)), DeliveryReport::assertAcknowledgedAtOnce, "Expected each delivery");
    }

    @Test
    void wantsTheAcknowledgementInTimeAtTheLimitIncluded() {
        assertThatCode(() -> of(sent(500, 204)).assertAcknowledgedWithin(Duration.ofSeconds(1)))
                .doesNotThrowAnyException();
        assertFails(
                of(sent(204)),
                deliveries -> deliveries.assertAcknowledgedWithin(Duration.ofMillis(999)),
                "Expected each delivery to be acknowledged with 2xx within PT0.999S");
    }

    @Test
    void takesAnErrorOfTheReceiverForNoRejection() {
        assertThatCode(() -> of(sent(400), sent(401), sent(413)).assertRejected())
                .doesNotThrowAnyException();
        for (int status : List.of(0, 200, 302, 409, 500, 503)) {
            assertFails(
                    of(sent(status)), DeliveryReport::assertRejected, "Expected each delivery to be rejected with 4xx");
        }
    }

    @Test
    void takesAnEndedConnectionForARejection() {
        DeliveryAttempt cutOff = new DeliveryAttempt(
                1, Duration.ZERO, OptionalInt.empty(), Duration.ofSeconds(1), "Connection reset", true);
        SentDelivery sent = new SentDelivery(
                "extracted",
                FormFlowEvents.extracted().signedWith("secret"),
                URI.create("http://127.0.0.1/webhooks"),
                List.of(cutOff));

        assertThatCode(() -> of(sent).assertRejected()).doesNotThrowAnyException();
    }

    @Test
    void tellsAnAcknowledgementFromNone() {
        assertThatCode(() -> of(sent(500, 0)).assertNeverAcknowledged()).doesNotThrowAnyException();
        assertFails(of(sent(500, 200)), DeliveryReport::assertNeverAcknowledged, "Expected each delivery to be never");
    }

    @Test
    void tellsADeliveryFromNone() {
        assertThatCode(NONE::assertNeverDelivered).doesNotThrowAnyException();
        assertFails(
                of(sent(500)),
                DeliveryReport::assertNeverDelivered,
                "Expected that nothing is delivered\n  extracted to");
    }

    @Test
    void findsNothingRightAboutNoDelivery() {
        List<Consumer<DeliveryReport>> assertions = List.of(
                DeliveryReport::assertAcknowledged,
                DeliveryReport::assertAcknowledgedAtOnce,
                deliveries -> deliveries.assertAcknowledgedWithin(Duration.ofDays(1)),
                DeliveryReport::assertNeverAcknowledged,
                DeliveryReport::assertRejected,
                deliveries -> deliveries.assertHandledOnce(() -> 1));

        for (Consumer<DeliveryReport> assertion : assertions) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertion.accept(NONE))
                    .withMessageContaining("is there a subscription?");
        }
    }

    @Test
    void waitsForTheFirstHandling() {
        Iterator<Integer> counts = IntStream.of(0, 0, 1).iterator();

        assertThatCode(() -> of(sent(202)).assertHandledOnce(counts::next)).doesNotThrowAnyException();
    }

    @Test
    void findsAnEventThatWasHandledTwice() {
        assertFails(
                of(sent(204), sent(204)),
                deliveries -> deliveries.assertHandledOnce(() -> 2),
                "Expected the event to be handled once, but it was handled 2 times\n  extracted to");
    }

    @Test
    void takesNoHandlingWithoutAnAcknowledgement() {
        assertFails(
                of(sent(500)),
                deliveries -> deliveries.assertHandledOnce(() -> 1),
                "Expected each delivery to be acknowledged");
    }
}
