package dev.hookseal.provider;

import static dev.hookseal.fixture.Rejections.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.JsonData;
import dev.hookseal.request.RejectionReason;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadMembersTest {
    private static PayloadMembers members(String json) throws Exception {
        return PayloadMembers.of(JsonData.of(json));
    }

    @Test
    void readsWhatIsThere() throws Exception {
        PayloadMembers members = members(" {\"text\":\"\\u00e9\",\"number\":-7,\"time\":1531420618,"
                + "\"iso\":\"2020-01-25T18:25:34.5-08:00\",\"object\": { \"inner\" : [1, 2] } } ");

        assertThat(members.text("text")).isEqualTo("\u00e9");
        assertThat(members.integer("number")).isEqualTo(-7);
        assertThat(members.time("time")).isEqualTo(Instant.ofEpochSecond(1531420618));
        assertThat(members.time("iso")).isEqualTo("2020-01-26T02:25:34.5Z");
        assertThat(members.object("object").json()).isEqualTo("{ \"inner\" : [1, 2] }");
        assertThat(members.in("object").has("inner")).isTrue();
        assertThat(members.json().json()).startsWith("{\"text\"").endsWith("} }");
        assertThat(members.unexpected()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":null}", "{\"b\":{\"a\":1}}"})
    void givesNullForWhatIsNotThere(String json) throws Exception {
        PayloadMembers members = members(json);

        assertThat(members.has("a")).isFalse();
        assertThat(members.text("a")).isNull();
        assertThat(members.integer("a")).isNull();
        assertThat(members.flag("a")).isNull();
        assertThat(members.time("a")).isNull();
        assertThat(members.object("a")).isNull();
        assertThat(members.in("a").in("b").text("c")).isNull();
        assertThat(members.unexpected()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "[\"a\"]", "{\"a\":1}"})
    void namesWhatIsNotAText(String value) throws Exception {
        PayloadMembers members = members("{\"outer\":{\"a\":" + value + "}}");

        assertThat(members.in("outer").text("a")).isNull();
        assertThat(members.unexpected()).containsExactly("outer.a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "1.0", "1e3", "1234567890123456", "false", "[1]"})
    void namesWhatIsNotAnInteger(String value) throws Exception {
        PayloadMembers members = members("{\"a\":" + value + "}");

        assertThat(members.integer("a")).isNull();
        assertThat(members.unexpected()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"yesterday\"",
                "\"2020-01-25\"",
                "\"2020-01-25T18:25:34\"",
                "1.5",
                "1e3",
                "9223372036854775807",
                "true",
                "{}"
            })
    void namesWhatIsNotATime(String value) throws Exception {
        PayloadMembers members = members("{\"a\":" + value + "}");

        assertThat(members.time("a")).isNull();
        assertThat(members.unexpected()).containsExactly("a");
    }

    @Test
    void readsATimeInOneSpellingOrInEither() throws Exception {
        PayloadMembers members = members("{\"a\":7,\"b\":\"1970-01-01T00:00:07Z\"}");

        assertThat(members.unixSeconds("a")).isEqualTo(members.time("a")).isEqualTo(Instant.ofEpochSecond(7));
        assertThat(members.iso8601("b")).isEqualTo(members.time("b")).isEqualTo(Instant.ofEpochSecond(7));
        assertThat(members.unexpected()).isEmpty();
        assertThat(members.iso8601("a")).isNull();
        assertThat(members.unixSeconds("b")).isNull();
        assertThat(members.unexpected()).containsExactlyInAnyOrder("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "1", "[true]"})
    void namesWhatIsNotABoolean(String value) throws Exception {
        PayloadMembers members = members("{\"a\":" + value + ",\"b\":true,\"c\":false}");

        assertThat(members.flag("a")).isNull();
        assertThat(members.flag("b")).isTrue();
        assertThat(members.flag("c")).isFalse();
        assertThat(members.unexpected()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":null}", "{\"id\":1}", "{\"id\":\"\"}"})
    void rejectsAnEventWithoutARequiredText(String json) throws Exception {
        PayloadMembers members = members(json);

        assertThat(members("{\"id\":\"a\"}").requiredText("id")).isEqualTo("a");
        assertRejected(() -> members.requiredText("id"), RejectionReason.PAYLOAD_UNEXPECTED);
    }

    @Test
    void namesWhatIsNotAnObject() throws Exception {
        PayloadMembers members = members("{\"a\":[{}],\"b\":\"{}\"}");

        assertThat(members.object("a")).isNull();
        assertThat(members.in("b").text("c")).isNull();
        assertThat(members.unexpected()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void takesTheLastOfMembersThatOccurTwiceHoweverTheyAreSpelt() throws Exception {
        PayloadMembers members = members("{\"a\":1,\"\\u0061\":\"last\"}");

        assertThat(members.text("a")).isEqualTo("last");
        assertThat(members.unexpected()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "1", "null"})
    void rejectsWhatIsNotAnObject(String json) {
        assertRejected(() -> members(json), RejectionReason.PAYLOAD_UNEXPECTED);
    }
}
