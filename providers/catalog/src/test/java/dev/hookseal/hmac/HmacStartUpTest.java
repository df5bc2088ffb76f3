package dev.hookseal.hmac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that cannot be right fail the start, with the property and the fix. */
class HmacStartUpTest {
    private static final String PREFIX = "hookseal.endpoints.shop.";

    private static WebhookVerifier<HmacEvent> start(String settings, String secret) {
        Map<String, String> values = new LinkedHashMap<>();
        Arrays.stream(settings.split(" \\| ")).filter(each -> !each.isEmpty()).forEach(each -> {
            int equals = each.indexOf('=');
            values.put(each.substring(0, equals), each.substring(equals + 1));
        });
        EndpointSettings endpoint = Properties.of(values, secret, Instant.EPOCH);
        return WebhookVerifier.of(new HmacProvider(), endpoint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "event-header=X-Event -> signature-header is not set: set it to the header with the sender's signature",
                "signature-header=X Sig -> signature-header is not the name of a header: set it to a name such as",
                "signature-header=S | event-header=a:b -> event-header is not the name of a header: set it to a name",
                "signature-header=S | id-header=s -> id-header is the header with the signature: set it to another",
                "signature-header=S | signed-content={timestamp}.{body} -> signed-content has {timestamp}, and nothing"
                        + " says where that is: set hookseal.endpoints.shop.timestamp-header, or timestamp-element if",
                "signature-header=S | signed-content={timestamp}.{body} | timestamp-pointer=/t -> signed-content has"
                        + " {timestamp}, and nothing says where that is",
                "signature-header=S | signed-content={id}.{body} -> signed-content has {id}, and nothing says where that"
                        + " is: set hookseal.endpoints.shop.id-header to the header with the id",
                "signature-header=S | signed-content={url}{body} -> public-url is not set, and this sender signs the URL:"
                        + " set it to the URL",
                "signature-header=S | signature-separator=comma | timestamp-element=t= -> timestamp-element is set, and"
                        + " signed-content has no {timestamp}: add {timestamp} to",
                "signature-header=S | timestamp-element=t= -> timestamp-element is set, and the signature header has one"
                        + " element only: set hookseal.endpoints.shop.signature-separator to what",
                "signature-header=S | timestamp-header=T | timestamp-pointer=/t -> timestamp-pointer is set, and"
                        + " timestamp-header as well: remove one of them",
                "signature-header=S | event-header=E | event-pointer=/t -> event-pointer is set, and event-header as"
                        + " well: remove one of them",
                "signature-header=S | id-header=I | id-pointer=/t -> id-pointer is set, and id-header as well: remove"
                        + " one of them",
                "signature-header=S | timestamp-unit=seconds -> timestamp-unit is set, and no time is configured: remove"
                        + " it",
                "signature-header=S | tolerance=5m -> tolerance is set, and no time is configured: remove it",
                "signature-header=S | id-retention=1d -> id-retention is set, and no signed id is configured: remove it",
                "signature-header=S | id-header=I | id-retention=1d -> id-retention is set, and no signed id is"
                        + " configured",
                "signature-header=S | id-pointer=/id | repeat-window=1m -> repeat-window is set, and the id recognises a"
                        + " duplicate: remove it",
                "signature-header=S | trust-unsigned-id=true -> trust-unsigned-id is true, and no unsigned id is"
                        + " configured: remove it",
                "signature-header=S | id-pointer=/id | trust-unsigned-id=true -> trust-unsigned-id is true, and no"
                        + " unsigned id is configured",
                "signature-header=S | id-header=I | signed-content={id}.{body} | trust-unsigned-id=true ->"
                        + " trust-unsigned-id is true, and no unsigned id",
                "signature-header=S | event-pointer=type -> event-pointer is not a JSON Pointer: set it to one such as"
                        + " /data/id",
                "signature-header=S | event-pointer=/type | body-format=text -> event-pointer is for JSON, and"
                        + " body-format is text: remove it",
                "signature-header=S | signature-separator=comma | signature-prefix=a,b -> signature-prefix contains the"
                        + " character of signature-separator: remove that character, or correct",
            })
    void failsWithThePropertyAndTheFix(String settings, String message) {
        assertThatThrownBy(() -> start(settings, "secret"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith(PREFIX + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "{timestamp} -> has no {body}, so that the signature would not cover the body",
                "{timestamp}.{payload} -> has {payload}, which is not a placeholder",
                "{Body} -> has {Body}, which is not a placeholder",
                "{body}{body} -> has {body} twice",
                "{body -> has a brace without its counterpart",
                "body} -> has a brace without its counterpart",
                "{{body}} -> has a brace without its counterpart",
                "{} -> has {}, which is not a placeholder",
            })
    void rejectsWhatIsNotATemplate(String template, String problem) {
        assertThatThrownBy(
                        () -> start("signature-header=S | timestamp-header=T | signed-content=" + template, "secret"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith(PREFIX + "signed-content " + problem)
                .hasMessageEndingWith("such as {body} or {timestamp}.{body}; the placeholders are {body}, {timestamp},"
                        + " {id}, {method} and {url}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "{id}{body} -> has nothing between {id} and {body}",
                "{body}{id} -> has nothing between {body} and {id}",
                "{timestamp}{id}.{body} -> has nothing between {timestamp} and {id}",
                "{url}{id}.{body} -> has nothing between {url} and {id}",
                "{id}{url}.{body} -> has nothing between {id} and {url}",
                "{method}{id}.{body} -> has nothing between {method} and {id}",
            })
    void rejectsATemplateThatCouldBeReadInTwoWays(String template, String problem) {
        String settings = "signature-header=S | timestamp-header=T | id-header=I | signed-content=" + template
                + (template.contains("{url}") ? " | public-url=https://example.com/" : "");
        assertThatThrownBy(() -> start(settings, "secret"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining(problem + ", so that a forger could move the border between them");
    }

    @Test
    void takesTheUrlAndAnIdBesideATimeOnlyIfTheBodyIsJson() {
        String url = "signature-header=S | public-url=https://example.com/ | signed-content={url}|{body}";
        String id = "signature-header=S | timestamp-header=T | id-header=I | signed-content={id}{timestamp}{body}";

        assertThat(start(url, "secret")).isNotNull();
        assertThatThrownBy(() -> start(url + " | body-format=text", "secret"))
                .hasMessageContaining("has {url}, whose query anyone can extend by a part of the body");
        assertThat(start(id, "secret")).isNotNull();
        assertThatThrownBy(() -> start(id + " | body-format=text", "secret"))
                .hasMessageContaining("has nothing between {id} and {timestamp}");
        assertThat(start(id + " | body-format=text | timestamp-unit=iso-8601", "secret"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{body}",
                "{timestamp}{body}",
                "{timestamp}.{body}",
                "v0:{timestamp}:{body}",
                "{id}.{timestamp}.{body}",
                "{body}{timestamp}",
                "{body}.{id}",
                "{timestamp}{method}/hook{body}",
            })
    void takesTemplatesOfRealSenders(String template) {
        String settings = "signature-header=S | signed-content=" + template
                + (template.contains("{timestamp}") ? " | timestamp-header=T" : "")
                + (template.contains("{id}") ? " | id-header=I" : "");

        assertThat(start(settings, "secret")).isNotNull();
    }

    @Test
    void takesTheTemplateOfMethodUrlBodyAndTime() {
        String settings = "signature-header=S | timestamp-header=T | timestamp-unit=milliseconds"
                + " | public-url=https://example.com/hooks | signed-content={method}{url}{body}{timestamp}";

        assertThat(start(settings, "secret")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "hex, zz, it is not hex: copy the whole secret",
        "base64, zz!, it is not base64: copy the whole secret",
    })
    void rejectsASecretThatCannotBeDecoded(String encoding, String secret, String problem) {
        assertThatThrownBy(() -> start("signature-header=S | secret-encoding=" + encoding, secret))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith(PREFIX + "secret is not a secret of hmac: " + problem)
                .hasMessageContaining(PREFIX + "secret-encoding")
                .hasMessageNotContaining(secret);
    }

    @Test
    void rejectsASecretWithoutItsPrefix() {
        assertThatThrownBy(() -> start("signature-header=S | secret-prefix=whsec_", "other"))
                .hasMessageStartingWith(PREFIX + "secret is not a secret of hmac: it does not begin with whsec_: copy"
                        + " the whole secret, or correct " + PREFIX + "secret-prefix");
        assertThatThrownBy(() -> start("signature-header=S | secret-prefix=whsec_", "whsec_"))
                .hasMessageContaining("it is empty once decoded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "signature-separator",
                "signature-encoding",
                "algorithm",
                "secret-encoding",
                "timestamp-unit",
                "body-format"
            })
    void listsTheChoicesOfASetting(String key) {
        assertThat(EndpointSettings.setting(key, new HmacProvider(), key).type().choices())
                .hasSizeGreaterThan(1);
        assertThatThrownBy(() -> start("signature-header=S | " + key + "=other", "secret"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
