package dev.hookseal.provider;

import static dev.hookseal.fixture.Rejections.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.JsonData;
import dev.hookseal.request.RejectionReason;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadMembersTest {
    private static PayloadMembers members(String json) throws Exception {
        return PayloadMembers.of(JsonData.of(json));
    }

    @Test
    void readsMembersOfTheDocumentedKind() throws Exception {
        PayloadMembers members = members("{\"t\":\"\\ud83d\\ude00\",\"f\":false,\"o\":{\"n\":1e2},\"s\":1686089970}");

        assertThat(members.text("t")).isEqualTo("\ud83d\ude00");
        assertThat(members.requiredText("t")).isEqualTo("\ud83d\ude00");
        assertThat(members.flag("f")).isFalse();
        assertThat(members.object("o")).isEqualTo(JsonData.of("{\"n\":1e2}"));
        assertThat(members.time("s")).isEqualTo(Instant.parse("2023-06-06T22:19:30Z"));
        assertThat(members.unexpected()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1686089970, 2023-06-06T22:19:30Z",
        "-1, 1969-12-31T23:59:59Z",
        "\"2024-09-26T17:46:22.134Z\", 2024-09-26T17:46:22.134Z",
        "\"2025-04-22T14:30:00-05:00\", 2025-04-22T19:30:00Z"
    })
    void readsTimesAsProvidersWriteThem(String json, Instant time) throws Exception {
        assertThat(members("{\"at\":" + json + "}").time("at")).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"now\"",
                "\"2024-09-26T17:46:22.134\"",
                "1.5",
                "1e3",
                "1e999",
                "99999999999999999999",
                "9223372036854775807",
                "true",
                "[]",
                "{}"
            })
    void namesATimeThatIsNotOne(String json) throws Exception {
        PayloadMembers members = members("{\"at\":" + json + "}");

        assertThat(members.time("at")).isNull();
        assertThat(members.unexpected()).containsExactly("at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":null}", "{\"a\":1,\"a\":null}", "{\"b\":{\"a\":1}}"})
    void returnsNullForWhatIsMissingAndNamesNothing(String json) throws Exception {
        PayloadMembers members = members(json);

        assertThat(members.text("a")).isNull();
        assertThat(members.flag("a")).isNull();
        assertThat(members.time("a")).isNull();
        assertThat(members.object("a")).isNull();
        assertThat(members.unexpected()).isEmpty();
    }

    @Test
    void namesTheMembersOfAnotherKind() throws Exception {
        PayloadMembers members = members("{\"text\":1,\"flag\":\"true\",\"object\":[{}],\"other\":1}");

        assertThat(members.text("text")).isNull();
        assertThat(members.flag("flag")).isNull();
        assertThat(members.object("object")).isNull();
        assertThat(members.unexpected()).containsExactlyInAnyOrder("text", "flag", "object");
    }

    @Test
    void takesTheLastOfARepeatedMember() throws Exception {
        assertThat(members("{\"a\":1,\"\\u0061\":\"last\"}").text("a")).isEqualTo("last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":null}", "{\"id\":1}", "{\"id\":\"\"}", "{\"id\":{}}"})
    void rejectsAnEventWithoutARequiredText(String json) throws Exception {
        PayloadMembers members = members(json);

        assertRejected(() -> members.requiredText("id"), RejectionReason.PAYLOAD_UNEXPECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "\"{}\""})
    void rejectsWhatIsNotAnObject(String json) {
        assertRejected(() -> members(json), RejectionReason.PAYLOAD_UNEXPECTED);
    }
}
